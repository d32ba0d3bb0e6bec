/* SPDX-License-Identifier: BSD-2-Clause */
/* usage: lookup_test FOLDER, with the catalogue of hostile.po for the language
 * xx in FOLDER. */
#include "catalogue.h"
#include "check.h"

#include "base/intl.h"

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

int
main(int argc, char **argv)
{
	if (argc != 2)
		return 2;
	CHECK_STR("before a locale is chosen it is English", "Password: ",
	    intl_text("Password: "));
	if (!catalogue_speak(argv[1]))
		return CANNOT_RUN;
	check_texts();
	setlocale(LC_ALL, "C");
	CHECK_STR("and again in the C locale", "Password: ",
	    intl_text("Password: "));
	return TEST_RESULT();
}
