/* SPDX-License-Identifier: BSD-2-Clause */
/* A module that does what its arguments say, so that one file can stand at any
 * place of any stack:
 *
 *   id=NAME       its name in events
 *   auth= setcred= acct= open= close= prelim= update=    what it answers: codes
 *                 by name or number, between commas; the last one is repeated
 *   all=          for functions without a list of their own
 *   do=OP[:A[:B]] an operation at each call
 *   do@FN=OP...   only when function FN is called
 */
#ifndef DIFFERENTIAL_MODULE_H
#define DIFFERENTIAL_MODULE_H

#include <security/pam_modules.h>

#include "event.h"

/* One operation, and the event that tells its result. */
struct op {
	pam_handle_t *pamh;
	const char *a, *b;	/* NULL when not given */
	const char *type;	/* authtok_type, where it counts; or NULL */
	struct event event;
};

struct op_kind {
	const char *name;
	void (*run)(struct op *op);
	int operands;		/* at least so many */
};

/* Tables that end with a NULL name. */
extern const struct op_kind module_ops[], modutil_ops[];

/* Code and value, which is not told unless code is PAM_SUCCESS. */
void op_result(struct op *op, int code, const char *value);

#endif
