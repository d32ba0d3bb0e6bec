/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/want.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

static bool
fits(const char *want, const char *value)
{
	const char *dots = strstr(want, "..");
	long long least = LLONG_MIN, most = LLONG_MAX, number;
	char low[24];

	if (!dots)
		return strcmp(want, value) == 0;
	snprintf(low, sizeof low, "%.*s", (int)(dots - want), want);
	if (number_read(value, 10, LLONG_MIN, LLONG_MAX, &number) < 0)
		return false;
	if (*low && number_read(low, 10, LLONG_MIN, LLONG_MAX, &least) < 0)
		return false;
	if (dots[2] &&
	    number_read(dots + 2, 10, LLONG_MIN, LLONG_MAX, &most) < 0)
		return false;
	return number >= least && number <= most;
}

bool
want_fits(const char *const *want, const char *value)
{
	for (size_t i = 0; want[i]; i++) {
		if (fits(want[i], value))
			return true;
	}
	return false;
}

/* "14 or more" for "14..". */
static int
write_one(char *text, size_t size, const char *want)
{
	const char *dots = strstr(want, "..");
	const int low = dots ? (int)(dots - want) : 0;

	if (!dots)
		return snprintf(text, size, "%s", want);
	if (!low)
		return snprintf(text, size, "%s or less", dots + 2);
	if (!dots[2])
		return snprintf(text, size, "%.*s or more", low, want);
	return snprintf(text, size, "%.*s to %s", low, want, dots + 2);
}

void
want_text(const char *const *want, char *text, size_t size)
{
	size_t len = 0;

	*text = '\0';
	for (size_t i = 0; want[i] && len + 1 < size; i++) {
		len += (size_t)snprintf(text + len, size - len, "%s",
		    i ? " or " : "");
		if (len + 1 < size)
			len += (size_t)write_one(text + len, size - len,
			    want[i]);
	}
}
