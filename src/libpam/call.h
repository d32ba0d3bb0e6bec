/* SPDX-License-Identifier: BSD-2-Clause */
/* The six things that an application asks for, as data. */
#ifndef LIBPAM_CALL_H
#define LIBPAM_CALL_H

#include "policy/policy.h"

enum call {
	CALL_NONE,
	CALL_AUTHENTICATE,
	CALL_SETCRED,
	CALL_ACCOUNT,
	CALL_OPEN,
	CALL_CLOSE,
	CALL_CHAUTHTOK,
	CALL_COUNT,
};

struct call_kind {
	const char *name;	/* of the public function */
	const char *word;	/* in the log prefix: L-2 */
	const char *audit;	/* in the audit record: AU-2 */
	const char *symbol;	/* of the module */
	enum facility facility;
	unsigned slot;		/* 0 or 1: which of the facility's functions */
	bool keep, follow;	/* the frozen chain: X-20 */
	bool secret;		/* asks for tokens, has a failure delay */
};

extern const struct call_kind call_kinds[CALL_COUNT];

#endif
