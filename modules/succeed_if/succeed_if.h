/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parts of pam_succeed_if share. */
#ifndef MODULES_SUCCEED_IF_H
#define MODULES_SUCCEED_IF_H

#include "modkit/modkit.h"

/* Who is judged. */
struct subject {
	struct call *c;
	const char *name;
	const struct passwd *pw; /* once somebody asked; NULL: no account */
	bool asked;
	char number[32];	/* the text of a number that was asked for */
};

/* The account, looked up when it is needed for the first time (SI-4). NULL:
 * there is none. */
const struct passwd *subject_account(struct subject *s);

/* A thing to compare. get() gives its text, good until the next call, and
 * PAM_SUCCESS, or PAM_USER_UNKNOWN. */
struct field {
	const char *name;
	int (*get)(struct subject *s, int item, const char **text);
	int item;
};

/* A way to compare. test() gives an outcome, and PAM_SUCCESS or another code
 * when it has none. The condition holds if the outcome is among accept. */
enum outcome { LESS = 1, EQUAL = 2, MORE = 4, YES = 8, NO = 16 };

struct test {
	const char *name;
	int (*test)(struct subject *s, const char *left, const char *right,
	    enum outcome *outcome);
	unsigned accept;
	bool about_user;	/* whatever the field is */
};

/* By name, upper and lower case being one; NULL: there is none. */
const struct field *field_find(const char *name);
const struct test *test_find(const char *name);

#endif
