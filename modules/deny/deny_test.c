/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamtest.h"

static const struct pamtest rows[] = {
	{ "no to everything, root and all", .user = "root",
	  .ops = { { PAMTEST_AUTH, PAM_AUTH_ERR },
	    { PAMTEST_CRED, PAM_CRED_ERR }, { PAMTEST_ACCOUNT, PAM_AUTH_ERR },
	    { PAMTEST_OPEN, PAM_SESSION_ERR },
	    { PAMTEST_CLOSE, PAM_SESSION_ERR },
	    { PAMTEST_CHANGE, PAM_AUTHTOK_ERR } },
	  .says = "" },
	{ "nobody is asked for a name", .conv = PAM_CONV_ERR,
	  .ops = { { PAMTEST_AUTH, PAM_AUTH_ERR },
	    { PAMTEST_OPEN, PAM_SESSION_ERR } },
	  .says = "" },
	{ "permission afterwards does not help", .user = "root",
	  .policy = "auth required %M\nauth sufficient %B/pam_permit.so\n",
	  .ops = { { PAMTEST_AUTH, PAM_AUTH_ERR } } },
};

PAMTEST(rows, NULL)
