/* SPDX-License-Identifier: BSD-2-Clause */
/* Operations, items and codes by their names. */
#ifndef PAMCTL_RUN_NAMES_H
#define PAMCTL_RUN_NAMES_H

#include <stddef.h>

#include <security/_pam_types.h>

enum deed_kind {
	DEED_CALL,
	DEED_ATTACH,
	DEED_EXEC,
	DEED_WAIT,
};

/* Something that a run can do. */
struct deed {
	const char *name;
	enum deed_kind kind;
	int (*call)(pam_handle_t *pamh, int flags);	/* DEED_CALL */
};

/* The deed whose name these len bytes are, or NULL. */
const struct deed *deed_named(const char *name, size_t len);

/* The item of that name, -1: there is none that a program can set as text. */
int item_named(const char *name, size_t len);

/* The code that a word is, as in policies ("auth_err"), as in C
 * ("PAM_AUTH_ERR") or as a number; -1: it is none. */
int code_named(const char *word);

#endif
