/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/conf_value.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/drop.h"
#include "base/text.h"
#include "pamctl/check/want.h"

static bool
is_anything(const char *value)
{
	return *value;
}

static bool
is_nothing(const char *value)
{
	return !*value;
}

static bool
is_path(const char *value)
{
	return *value == '/';
}

/* T-6: days of two letters each. What follows them, or NULL. */
static const char *
after_days(const char *at)
{
	static const char *const days[] = { "mo", "tu", "we", "th", "fr", "sa",
		"su", "wk", "wd", "al" };
	const char *begin = at;

	while (!ascii_digit(*at)) {
		size_t d = 0;

		while (d < COUNT(days) && strncasecmp(at, days[d], 2) != 0)
			d++;
		if (d == COUNT(days))
			return NULL;
		at += 2;
	}
	return at > begin ? at : NULL;
}

static bool
is_hour(const char *at)
{
	for (size_t i = 0; i < 4; i++) {
		if (!ascii_digit(at[i]))
			return false;
	}
	return strncmp(at, "2400", 4) <= 0 && at[2] < '6';
}

/* "!Wk0800-1800" */
static bool
is_span(const char *at, size_t len)
{
	const char *end = at + len;

	while (at < end && (*at == '!' || *at == ' '))
		at++;
	at = after_days(at);
	return at && end - at == 9 && at[4] == '-' && is_hour(at) &&
	    is_hour(at + 5);
}

static bool
is_times(const char *value)
{
	do {
		size_t len, used;

		value += strspn(value, " ");
		len = used = strcspn(value, "&|");
		while (used > 0 && value[used - 1] == ' ')
			used--;
		if (!is_span(value, used))
			return false;
		value += len;
	} while (*value++);
	return true;
}

static const struct {
	const char *word;
	bool (*fits)(const char *value);
	const char *text;
} kinds[] = {
	{ "*", is_anything, "a value" },
	{ "-", is_nothing, "no value" },
	{ "/", is_path, "a path from the root" },
	{ "times", is_times, "times as Wk0800-1800" },
	{ "..", NULL, "a number" },
};

static bool
fits(const char *want, const char *value)
{
	const size_t len = strlen(want);
	const char *const one[] = { want, NULL };

	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (kinds[i].fits && strcmp(want, kinds[i].word) == 0)
			return kinds[i].fits(value);
	}
	if (want[len - 1] == '*')
		return strncmp(value, want, len - 1) == 0;
	return want_fits(one, value);
}

/* "-" is a word among others, and nothing where it is alone. */
bool
conf_value_fits(const char *const *want, const char *value)
{
	for (size_t i = 0; want[i]; i++) {
		const bool word = strcmp(want[i], "-") == 0 && want[1];

		if (word ? strcmp(value, "-") == 0 : fits(want[i], value))
			return true;
	}
	return false;
}

void
conf_value_text(const char *const *want, char *text, size_t size)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (strcmp(want[0], kinds[i].word) == 0 &&
		    (*want[0] != '-' || !want[1])) {
			snprintf(text, size, "%s", kinds[i].text);
			return;
		}
	}
	want_text(want, text, size);
}
