/* SPDX-License-Identifier: BSD-2-Clause */
/* The words for return codes are a promise to every policy: C-29, A-6. */
#include "policy/code.h"

#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "check.h"

static const struct {
	int code, number;
	const char *word;
} codes[] = {
	{ PAM_SUCCESS, 0, "success" },
	{ PAM_OPEN_ERR, 1, "open_err" },
	{ PAM_SYMBOL_ERR, 2, "symbol_err" },
	{ PAM_SERVICE_ERR, 3, "service_err" },
	{ PAM_SYSTEM_ERR, 4, "system_err" },
	{ PAM_BUF_ERR, 5, "buf_err" },
	{ PAM_PERM_DENIED, 6, "perm_denied" },
	{ PAM_AUTH_ERR, 7, "auth_err" },
	{ PAM_CRED_INSUFFICIENT, 8, "cred_insufficient" },
	{ PAM_AUTHINFO_UNAVAIL, 9, "authinfo_unavail" },
	{ PAM_USER_UNKNOWN, 10, "user_unknown" },
	{ PAM_MAXTRIES, 11, "maxtries" },
	{ PAM_NEW_AUTHTOK_REQD, 12, "new_authtok_reqd" },
	{ PAM_ACCT_EXPIRED, 13, "acct_expired" },
	{ PAM_SESSION_ERR, 14, "session_err" },
	{ PAM_CRED_UNAVAIL, 15, "cred_unavail" },
	{ PAM_CRED_EXPIRED, 16, "cred_expired" },
	{ PAM_CRED_ERR, 17, "cred_err" },
	{ PAM_NO_MODULE_DATA, 18, "no_module_data" },
	{ PAM_CONV_ERR, 19, "conv_err" },
	{ PAM_AUTHTOK_ERR, 20, "authtok_err" },
	{ PAM_AUTHTOK_RECOVERY_ERR, 21, "authtok_recover_err" },
	{ PAM_AUTHTOK_LOCK_BUSY, 22, "authtok_lock_busy" },
	{ PAM_AUTHTOK_DISABLE_AGING, 23, "authtok_disable_aging" },
	{ PAM_TRY_AGAIN, 24, "try_again" },
	{ PAM_IGNORE, 25, "ignore" },
	{ PAM_ABORT, 26, "abort" },
	{ PAM_AUTHTOK_EXPIRED, 27, "authtok_expired" },
	{ PAM_MODULE_UNKNOWN, 28, "module_unknown" },
	{ PAM_BAD_ITEM, 29, "bad_item" },
	{ PAM_CONV_AGAIN, 30, "conv_again" },
	{ PAM_INCOMPLETE, 31, "incomplete" },
};

/* Each word is found, whatever stands behind it, and as none but itself. */
static void
check_codes(void)
{
	CHECK_INT("all of them", CODE_COUNT, COUNT(codes));
	for (size_t i = 0; i < COUNT(codes); i++) {
		char text[64];
		size_t len = 0;

		CHECK_INT(codes[i].word, codes[i].number, codes[i].code);
		CHECK_STR("its word", codes[i].word,
		    code_word(codes[i].number));
		snprintf(text, sizeof text, "%s=ok", codes[i].word);
		CHECK_INT(text, codes[i].number, code_prefix(text, &len));
		CHECK_INT(text, strlen(codes[i].word), len);
	}
}

static const struct {
	const char *text;
	int want;
} prefixes[] = {
	{ "", -1 },
	{ "succes", -1 },
	{ "Success", -1 },
	{ " success", -1 },
	{ "default", -1 },
	{ "PAM_SUCCESS", -1 },
	{ "authtok_recovery_err", -1 },
	{ "authtok", -1 },
	{ "cred_e", -1 },
	{ "successful", PAM_SUCCESS },
};

static const int strangers[] = { -1, 32, 99, -2147483647 - 1, 2147483647 };

int
main(void)
{
	size_t len;

	check_codes();
	for (size_t i = 0; i < COUNT(prefixes); i++)
		CHECK_INT(prefixes[i].text, prefixes[i].want,
		    code_prefix(prefixes[i].text, &len));
	for (size_t i = 0; i < COUNT(strangers); i++)
		CHECK_STR("no code", "unknown", code_word(strangers[i]));
	return TEST_RESULT();
}
