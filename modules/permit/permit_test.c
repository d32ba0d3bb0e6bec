/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamtest.h"

static const struct pamtest rows[] = {
	{ "yes to everything", .user = "root",
	  .ops = { { PAMTEST_AUTH, PAM_SUCCESS },
	    { PAMTEST_CRED, PAM_SUCCESS }, { PAMTEST_ACCOUNT, PAM_SUCCESS },
	    { PAMTEST_OPEN, PAM_SUCCESS }, { PAMTEST_CLOSE, PAM_SUCCESS },
	    { PAMTEST_CHANGE, PAM_SUCCESS } },
	  .says = "", .leaves = "root" },
	{ "an account is not asked for", .user = "no-such-user",
	  .ops = { { PAMTEST_AUTH, PAM_SUCCESS } }, .leaves = "no-such-user" },
	{ "the empty name becomes nobody", .user = "",
	  .ops = { { PAMTEST_AUTH, PAM_SUCCESS } }, .leaves = "nobody" },
	{ "an empty answer becomes nobody", .replies = { "" },
	  .ops = { { PAMTEST_AUTH, PAM_SUCCESS } }, .leaves = "nobody" },
	{ "the user is asked for", .replies = { "somebody" },
	  .ops = { { PAMTEST_AUTH, PAM_SUCCESS } },
	  .leaves = "somebody" },
	{ "a conversation that fails is no permission", .conv = PAM_CONV_ERR,
	  .ops = { { PAMTEST_AUTH, PAM_CONV_ERR } }, .leaves = "(none)" },
	{ "an answer that is still to come is waited for (C-6)",
	  .conv = PAM_CONV_AGAIN,
	  .ops = { { PAMTEST_AUTH, PAM_INCOMPLETE } }, .leaves = "(none)",
	  .differs = "hands PAM_CONV_AGAIN on as it is" },
	{ "only authentication wants a name", .conv = PAM_CONV_ERR,
	  .ops = { { PAMTEST_ACCOUNT, PAM_SUCCESS },
	    { PAMTEST_OPEN, PAM_SUCCESS }, { PAMTEST_CHANGE, PAM_SUCCESS } },
	  .says = "", .leaves = "(none)" },
};

PAMTEST(rows, pamtest_user)
