/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/log/when.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/drop.h"
#include "base/moment.h"
#include "base/text.h"
#include "pamctl/pamctl.h"

static const struct {
	const char *name;
	int64_t seconds;
} units[] = {
	{ "second", 1 },
	{ "minute", 60 },
	{ "hour", 3600 },
	{ "day", 86400 },
	{ "week", 7 * 86400 },
};

static const struct {
	const char *name;
	int days;		/* before today */
} days[] = {
	{ "today", 0 },
	{ "yesterday", 1 },
};

int64_t
when_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * MOMENT_SECOND + now.tv_nsec / 1000;
}

static int64_t
midnight(int64_t now, int days_before)
{
	const time_t seconds = now / MOMENT_SECOND;
	struct tm tm;

	if (!localtime_r(&seconds, &tm))
		return 0;
	tm.tm_mday -= days_before;
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	tm.tm_isdst = -1;
	return mktime(&tm) * MOMENT_SECOND;
}

/* "unit ago" or "units ago" */
static int64_t
unit_seconds(const char *text)
{
	for (size_t i = 0; i < COUNT(units); i++) {
		const char *rest = text_after(text, units[i].name);

		if (rest && (strcmp(rest, " ago") == 0 ||
		    strcmp(rest, "s ago") == 0))
			return units[i].seconds;
	}
	return 0;
}

static int
read_ago(const char *text, int64_t now, int64_t *us)
{
	int64_t number = 0, seconds;
	const char *at = text;

	for (; ascii_digit(*at) && number < 100000000; at++)
		number = number * 10 + (*at - '0');
	if (at == text || *at != ' ')
		return -EINVAL;
	seconds = unit_seconds(at + 1);
	if (!seconds || number > now / MOMENT_SECOND / seconds)
		return -EINVAL;
	*us = now - number * seconds * MOMENT_SECOND;
	return 0;
}

int
when_read(const char *text, int64_t now, int64_t *us)
{
	for (size_t i = 0; i < COUNT(days); i++) {
		if (!text_same(text, days[i].name))
			continue;
		*us = midnight(now, days[i].days);
		return 0;
	}
	if (read_ago(text, now, us) == 0)
		return 0;
	return moment_read(text, us);
}

int
when_option(const char *option, const char *text, int64_t *us)
{
	if (!text || when_read(text, when_now(), us) == 0)
		return 0;
	return fail(STATUS_USAGE, "--%s %s: not a time; times are written as "
	    "\"2026-11-27 20:31\", \"2 days ago\" or \"yesterday\"", option,
	    text);
}

void
when_duration(int64_t us, char text[WHEN_DURATION])
{
	const long long s = us > 0 ? us / MOMENT_SECOND : 0;
	const long long day = s / 86400;
	int n = 0;

	if (day)
		n = snprintf(text, WHEN_DURATION, "%lld+", day);
	snprintf(text + n, WHEN_DURATION - (size_t)n, "%02lld:%02lld:%02lld",
	    s / 3600 % 24, s / 60 % 60, s % 60);
}
