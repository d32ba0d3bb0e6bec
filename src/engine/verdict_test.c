/* SPDX-License-Identifier: BSD-2-Clause */
/* Answers to one code. */
#include "engine/verdict.h"

#include <security/_pam_types.h>

#include "base/drop.h"
#include "check.h"

static const struct {
	const char *label;
	struct { enum action action; int answer; } in[4];
	size_t n, seen;		/* steps offered, steps taken */
	int want;
} cases[] = {
	{ "empty stack is a refusal", { { 0 } }, 0, 0, PAM_PERM_DENIED },
	{ "one success is a success", { { ACT_OK, PAM_SUCCESS } }, 1, 1,
	  PAM_SUCCESS },
	{ "all ignored is a refusal: X-17",
	  { { ACT_IGNORE, PAM_SUCCESS }, { ACT_IGNORE, PAM_AUTH_ERR } },
	  2, 2, PAM_PERM_DENIED },
	{ "the first failure names the error",
	  { { ACT_BAD, PAM_USER_UNKNOWN }, { ACT_BAD, PAM_AUTH_ERR },
	    { ACT_OK, PAM_SUCCESS } }, 3, 3, PAM_USER_UNKNOWN },
	{ "a failure takes a success back",
	  { { ACT_OK, PAM_SUCCESS }, { ACT_BAD, PAM_AUTH_ERR } }, 2, 2,
	  PAM_AUTH_ERR },
	{ "sufficient ends with a success",
	  { { ACT_DONE, PAM_SUCCESS }, { ACT_BAD, PAM_AUTH_ERR } }, 2, 1,
	  PAM_SUCCESS },
	{ "sufficient does not rescue a failed required",
	  { { ACT_BAD, PAM_AUTH_ERR }, { ACT_DONE, PAM_SUCCESS },
	    { ACT_OK, PAM_SUCCESS } }, 3, 3, PAM_AUTH_ERR },
	{ "requisite stops at once",
	  { { ACT_DIE, PAM_ACCT_EXPIRED }, { ACT_OK, PAM_SUCCESS } }, 2, 1,
	  PAM_ACCT_EXPIRED },
	{ "after a success too",
	  { { ACT_OK, PAM_SUCCESS }, { ACT_DIE, PAM_ACCT_EXPIRED },
	    { ACT_OK, PAM_SUCCESS } }, 3, 2, PAM_ACCT_EXPIRED },
	{ "and with the first failure, not its own",
	  { { ACT_BAD, PAM_USER_UNKNOWN }, { ACT_DIE, PAM_AUTH_ERR },
	    { ACT_OK, PAM_SUCCESS } }, 3, 2, PAM_USER_UNKNOWN },
	{ "a non-success that counts is kept over a success: X-18",
	  { { ACT_OK, PAM_NEW_AUTHTOK_REQD }, { ACT_OK, PAM_SUCCESS } },
	  2, 2, PAM_NEW_AUTHTOK_REQD },
	{ "it takes the place of a success",
	  { { ACT_OK, PAM_SUCCESS }, { ACT_OK, PAM_NEW_AUTHTOK_REQD } },
	  2, 2, PAM_NEW_AUTHTOK_REQD },
	{ "not of another one",
	  { { ACT_OK, PAM_NEW_AUTHTOK_REQD }, { ACT_OK, PAM_ACCT_EXPIRED } },
	  2, 2, PAM_NEW_AUTHTOK_REQD },
	{ "and done ends with it",
	  { { ACT_DONE, PAM_NEW_AUTHTOK_REQD }, { ACT_OK, PAM_SUCCESS } },
	  2, 1, PAM_NEW_AUTHTOK_REQD },
	{ "done ends also when something else counts already",
	  { { ACT_OK, PAM_NEW_AUTHTOK_REQD }, { ACT_DONE, PAM_SUCCESS },
	    { ACT_OK, PAM_SUCCESS } }, 3, 2, PAM_NEW_AUTHTOK_REQD },
	{ "a failure counts more than it",
	  { { ACT_OK, PAM_NEW_AUTHTOK_REQD }, { ACT_BAD, PAM_AUTH_ERR } },
	  2, 2, PAM_AUTH_ERR },
	{ "bad success is no success: X-16",
	  { { ACT_BAD, PAM_SUCCESS } }, 1, 1, PAM_PERM_DENIED },
	{ "nor does it leave room for one",
	  { { ACT_BAD, PAM_SUCCESS }, { ACT_OK, PAM_SUCCESS } }, 2, 2,
	  PAM_PERM_DENIED },
	{ "die with success neither",
	  { { ACT_DIE, PAM_SUCCESS } }, 1, 1, PAM_PERM_DENIED },
	{ "ignore as a failure is a refusal: X-11",
	  { { ACT_BAD, PAM_IGNORE } }, 1, 1, PAM_PERM_DENIED },
	{ "ignore that counts never reaches a program: W-17",
	  { { ACT_OK, PAM_IGNORE } }, 1, 1, PAM_PERM_DENIED },
	{ "and is kept over a success as any other",
	  { { ACT_OK, PAM_IGNORE }, { ACT_OK, PAM_SUCCESS } }, 2, 2,
	  PAM_PERM_DENIED },
	{ "reset and jump say nothing by themselves",
	  { { ACT_RESET, PAM_SUCCESS }, { ACT_JUMP, PAM_SUCCESS } }, 2, 2,
	  PAM_PERM_DENIED },
	{ "nor against",
	  { { ACT_OK, PAM_SUCCESS }, { ACT_JUMP, PAM_AUTH_ERR },
	    { ACT_RESET, PAM_AUTH_ERR } }, 3, 3, PAM_SUCCESS },
};

static void
check_cases(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct verdict v = VERDICT_NONE;
		bool over = false;
		size_t seen = 0;

		while (!over && seen < cases[i].n) {
			over = verdict_add(&v, cases[i].in[seen].action,
			    cases[i].in[seen].answer);
			seen++;
		}
		CHECK_INT(cases[i].label, cases[i].seen, seen);
		CHECK_INT(cases[i].label, cases[i].want, verdict_end(&v));
	}
}

/* a code below 32, never PAM_IGNORE; success only where one counted. */
static void
check_every_code(void)
{
	for (int code = 0; code < CODE_COUNT; code++) {
		struct verdict ok = VERDICT_NONE, bad = VERDICT_NONE;
		const int refusal = code == PAM_IGNORE || code == PAM_SUCCESS ?
		    PAM_PERM_DENIED : code;

		verdict_add(&ok, ACT_OK, code);
		verdict_add(&bad, ACT_BAD, code);
		CHECK_INT("counted", code == PAM_SUCCESS ? code : refusal,
		    verdict_end(&ok));
		CHECK_INT("failed", refusal, verdict_end(&bad));
	}
}

int
main(void)
{
	check_cases();
	check_every_code();
	return TEST_RESULT();
}
