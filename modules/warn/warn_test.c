/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamtest.h"

static const struct pamtest rows[] = {
	{ "no opinion on anything", .user = "root",
	  .ops = { { PAMTEST_AUTH, PAM_IGNORE },
	    { PAMTEST_CRED, PAM_IGNORE }, { PAMTEST_ACCOUNT, PAM_IGNORE },
	    { PAMTEST_OPEN, PAM_IGNORE }, { PAMTEST_CLOSE, PAM_IGNORE },
	    { PAMTEST_CHANGE, PAM_IGNORE } },
	  .says = "" },
	{ "what is not known is not asked for", .conv = PAM_CONV_ERR,
	  .ops = { { PAMTEST_CRED, PAM_IGNORE } }, .says = "",
	  .logs = "pam_warn(pamtest:setcred): function=[pam_sm_setcred] "
		  "flags=0x2 service=[pamtest] terminal=[<unknown>] "
		  "user=[<unknown>] ruser=[<unknown>] rhost=[<unknown>]\n" },
	{ "what is known is told", .user = "alice",
	  .items = { { PAM_TTY, "tty1" }, { PAM_RHOST, "host" },
	    { PAM_RUSER, "bob" } },
	  .ops = { { PAMTEST_OPEN, PAM_IGNORE } },
	  .logs = "function=[pam_sm_open_session] flags=0 service=[pamtest] "
		  "terminal=[tty1] user=[alice] ruser=[bob] rhost=[host]\n" },
	{ "a host cannot write lines of its own", .user = "%s%n",
	  .items = { { PAM_RHOST, "a\nb\033[2J" } },
	  .ops = { { PAMTEST_AUTH, PAM_IGNORE } },
	  .logs = "user=[%s%n] ruser=[<unknown>] rhost=[a?b?[2J]" },
};

PAMTEST(rows, NULL)
