/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamtest.h"

static const struct pamtest rows[] = {
	{ "root, whoever he wants to be", .user = "alice",
	  .ops = { { PAMTEST_AUTH, PAM_SUCCESS },
	    { PAMTEST_CRED, PAM_SUCCESS }, { PAMTEST_ACCOUNT, PAM_SUCCESS },
	    { PAMTEST_CHANGE, PAM_SUCCESS } },
	  .says = "" },
	{ "the user is not asked for", .conv = PAM_CONV_ERR,
	  .ops = { { PAMTEST_AUTH, PAM_SUCCESS } }, .says = "" },
	{ "somebody else, even if he wants to be root", .user = "root",
	  .uid = 1000,
	  .ops = { { PAMTEST_AUTH, PAM_AUTH_ERR },
	    { PAMTEST_ACCOUNT, PAM_AUTH_ERR },
	    { PAMTEST_CHANGE, PAM_AUTH_ERR } } },
	{ "a setuid program does not make its user root", .user = "root",
	  .ruid = 1000,
	  .ops = { { PAMTEST_AUTH, PAM_AUTH_ERR } } },
	{ "setcred has nothing to say", .user = "root", .uid = 1000,
	  .ops = { { PAMTEST_CRED, PAM_SUCCESS } } },
	{ "debug", .user = "root", .ruid = 1000, .args = "debug",
	  .ops = { { PAMTEST_AUTH, PAM_AUTH_ERR } },
	  .logs = "real user id 1000: not root" },
};

PAMTEST(rows, NULL)
