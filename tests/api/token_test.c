/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_get_authtok and its halves: T-3 to T-16, W-9. */
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"

enum how { GET, NOVERIFY, VERIFY };

#define A PAM_AUTHTOK
#define O PAM_OLDAUTHTOK
#define OUCH "[3 Password change has been aborted.]"
#define DIFFER "[3 Sorry, passwords do not match.]"

/* One call of a module: in which of the program's calls (a or p), with which
 * words in its line and which value set before. entry is what the result
 * pointer shows to verify; item is what is set afterwards. */
static const struct {
	const char *label;
	char call;
	enum how how;
	int item;
	const char *args, *before, *entry, *prompt;
	struct rig_reply reply[2];
	int want;
	const char *said, *token;
} rows[] = {
	{ "the password: T-9", 'a', GET, A, "", NULL, NULL, NULL,
	  { SAY("x") }, PAM_SUCCESS, "[1 Password: ]", "x" },
	{ "the old one", 'a', GET, O, "", NULL, NULL, NULL,
	  { SAY("x") }, PAM_SUCCESS, "[1 Current password: ]", "x" },
	{ "the module's own words", 'a', GET, A, "", NULL, NULL, "PIN: ",
	  { SAY("x") }, PAM_SUCCESS, "[1 PIN: ]", "x" },
	{ "which are no format", 'a', GET, A, "", NULL, NULL, "%s%n",
	  { SAY("x") }, PAM_SUCCESS, "[1 %s%n]", "x" },
	{ "an empty answer is one", 'a', GET, A, "", NULL, NULL, NULL,
	  { SAY("") }, PAM_SUCCESS, "[1 Password: ]", "" },
	{ "outside of a change nothing is asked twice: T-4", 'a', NOVERIFY,
	  A, "", NULL, NULL, NULL, { SAY("x") }, PAM_SUCCESS,
	  "[1 Password: ]", "x" },
	{ "what is set is not asked for: T-5", 'a', GET, A, "", "set", NULL,
	  NULL, { SAY("x") }, PAM_SUCCESS, "", "set" },
	{ "with use_first_pass neither", 'a', GET, A, "use_first_pass",
	  "set", NULL, NULL, { SAY("x") }, PAM_SUCCESS, "", "set" },
	{ "the empty one is set", 'a', GET, A, "", "", NULL, NULL,
	  { SAY("x") }, PAM_SUCCESS, "", "" },
	{ "another item: T-16", 'a', GET, PAM_RUSER, "", NULL, NULL, NULL,
	  { SAY("x") }, PAM_SUCCESS, "[1 Password: ]", "x" },
	{ "one that is no string", 'a', GET, PAM_CONV, "", NULL, NULL, NULL,
	  { SAY("x") }, PAM_BAD_ITEM, "", NULL },

	{ "use_first_pass forbids to ask: T-6", 'a', GET, A,
	  "use_first_pass", NULL, NULL, NULL, { SAY("x") }, PAM_AUTH_ERR,
	  "", NULL },
	{ "with any value: T-7", 'a', GET, A, "use_first_pass=no", NULL,
	  NULL, NULL, { SAY("x") }, PAM_AUTH_ERR, "", NULL },
	{ "an option is a whole word", 'a', GET, A,
	  "use_first_passes xuse_first_pass Use_First_Pass", NULL, NULL,
	  NULL, { SAY("x") }, PAM_SUCCESS, "[1 Password: ]", "x" },
	{ "try_first_pass asks", 'a', GET, A, "try_first_pass", NULL, NULL,
	  NULL, { SAY("x") }, PAM_SUCCESS, "[1 Password: ]", "x" },
	{ "use_authtok is for new ones", 'a', GET, A, "use_authtok", NULL,
	  NULL, NULL, { SAY("x") }, PAM_SUCCESS, "[1 Password: ]", "x" },
	{ "which it forbids to ask for", 'p', GET, A, "use_authtok", NULL,
	  NULL, NULL, { SAY("x") }, PAM_AUTHTOK_ERR, "", NULL },
	{ "as use_first_pass does", 'p', GET, A, "use_first_pass", NULL,
	  NULL, NULL, { SAY("x") }, PAM_AUTHTOK_ERR, "", NULL },
	{ "the old one is none", 'p', GET, O, "use_authtok", NULL, NULL,
	  NULL, { SAY("x") }, PAM_SUCCESS, "[1 Current password: ]", "x" },
	{ "and forbidden by use_first_pass", 'p', GET, O, "use_first_pass",
	  NULL, NULL, NULL, { SAY("x") }, PAM_AUTH_ERR, "", NULL },

	{ "a new one is asked for twice", 'p', GET, A, "", NULL, NULL, NULL,
	  { SAY("x"), SAY("x") }, PAM_SUCCESS,
	  "[1 New password: ][1 Retype new password: ]", "x" },
	{ "in the module's words", 'p', GET, A, "", NULL, NULL, "PIN: ",
	  { SAY("x"), SAY("x") }, PAM_SUCCESS,
	  "[1 PIN: ][1 Retype PIN: ]", "x" },
	{ "or once", 'p', NOVERIFY, A, "", NULL, NULL, NULL,
	  { SAY("x"), SAY("y") }, PAM_SUCCESS, "[1 New password: ]", "x" },
	{ "with a type: T-8", 'p', GET, A, "authtok_type=UNIX", NULL, NULL,
	  NULL, { SAY("x"), SAY("x") }, PAM_SUCCESS,
	  "[1 New UNIX password: ][1 Retype new UNIX password: ]", "x" },
	{ "that is no format", 'p', NOVERIFY, A, "authtok_type=%s%n", NULL,
	  NULL, NULL, { SAY("x") }, PAM_SUCCESS,
	  "[1 New %s%n password: ]", "x" },
	{ "the empty type", 'p', NOVERIFY, A, "authtok_type=", NULL, NULL,
	  NULL, { SAY("x") }, PAM_SUCCESS, "[1 New password: ]", "x" },
	{ "without a value too", 'p', NOVERIFY, A, "authtok_type", NULL,
	  NULL, NULL, { SAY("x") }, PAM_SUCCESS, "[1 New password: ]", "x" },
	{ "the first one counts", 'p', NOVERIFY, A,
	  "authtok_type=ONE authtok_type=TWO", NULL, NULL, NULL,
	  { SAY("x") }, PAM_SUCCESS, "[1 New ONE password: ]", "x" },
	{ "of the old password", 'p', GET, O, "authtok_type=UNIX", NULL,
	  NULL, NULL, { SAY("x") }, PAM_SUCCESS,
	  "[1 Current UNIX password: ]", "x" },
	{ "only in a change", 'a', GET, O, "authtok_type=UNIX", NULL, NULL,
	  NULL, { SAY("x") }, PAM_SUCCESS, "[1 Current password: ]", "x" },
	{ "two that differ: T-11", 'p', GET, A, "", NULL, NULL, NULL,
	  { SAY("x"), SAY("y") }, PAM_TRY_AGAIN,
	  "[1 New password: ][1 Retype new password: ]" DIFFER, NULL },
	{ "by their end", 'p', GET, A, "", NULL, NULL, NULL,
	  { SAY("x"), SAY("xx") }, PAM_TRY_AGAIN,
	  "[1 New password: ][1 Retype new password: ]" DIFFER, NULL },

	{ "a failure is one code: T-10", 'a', GET, A, "", NULL, NULL, NULL,
	  { FAIL(PAM_CONV_ERR) }, PAM_AUTHTOK_ERR, "[1 Password: ]", NULL },
	{ "not yet is a failure", 'a', GET, A, "", NULL, NULL, NULL,
	  { FAIL(PAM_CONV_AGAIN) }, PAM_AUTHTOK_ERR, "[1 Password: ]", NULL },
	{ "no answer too", 'a', GET, A, "", NULL, NULL, NULL,
	  { { RIG_NULL, NULL, PAM_SUCCESS } }, PAM_AUTHTOK_ERR,
	  "[1 Password: ]", NULL },
	{ "no array too", 'a', GET, A, "", NULL, NULL, NULL,
	  { FAIL(PAM_SUCCESS) }, PAM_AUTHTOK_ERR, "[1 Password: ]", NULL },
	{ "an answer with a failure too", 'a', GET, A, "", NULL, NULL, NULL,
	  { { RIG_TEXT, "x", PAM_CONV_ERR } }, PAM_AUTHTOK_ERR,
	  "[1 Password: ]", NULL },
	{ "in a change the user is told", 'p', GET, A, "", NULL, NULL, NULL,
	  { FAIL(PAM_CONV_ERR) }, PAM_AUTHTOK_ERR,
	  "[1 New password: ]" OUCH, NULL },
	{ "at the second question too", 'p', GET, A, "", NULL, NULL, NULL,
	  { SAY("x"), FAIL(PAM_CONV_ERR) }, PAM_AUTHTOK_ERR,
	  "[1 New password: ][1 Retype new password: ]" OUCH, NULL },
	{ "not about the old one", 'p', GET, O, "", NULL, NULL, NULL,
	  { FAIL(PAM_CONV_ERR) }, PAM_AUTHTOK_ERR,
	  "[1 Current password: ]", NULL },

	{ "the second half: T-13", 'p', VERIFY, A, "", "x", "x", NULL,
	  { SAY("x") }, PAM_SUCCESS, "[1 Retype new password: ]", "x" },
	{ "compares with what the caller shows", 'p', VERIFY, A, "", "x",
	  "y", NULL, { SAY("y") }, PAM_SUCCESS,
	  "[1 Retype new password: ]", "y" },
	{ "in his words", 'p', VERIFY, A, "", "x", "x", "PIN: ",
	  { SAY("x") }, PAM_SUCCESS, "[1 Retype PIN: ]", "x" },
	{ "a difference clears the item", 'p', VERIFY, A, "", "x", "x",
	  NULL, { SAY("y") }, PAM_TRY_AGAIN,
	  "[1 Retype new password: ]" DIFFER, NULL },
	{ "a failure does", 'p', VERIFY, A, "", "x", "x", NULL,
	  { FAIL(PAM_CONV_ERR) }, PAM_AUTHTOK_ERR,
	  "[1 Retype new password: ]" OUCH, NULL },
	{ "nothing to compare with", 'p', VERIFY, A, "", "x", NULL, NULL,
	  { SAY("x") }, PAM_SYSTEM_ERR, "", "x" },
	{ "outside of a change", 'a', VERIFY, A, "", "x", "x", NULL,
	  { SAY("x") }, PAM_SYSTEM_ERR, "", "x" },
};

static size_t row;

static int
ask_row(pam_handle_t *pamh, const char **token)
{
	switch (rows[row].how) {
	case GET:
		return pam_get_authtok(pamh, rows[row].item, token,
		    rows[row].prompt);
	case NOVERIFY:
		return pam_get_authtok_noverify(pamh, token,
		    rows[row].prompt);
	case VERIFY:
		return pam_get_authtok_verify(pamh, token, rows[row].prompt);
	}
	return -1;
}

static int
in_module(pam_handle_t *pamh, const struct rig_call *call)
{
	const char *token = rows[row].entry;
	const void *item = NULL;
	int rc;

	if (call->flags & PAM_PRELIM_CHECK)
		return PAM_SUCCESS;
	if (rows[row].item != PAM_CONV)
		pam_set_item(pamh, rows[row].item, rows[row].before);
	rc = ask_row(pamh, &token);
	CHECK_INT(rows[row].label, rows[row].want, rc);
	CHECK_STR(rows[row].label, rows[row].said, rig.said);
	if (rows[row].item != PAM_CONV)
		pam_get_item(pamh, rows[row].item, &item);
	CHECK_STR(rows[row].label, rows[row].token, item);
	if (rc == PAM_SUCCESS)
		CHECK("the result is the item", token == item);
	else if (rows[row].how != VERIFY)
		CHECK("a failure gives no token", !token);
	return PAM_SUCCESS;
}

static void
check_rows(void)
{
	for (row = 0; row < COUNT(rows); row++) {
		char policy[200];
		pam_handle_t *pamh;

		snprintf(policy, sizeof policy,
		    "auth required %%M %s\npassword required %%M %s\n",
		    rows[row].args, rows[row].args);
		rig_reset();
		pamh = rig_start(policy, "alice");
		rig.module = in_module;
		memcpy(rig.reply, rows[row].reply, sizeof rows[row].reply);
		CHECK_INT("walked", PAM_SUCCESS,
		    rig_do(pamh, rows[row].call, 0));
		rig_end(pamh);
	}
	rig_reset();
}

/* T-8: the type is an item, for the modules behind as well. */
static int
second_module(pam_handle_t *pamh, const struct rig_call *call)
{
	const char *token;

	if (call->flags & PAM_PRELIM_CHECK)
		return PAM_SUCCESS;
	pam_get_authtok(pamh, PAM_OLDAUTHTOK, &token, NULL);
	pam_set_item(pamh, PAM_OLDAUTHTOK, NULL);
	return PAM_SUCCESS;
}

static void
check_type(void)
{
	pam_handle_t *pamh = rig_start("password required %M authtok_type=A\n"
	    "password required %M\npassword required %M authtok_type\n"
	    "password required %M\n", "alice");
	const void *type = NULL;

	rig.module = second_module;
	for (int i = 0; i < 4; i++)
		rig.reply[i] = (struct rig_reply)SAY("x");
	pam_chauthtok(pamh, 0);
	CHECK_STR("it stays for later ones", "[1 Current A password: ]"
	    "[1 Current A password: ][1 Current password: ]"
	    "[1 Current password: ]", rig.said);
	CHECK_INT("as an item", PAM_SUCCESS,
	    pam_get_item(pamh, PAM_AUTHTOK_TYPE, &type));
	CHECK_STR("which is empty now", "", type);
	rig_reset();
	rig_end(pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	check_rows();
	check_type();
	return TEST_RESULT();
}
