/* SPDX-License-Identifier: BSD-2-Clause */
/* usage: intl_test [FOLDER], with the catalogue of hostile.po for the language
 * xx in FOLDER. */
#include <libintl.h>
#include <locale.h>

#include "check.h"

#include "base/drop.h"
#include "base/intl.h"

#define CANNOT_RUN 77

static const struct {
	const char *label, *english, *translated;
	bool same;
} pairs[] = {
	{ "no conversion", "Password: ", "Passwort: ", true },
	{ "words around it", "New %s password: ", "%s, neu: ", true },
	{ "a percent sign is none", "100%% of %s", "%s: 50%%, 50%%", true },
	{ "widths", "%-5.*s %llu", "(%-5.*s) %llu", true },
	{ "at the very end", "user %s", "%s", true },
	{ "one too many", "Password: ", "Passwort %s: ", false },
	{ "one too few", "New %s password: ", "Neues Passwort: ", false },
	{ "another type", "%d days", "%s Tage", false },
	{ "another length", "%ld days", "%d Tage", false },
	{ "another width", "%s", "%99999999s", false },
	{ "an argument more for the width", "%s", "%*s", false },
	{ "another order", "%s has %d", "%d hat %s", false },
	{ "the same by number", "%s of %s", "%2$s, %1$s", false },
	{ "one that writes", "%s", "%n", false },
	{ "one that writes behind ours", "%s", "%s%n", false },
	{ "errno instead", "%s", "%m", false },
	{ "behind a percent sign", "%%s", "%%%s", false },
	{ "cut off", "%s", "%", false },
	{ "cut off behind ours", "%s", "%s%", false },
	{ "cut off in the middle", "%ld", "%l", false },
	{ "a blank is a flag", "100 %% sure", "100 % sure", false },
};

static void
check_pairs(void)
{
	for (size_t i = 0; i < COUNT(pairs); i++) {
		CHECK_INT(pairs[i].label, pairs[i].same,
		    intl_same_arguments(pairs[i].english, pairs[i].translated));
		CHECK_INT(pairs[i].label, pairs[i].same,
		    intl_same_arguments(pairs[i].translated, pairs[i].english));
	}
}

static const struct {
	const char *label, *english, *text, *format;
} texts[] = {
	{ "a good translation", "Password: ", "Passwort: ", "Passwort: " },
	{ "a good one of a format", "New %s password: ", "%s, neu: ",
	  "%s, neu: " },
	{ "one argument more", "Current password: ", "%s%s%s%n: ",
	  "Current password: " },
	{ "one argument less", "Current %s password: ", "Nichts: ",
	  "Current %s password: " },
	{ "another argument", "Retype %s", "%d", "Retype %s" },
	{ "not in the catalogue", "Nobody knows %s", "Nobody knows %s",
	  "Nobody knows %s" },
	{ "nothing", "", "", "" },
	{ "no text", NULL, NULL, NULL },
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void
check_texts(void)
{
	for (size_t i = 0; i < COUNT(texts); i++) {
		CHECK_STR(texts[i].label, texts[i].text,
		    intl_text(texts[i].english));
		CHECK_STR(texts[i].label, texts[i].format,
		    intl_format(texts[i].english));
	}
}
#pragma GCC diagnostic pop

/* Languages exist in the locales that have one; which of them this machine has
 * is not known, and whether C.UTF-8 counts depends on the libc. */
static bool
speaks(const char *folder)
{
	static const char *const locales[] = { "C.UTF-8", "en_US.UTF-8", "" };

	bindtextdomain("Linux-PAM", folder);
	for (size_t i = 0; i < COUNT(locales); i++) {
		if (setlocale(LC_ALL, locales[i]) &&
		    strcmp(dgettext("Linux-PAM", "canary"), "canary") != 0)
			return true;
	}
	return false;
}

int
main(int argc, char **argv)
{
	check_pairs();
	if (argc < 2)
		return TEST_RESULT();
	CHECK_STR("without a locale it is English", "Password: ",
	    intl_text("Password: "));
	if (!speaks(argv[1]))
		return CANNOT_RUN;
	check_texts();
	setlocale(LC_ALL, "C");
	CHECK_STR("and again in the C locale", "Password: ",
	    intl_text("Password: "));
	return TEST_RESULT();
}
