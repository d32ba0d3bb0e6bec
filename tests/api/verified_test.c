/* SPDX-License-Identifier: BSD-2-Clause */
/* For how long a new password counts as typed twice, and for how long tokens
 * live at all: T-1, T-2, T-14, T-15, W-9, W-18, K-9, CL-3. */
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"

/* What a module does in the second pass of a change, letter by letter: g, n, v
 * ask as in token_test.c, s sets the item, c clears it. */
static const struct {
	const char *label, *steps;
	int want;		/* of the last of them */
	const char *said;
} rows[] = {
	{ "asked for twice, verify asks no more: T-14", "gv", PAM_SUCCESS,
	  "[1 New password: ][1 Retype new password: ]" },
	{ "asked for once, it does", "nv", PAM_SUCCESS,
	  "[1 New password: ][1 Retype new password: ]" },
	{ "and then no more", "nvvv", PAM_SUCCESS,
	  "[1 New password: ][1 Retype new password: ]" },
	{ "another value is not verified: W-9", "gsv", PAM_SUCCESS,
	  "[1 New password: ][1 Retype new password: ]"
	  "[1 Retype new password: ]" },
	{ "nor one that is asked for anew", "gcnv", PAM_SUCCESS,
	  "[1 New password: ][1 Retype new password: ][1 New password: ]"
	  "[1 Retype new password: ]" },
};

static size_t row;

static int
step(pam_handle_t *pamh, char letter, const char **token)
{
	switch (letter) {
	case 'g':
		return pam_get_authtok(pamh, PAM_AUTHTOK, token, NULL);
	case 'n':
		return pam_get_authtok_noverify(pamh, token, NULL);
	case 'v':
		return pam_get_authtok_verify(pamh, token, NULL);
	case 'c':
		return pam_set_item(pamh, PAM_AUTHTOK, NULL);
	default:
		*token = "x";
		return pam_set_item(pamh, PAM_AUTHTOK, "x");
	}
}

static int
take_steps(pam_handle_t *pamh, const struct rig_call *call)
{
	const char *token = NULL;
	int rc = PAM_SUCCESS;

	if (call->flags & PAM_PRELIM_CHECK)
		return PAM_SUCCESS;
	for (const char *s = rows[row].steps; *s; s++)
		rc = step(pamh, *s, &token);
	CHECK_INT(rows[row].label, rows[row].want, rc);
	CHECK_STR(rows[row].label, rows[row].said, rig.said);
	return PAM_SUCCESS;
}

static void
check_rows(void)
{
	for (row = 0; row < COUNT(rows); row++) {
		pam_handle_t *pamh = rig_start("password required %M\n", "a");

		rig_reset();
		rig.module = take_steps;
		for (size_t i = 0; i < COUNT(rig.reply); i++)
			rig.reply[i] = (struct rig_reply)SAY("x");
		/* And not in the next call of the same handle either. */
		for (int i = 0; i < 2; i++) {
			rig.said[0] = '\0';
			rig.replies = 0;
			CHECK_INT("changed", PAM_SUCCESS,
			    pam_chauthtok(pamh, 0));
		}
		rig_reset();
		rig_end(pamh);
	}
}

/* Which tokens a module finds, and then leaves: "xy" for both, "-" for none. */
static char found[64];

static int
find_and_leave(pam_handle_t *pamh, const struct rig_call *call)
{
	static const int tokens[] = { PAM_AUTHTOK, PAM_OLDAUTHTOK };
	const void *token = NULL;

	strcat(found, " ");
	for (size_t i = 0; i < COUNT(tokens); i++) {
		pam_get_item(pamh, tokens[i], &token);
		strcat(found, token ? token : "-");
		pam_set_item(pamh, tokens[i], i ? "y" : "x");
	}
	return call->argc ? rig_default(pamh, call) : PAM_SUCCESS;
}

/* Calls of a program by their letters, and what the modules of two lines find
 * in each. */
static const struct {
	const char *label, *calls, *found;
} lives[] = {
	{ "stacked modules share them: CL-3", "a", " -- xy" },
	{ "the next call finds none: T-1", "aa", " -- xy -- xy" },
	{ "nor does another: T-2", "aco", " -- xy -- xy -- xy" },
	{ "nor after one that is not about them: W-18", "oa",
	  " -- xy -- xy" },
	{ "accounts and closing too", "mms", " -- xy -- xy -- xy" },
	{ "both passes of a change share them: K-9", "p", " -- xy xy xy" },
	{ "and the next call does not", "pa", " -- xy xy xy -- xy" },
};

#define ALL_TWICE "auth required %M\nauth required %M\n"                       \
	"account required %M\naccount required %M\n"                           \
	"session required %M\nsession required %M\n"                           \
	"password required %M\npassword required %M\n"

static void
check_lives(void)
{
	for (size_t i = 0; i < COUNT(lives); i++) {
		pam_handle_t *pamh = rig_start(ALL_TWICE, "a");

		rig.module = find_and_leave;
		found[0] = '\0';
		for (const char *c = lives[i].calls; *c; c++)
			CHECK_INT("called", PAM_SUCCESS, rig_do(pamh, *c, 0));
		CHECK_STR(lives[i].label, lives[i].found, found);
		rig_reset();
		rig_end(pamh);
	}
}

/* W-18: the service that wants them from call to call gets them; those two
 * calls that are about tokens wipe all the same. */
static void
check_kept(void)
{
	pam_handle_t *pamh;

	rig_policy("usher.conf", "keep-tokens other SVC\n");
	pamh = rig_start(ALL_TWICE, "a");
	rig.module = find_and_leave;
	found[0] = '\0';
	for (const char *c = "omaco"; *c; c++)
		CHECK_INT("called", PAM_SUCCESS, rig_do(pamh, *c, 0));
	CHECK_STR("kept", " -- xy xy xy -- xy -- xy xy xy", found);
	rig_policy("usher.conf", "");
	rig_reset();
	rig_end(pamh);
}

/* while a call waits they are kept, at its end they go. */
static void
check_pending(void)
{
	pam_handle_t *pamh = rig_start("auth required %M a incomplete,success\n"
	    "account required %M\n", "a");

	rig.module = find_and_leave;
	found[0] = '\0';
	CHECK_INT("waits", PAM_INCOMPLETE, pam_authenticate(pamh, 0));
	CHECK_INT("goes on", PAM_SUCCESS, pam_authenticate(pamh, 0));
	CHECK_INT("another", PAM_SUCCESS, pam_acct_mgmt(pamh, 0));
	CHECK_STR("kept while it waits", " -- xy --", found);
	rig_reset();
	rig_end(pamh);
}

/* While it is asked for, the conversation, which counts as module, may take away
 * what the question and the comparison are made of: I-5. */
static void
take_away(pam_handle_t *pamh)
{
	pam_set_item(pamh, PAM_AUTHTOK, "another one, as long as the first");
	pam_set_item(pamh, PAM_USER_PROMPT, "another question, and a long one");
}

static int
ask_with_items(pam_handle_t *pamh, const struct rig_call *call)
{
	const char *token = NULL;
	const void *prompt = NULL;

	if (call->flags & PAM_PRELIM_CHECK)
		return PAM_SUCCESS;
	pam_get_item(pamh, PAM_USER_PROMPT, &prompt);
	rig.during = take_away;
	pam_get_authtok(pamh, PAM_OLDAUTHTOK, &token, prompt);
	pam_get_item(pamh, PAM_USER_PROMPT, &prompt);
	pam_set_item(pamh, PAM_AUTHTOK, NULL);
	pam_get_authtok(pamh, PAM_AUTHTOK, &token, prompt);
	rig.during = NULL;
	pam_set_item(pamh, PAM_AUTHTOK, "first");
	pam_get_item(pamh, PAM_AUTHTOK, &prompt);
	token = prompt;
	rig.during = take_away;
	return pam_get_authtok_verify(pamh, &token, NULL);
}

static void
check_taken(void)
{
	pam_handle_t *pamh = rig_start("password required %M\n", "a");

	rig_reset();
	pam_set_item(pamh, PAM_USER_PROMPT, "a question of some length: ");
	rig.module = ask_with_items;
	for (size_t i = 0; i < COUNT(rig.reply); i++)
		rig.reply[i] = (struct rig_reply)SAY("first");
	CHECK_INT("compared with what was shown", PAM_SUCCESS,
	    pam_chauthtok(pamh, 0));
	rig_reset();
	rig_end(pamh);
}

static void
check_program(void)
{
	pam_handle_t *pamh = rig_start(ALL_TWICE, "a");
	const char *token = NULL;

	rig_reset();
	rig.reply[0] = (struct rig_reply)SAY("x");
	CHECK_INT("a program may not have it: T-15", PAM_BAD_ITEM,
	    pam_get_authtok(pamh, PAM_AUTHTOK, &token, NULL));
	CHECK("nor does it get it", !token);
	CHECK_INT("no handle: T-3", PAM_SYSTEM_ERR,
	    pam_get_authtok(NULL, PAM_AUTHTOK, &token, NULL));
	CHECK_INT("no result", PAM_SYSTEM_ERR,
	    pam_get_authtok(pamh, PAM_AUTHTOK, NULL, NULL));
	CHECK_INT("no handle", PAM_SYSTEM_ERR,
	    pam_get_authtok_noverify(NULL, &token, NULL));
	CHECK_INT("no result", PAM_SYSTEM_ERR,
	    pam_get_authtok_noverify(pamh, NULL, NULL));
	CHECK_INT("no handle", PAM_SYSTEM_ERR,
	    pam_get_authtok_verify(NULL, &token, NULL));
	CHECK_INT("no result", PAM_SYSTEM_ERR,
	    pam_get_authtok_verify(pamh, NULL, NULL));
	rig_reset();
	rig_end(pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	check_rows();
	check_lives();
	check_kept();
	check_pending();
	check_taken();
	check_program();
	return TEST_RESULT();
}
