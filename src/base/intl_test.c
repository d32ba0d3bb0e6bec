/* SPDX-License-Identifier: BSD-2-Clause */
#include "check.h"

#include "base/drop.h"
#include "base/intl.h"

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

/* What catalogues do is tested in tests/translations. */
int
main(void)
{
	for (size_t i = 0; i < COUNT(pairs); i++) {
		CHECK_INT(pairs[i].label, pairs[i].same,
		    intl_same_arguments(pairs[i].english, pairs[i].translated));
		CHECK_INT(pairs[i].label, pairs[i].same,
		    intl_same_arguments(pairs[i].translated, pairs[i].english));
	}
	CHECK_STR("without a locale it is English", "Password: ",
	    intl_text("Password: "));
	CHECK_STR("no text", NULL, intl_format(NULL));
	return TEST_RESULT();
}
