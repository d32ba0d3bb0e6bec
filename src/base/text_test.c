/* SPDX-License-Identifier: BSD-2-Clause */
/* ASCII means ASCII: every byte, in whatever locale. */
#include "base/text.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"

static void
check_bytes(void)
{
	static const char spaces[] = " \t\n\v\f\r", digits[] = "0123456789";
	static const char upper[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	static const char lower[] = "abcdefghijklmnopqrstuvwxyz";

	for (int byte = 0; byte < 256; byte++) {
		const char c = (char)byte;
		const char *up = memchr(upper, c, 26);
		char label[16];

		snprintf(label, sizeof label, "byte %d", byte);
		CHECK_INT(label, memchr(spaces, c, 6) != NULL, ascii_space(c));
		CHECK_INT(label, memchr(digits, c, 10) != NULL,
		    ascii_digit(c));
		CHECK_INT(label, up ? lower[up - upper] : c, ascii_lower(c));
	}
}

static const struct {
	const char *a, *b;
	bool want;
} same[] = {
	{ "", "", true },
	{ "auth", "AUTH", true },
	{ "aUtH", "AuTh", true },
	{ "auth", "aut", false },
	{ "aut", "auth", false },
	{ "", "a", false },
	{ "a", "", false },
	/* Which an eye, or a mask of one bit, would take for the same. */
	{ "@", "`", false },
	{ "[", "{", false },
	{ "\xc3\x84", "\xc3\xa4", false },
	{ "I", "i", true },
};

static const struct {
	const char *s, *prefix, *want;
} afters[] = {
	{ "default=ok", "default", "=ok" },
	{ "ok", "ok", "" },
	{ "o", "ok", NULL },
	{ "", "ok", NULL },
	{ "Ok", "ok", NULL },
	{ "anything", "", "anything" },
	{ "", "", "" },
};

static const struct {
	const char *path, *want;
} bases[] = {
	{ "/lib/security/pam_unix.so", "pam_unix.so" },
	{ "pam_unix.so", "pam_unix.so" },
	{ "a/b", "b" },
	{ "a/", "" },
	{ "/", "" },
	{ "", "" },
};

static const struct {
	const char *from, *to;
} lowers[] = {
	{ "", "" },
	{ "SSHD", "sshd" },
	{ "Login-2_X", "login-2_x" },
	{ "\xc3\x84I", "\xc3\x84i" },
};

static void
check_tables(void)
{
	for (size_t i = 0; i < COUNT(same); i++)
		CHECK_INT(same[i].a, same[i].want,
		    text_same(same[i].a, same[i].b));
	for (size_t i = 0; i < COUNT(afters); i++)
		CHECK_STR(afters[i].s, afters[i].want,
		    text_after(afters[i].s, afters[i].prefix));
	for (size_t i = 0; i < COUNT(bases); i++)
		CHECK_STR(bases[i].path, bases[i].want,
		    text_base(bases[i].path));
	for (size_t i = 0; i < COUNT(lowers); i++) {
		_drop_(freep) char *s = strdup(lowers[i].from);

		text_lower(s);
		CHECK_STR(lowers[i].from, lowers[i].to, s);
	}
}

int
main(void)
{
	/* Where they exist, those in which tolower(3) does something else. */
	static const char *const locales[] = { "C", "tr_TR.UTF-8",
		"de_DE.ISO-8859-1", "az_AZ.UTF-8" };

	for (size_t i = 0; i < COUNT(locales); i++) {
		setlocale(LC_ALL, locales[i]);
		check_bytes();
		check_tables();
	}
	return TEST_RESULT();
}
