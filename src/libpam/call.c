/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/call.h"

const struct call_kind call_kinds[CALL_COUNT] = {
	[CALL_NONE] = { .name = "none", .audit = "bad_ident" },
	[CALL_AUTHENTICATE] = {
		.name = "pam_authenticate", .word = "auth",
		.audit = "authentication", .symbol = "pam_sm_authenticate",
		.facility = FAC_AUTH, .keep = true, .secret = true },
	[CALL_SETCRED] = {
		.name = "pam_setcred", .word = "setcred",
		.audit = "setcred", .symbol = "pam_sm_setcred",
		.facility = FAC_AUTH, .slot = 1, .follow = true },
	[CALL_ACCOUNT] = {
		.name = "pam_acct_mgmt", .word = "account",
		.audit = "accounting", .symbol = "pam_sm_acct_mgmt",
		.facility = FAC_ACCOUNT },
	[CALL_OPEN] = {
		.name = "pam_open_session", .word = "session",
		.audit = "session_open", .symbol = "pam_sm_open_session",
		.facility = FAC_SESSION, .keep = true },
	[CALL_CLOSE] = {
		.name = "pam_close_session", .word = "session",
		.audit = "session_close", .symbol = "pam_sm_close_session",
		.facility = FAC_SESSION, .slot = 1, .follow = true },
	[CALL_CHAUTHTOK] = {
		.name = "pam_chauthtok", .word = "chauthtok",
		.audit = "chauthtok", .symbol = "pam_sm_chauthtok",
		.facility = FAC_PASSWORD, .secret = true },
};
