/* SPDX-License-Identifier: BSD-2-Clause */
/* The six calls through real handles: K-1 to K-9, Z-1 to Z-5, R-1 to R-6,
 * F-8. */
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"
#include "policy/code.h"
#include "rig.h"

/* Calls by their letters (rig.h), a number behind one for its flags; what the
 * modules of the policy are called as, and what the program gets. */
static const struct {
	const char *label, *policy, *calls;
	const char *called, *results;
} rows[] = {
	{ "authenticate and setcred by the same lines",
	  "auth required %M a\nauth required %M b\n", "ac",
	  " a.authenticate b.authenticate a.setcred b.setcred",
	  " success success" },
	{ "setcred follows authenticate: X-23",
	  "auth sufficient %M a success,cred_err\nauth required %M b\n",
	  "ac", " a.authenticate a.setcred", " success cred_err" },
	{ "unless there was none: X-25",
	  "auth sufficient %M a auth_err\nauth required %M b\n", "c",
	  " a.setcred b.setcred", " success" },
	{ "each handle has its own memory",
	  "auth sufficient %M a\nauth required %M b\n", "a|c",
	  " a.authenticate a.setcred", " success success" },

	{ "sessions are closed in the order of opening: Z-1, W-2",
	  "session required %M a\nsession required %M b\n", "os",
	  " a.open_session b.open_session a.close_session b.close_session",
	  " success success" },
	{ "a failed opening is undone, and there is nothing to close: W-1",
	  "session required %M a\nsession requisite %M b session_err,success\n"
	  "session required %M c\n", "os",
	  " a.open_session b.open_session a.close_session",
	  " session_err success" },
	{ "there is no count: Z-3", "session required %M a\n", "soos",
	  " a.close_session a.open_session a.open_session a.close_session",
	  " success success success success" },
	{ "closing elsewhere than opening: Z-5",
	  "session sufficient %M a success,session_err,success\n"
	  "session required %M b\n", "o|s",
	  " a.open_session a.close_session b.close_session",
	  " success success" },
	{ "an account needs no authentication: K-4",
	  "account required %M a new_authtok_reqd\n", "m",
	  " a.acct_mgmt", " new_authtok_reqd" },
	{ "accounts are judged afresh each time",
	  "account sufficient %M a acct_expired,success\n"
	  "account required %M b\n", "mm",
	  " a.acct_mgmt b.acct_mgmt a.acct_mgmt", " success success" },

	{ "all are asked whether they could, then all do: K-7",
	  "password required %M a\npassword required %M b\n", "p",
	  " a.chauthtok b.chauthtok a.chauthtok b.chauthtok", " success" },
	{ "not when one could not", "password required %M a\n"
	  "password required %M b try_again\n", "p",
	  " a.chauthtok b.chauthtok", " try_again" },
	{ "nor when it is no plain success",
	  "password required %M a new_authtok_reqd\n", "p",
	  " a.chauthtok", " new_authtok_reqd" },
	{ "sufficient hides later lines from the first pass: K-8, W-32",
	  "password sufficient %M a success,auth_err\n"
	  "password required %M b\n", "p",
	  " a.chauthtok a.chauthtok b.chauthtok", " success" },
	{ "there is nothing to follow in the second",
	  "password optional %M a auth_err,success\n"
	  "password required %M b\n", "p",
	  " a.chauthtok b.chauthtok a.chauthtok b.chauthtok", " success" },

	{ "a call without a line refuses: X-4", "auth required %M a\n",
	  "mspo", "", " perm_denied perm_denied perm_denied perm_denied" },
	{ "modules of another facility do not count: C-6",
	  "session required %M a\nauth required %M b auth_err\n", "ao",
	  " b.authenticate a.open_session", " auth_err success" },

	{ "who is not ready is asked again, and goes on: R-1",
	  "auth required %M a\nauth required %M b incomplete,success\n"
	  "auth required %M c\n", "aa",
	  " a.authenticate b.authenticate b.authenticate c.authenticate",
	  " incomplete success" },
	{ "another call meanwhile is refused: R-2",
	  "auth required %M a incomplete,success\naccount required %M b\n",
	  "acma", " a.authenticate a.authenticate",
	  " incomplete abort abort success" },
	{ "then it is done with",
	  "auth required %M a incomplete,success\naccount required %M b\n",
	  "aam", " a.authenticate a.authenticate b.acct_mgmt",
	  " incomplete success success" },
	{ "the second pass does not repeat the first: R-3",
	  "password required %M a success,incomplete,success\n", "pp",
	  " a.chauthtok a.chauthtok a.chauthtok", " incomplete success" },
	{ "the first goes on to the second",
	  "password required %M a incomplete,success\n", "pp",
	  " a.chauthtok a.chauthtok a.chauthtok", " incomplete success" },
	{ "and the next change begins anew",
	  "password required %M a success,incomplete,auth_err,success\n",
	  "ppp", " a.chauthtok a.chauthtok a.chauthtok a.chauthtok "
	  "a.chauthtok", " incomplete auth_err success" },
	{ "opening can wait too, and closing follows what came of it",
	  "session sufficient %M a incomplete,success,success\n"
	  "session required %M b\n", "oos",
	  " a.open_session a.open_session a.close_session",
	  " incomplete success success" },
};

static void
check_rows(void)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		pam_handle_t *pamh = rig_start(rows[i].policy, "alice");
		char results[256] = "", called[2048];

		for (const char *c = rows[i].calls; *c; c++) {
			if (*c == '|') {
				rig_end(pamh);
				memcpy(called, rig.called, sizeof called);
				pamh = rig_start(rows[i].policy, "alice");
				memcpy(rig.called, called, sizeof called);
				continue;
			}
			strcat(results, " ");
			strcat(results, code_word(rig_do(pamh, *c, 0)));
		}
		CHECK_STR(rows[i].label, rows[i].called, rig.called);
		CHECK_STR(rows[i].label, rows[i].results, results);
		rig_end(pamh);
	}
}

/* What a module sees of the flags: X-5, K-1, K-6, Z-2. */
static const struct {
	char call;
	int flags, want, seen;	/* of the last call of the module */
} flags[] = {
	{ 'a', 0, PAM_SUCCESS, 0 },
	{ 'a', PAM_SILENT | PAM_DISALLOW_NULL_AUTHTOK, PAM_SUCCESS, 0x8001 },
	{ 'a', 0x12345678, PAM_SUCCESS, 0x12345678 },
	{ 'c', 0, PAM_SUCCESS, PAM_ESTABLISH_CRED },
	{ 'c', PAM_DELETE_CRED, PAM_SUCCESS, PAM_DELETE_CRED },
	{ 'c', PAM_SILENT, PAM_SUCCESS, PAM_SILENT },
	{ 'c', 0x1e, PAM_SUCCESS, 0x1e },
	{ 'm', PAM_SILENT, PAM_SUCCESS, PAM_SILENT },
	{ 'o', PAM_SILENT, PAM_SUCCESS, PAM_SILENT },
	{ 'o', 0x4000, PAM_SUCCESS, 0x4000 },
	{ 's', -1, PAM_SUCCESS, -1 },
	{ 'p', 0, PAM_SUCCESS, PAM_UPDATE_AUTHTOK },
	{ 'p', PAM_SILENT | PAM_CHANGE_EXPIRED_AUTHTOK, PAM_SUCCESS, 0xa020 },
	{ 'p', PAM_PRELIM_CHECK, PAM_SYSTEM_ERR, 4711 },
	{ 'p', PAM_UPDATE_AUTHTOK | PAM_SILENT, PAM_SYSTEM_ERR, 4711 },
};

static int seen, first_seen;

static int
look_at_flags(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)pamh;
	if (seen == 4711)
		first_seen = call->flags;
	seen = call->flags;
	return PAM_SUCCESS;
}

static void
check_flags(void)
{
	pam_handle_t *pamh = rig_start("auth required %M\naccount required %M\n"
	    "session required %M\npassword required %M\n", "alice");

	rig.module = look_at_flags;
	for (size_t i = 0; i < COUNT(flags); i++) {
		char label[32];

		snprintf(label, sizeof label, "%c with %x", flags[i].call,
		    (unsigned)flags[i].flags);
		seen = 4711;
		CHECK_INT(label, flags[i].want,
		    rig_do(pamh, flags[i].call, flags[i].flags));
		CHECK_INT(label, flags[i].seen, seen);
		if (flags[i].call == 'p' && flags[i].want == PAM_SUCCESS)
			CHECK_INT("the first pass",
			    flags[i].flags | PAM_PRELIM_CHECK, first_seen);
	}
	rig_reset();
	rig_end(pamh);
}

/* those of the call that goes on. */
static int
wait_once(pam_handle_t *pamh, const struct rig_call *call)
{
	seen = call->flags;
	return rig_default(pamh, call);
}

static void
check_new_flags(void)
{
	pam_handle_t *pamh = rig_start(
	    "auth required %M a incomplete,success\n", "alice");

	rig.module = wait_once;
	CHECK_INT("waits", PAM_INCOMPLETE, pam_authenticate(pamh, PAM_SILENT));
	CHECK_INT("goes on", PAM_SUCCESS, pam_authenticate(pamh, 1));
	CHECK_INT("with other flags", 1, seen);
	rig_reset();
	rig_end(pamh);
}

/* R-2, in words. */
static void
check_mismatch(void)
{
	pam_handle_t *pamh = rig_start(
	    "auth required %M a incomplete,success\n", "alice");

	pam_authenticate(pamh, 0);
	rig_log_clear();
	CHECK_INT("another call", PAM_ABORT, pam_setcred(pamh, 0));
	CHECK_STR("is logged", "3 PAM application failed to re-exec stack "
	    "[pam_authenticate:pam_setcred]\n", rig_log());
	rig_end(pamh);
}

/* how a program that cannot wait talks to a module that has to. */
static int
want_name(pam_handle_t *pamh, const struct rig_call *call)
{
	const char *name = NULL;
	const int rc = pam_get_user(pamh, &name, NULL);

	(void)call;
	return rc == PAM_CONV_AGAIN ? PAM_INCOMPLETE : rc;
}

static void
check_slow_user(void)
{
	pam_handle_t *pamh = rig_start("auth required %M\n", NULL);

	rig.module = want_name;
	rig.reply[0] = rig.reply[1] = (struct rig_reply)FAIL(PAM_CONV_AGAIN);
	rig.reply[2] = (struct rig_reply)SAY("alice");
	for (int i = 0; i < 2; i++)
		CHECK_INT("not yet", PAM_INCOMPLETE,
		    pam_authenticate(pamh, 0));
	CHECK_INT("at last", PAM_SUCCESS, pam_authenticate(pamh, 0));
	rig_reset();
	rig_end(pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	check_rows();
	check_flags();
	check_new_flags();
	check_mismatch();
	check_slow_user();
	return TEST_RESULT();
}
