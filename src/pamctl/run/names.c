/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/run/names.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include <security/pam_appl.h>

#include "base/drop.h"
#include "base/number.h"
#include "base/text.h"
#include "policy/code.h"

static const struct deed deeds[] = {
	{ "authenticate", DEED_CALL, pam_authenticate },
	{ "setcred", DEED_CALL, pam_setcred },
	{ "acct_mgmt", DEED_CALL, pam_acct_mgmt },
	{ "open_session", DEED_CALL, pam_open_session },
	{ "close_session", DEED_CALL, pam_close_session },
	{ "chauthtok", DEED_CALL, pam_chauthtok },
	{ "attach", DEED_ATTACH, NULL },
	{ "exec", DEED_EXEC, NULL },
	{ "wait", DEED_WAIT, NULL },
};

static const struct {
	const char *name;
	int item;
} items[] = {
	{ "service", PAM_SERVICE },
	{ "user", PAM_USER },
	{ "user_prompt", PAM_USER_PROMPT },
	{ "prompt", PAM_USER_PROMPT },
	{ "tty", PAM_TTY },
	{ "rhost", PAM_RHOST },
	{ "ruser", PAM_RUSER },
	{ "xdisplay", PAM_XDISPLAY },
	{ "authtok_type", PAM_AUTHTOK_TYPE },
};

/* Where C's name, less PAM_, is not what policies write. */
static const struct {
	const char *name;
	int code;
} differing[] = {
	{ "authtok_recovery_err", PAM_AUTHTOK_RECOVERY_ERR },
};

static bool
is(const char *name, const char *text, size_t len)
{
	return strlen(name) == len && memcmp(name, text, len) == 0;
}

const struct deed *
deed_named(const char *name, size_t len)
{
	for (size_t i = 0; i < COUNT(deeds); i++) {
		if (is(deeds[i].name, name, len))
			return &deeds[i];
	}
	return NULL;
}

int
item_named(const char *name, size_t len)
{
	for (size_t i = 0; i < COUNT(items); i++) {
		if (is(items[i].name, name, len))
			return items[i].item;
	}
	return -1;
}

int
code_named(const char *word)
{
	const char *rest = text_after(word, "PAM_");
	long long number;

	if (number_read(word, 10, 0, INT_MAX, &number) == 0)
		return (int)number;
	rest = rest ? rest : word;
	for (size_t i = 0; i < COUNT(differing); i++) {
		if (text_same(rest, differing[i].name))
			return differing[i].code;
	}
	for (int code = 0; code < CODE_COUNT; code++) {
		if (text_same(rest, code_word(code)))
			return code;
	}
	return -1;
}
