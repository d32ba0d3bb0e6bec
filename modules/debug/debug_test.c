/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamtest.h"

static const struct pamtest rows[] = {
	{ "success, unless told otherwise", .conv = PAM_CONV_ERR,
	  .ops = { { PAMTEST_AUTH, PAM_SUCCESS },
	    { PAMTEST_CRED, PAM_SUCCESS }, { PAMTEST_ACCOUNT, PAM_SUCCESS },
	    { PAMTEST_OPEN, PAM_SUCCESS }, { PAMTEST_CLOSE, PAM_SUCCESS },
	    { PAMTEST_CHANGE, PAM_SUCCESS } },
	  .says = "" },
	{ "each entry point has a result of its own", .user = "root",
	  .args = "auth=maxtries cred=cred_err acct=acct_expired "
		  "open_session=session_err close_session=abort "
		  "prechauthtok=try_again",
	  .ops = { { PAMTEST_AUTH, PAM_MAXTRIES },
	    { PAMTEST_CRED, PAM_CRED_ERR },
	    { PAMTEST_ACCOUNT, PAM_ACCT_EXPIRED },
	    { PAMTEST_OPEN, PAM_SESSION_ERR }, { PAMTEST_CLOSE, PAM_ABORT },
	    { PAMTEST_CHANGE, PAM_TRY_AGAIN } },
	  .says = "info: auth=maxtries\ninfo: cred=cred_err\n"
		  "info: acct=acct_expired\ninfo: open_session=session_err\n"
		  "info: close_session=abort\ninfo: prechauthtok=try_again" },
	{ "the second round of a change", .user = "root",
	  .args = "prechauthtok=success chauthtok=authtok_err",
	  .ops = { { PAMTEST_CHANGE, PAM_AUTHTOK_ERR } },
	  .says = "info: prechauthtok=success\ninfo: chauthtok=authtok_err" },
	{ "the name of policies for a lost password", .user = "root",
	  .args = "auth=authtok_recover_err",
	  .ops = { { PAMTEST_AUTH, PAM_AUTHTOK_RECOVERY_ERR } } },
	{ "ignore", .user = "root", .args = "auth=ignore",
	  .ops = { { PAMTEST_AUTH, PAM_IGNORE } } },
	{ "incomplete, and once more", .user = "root",
	  .args = "auth=incomplete",
	  .ops = { { PAMTEST_AUTH, PAM_INCOMPLETE },
	    { PAMTEST_AUTH, PAM_INCOMPLETE } } },
	{ "a result that does not exist", .user = "root",
	  .args = "auth=authtok_recovery_err",
	  .ops = { { PAMTEST_AUTH, PAM_SUCCESS } }, .says = "",
	  .logs = "option auth: wants one of success, open_err, " },
	{ "silence", .user = "root", .args = "auth=auth_err",
	  .ops = { { PAMTEST_AUTH, PAM_AUTH_ERR, PAM_SILENT } }, .says = "",
	  .differs = "speaks in spite of PAM_SILENT" },
};

PAMTEST(rows, NULL)
