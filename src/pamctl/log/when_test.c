/* SPDX-License-Identifier: BSD-2-Clause */
/* Times on the command line. */
#include "pamctl/log/when.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/drop.h"
#include "base/moment.h"
#include "check.h"
#include "pamctl/pamctl.h"

#define NOW 1764244800	/* 2025-11-27T12:00:00Z, here 14:00 */
#define DAY 86400

/* The command's own, which main.c has. */
static int complaints;

int
fail(int status, const char *fmt, ...)
{
	(void)fmt;
	complaints++;
	return status;
}

static const struct {
	const char *text;
	long long want;		/* seconds; -1: not a time */
} texts[] = {
	{ "today", NOW - 14 * 3600 },
	{ "Yesterday", NOW - 14 * 3600 - DAY },
	{ "2 days ago", NOW - 2 * DAY },
	{ "1 day ago", NOW - DAY },
	{ "3 weeks ago", NOW - 21 * DAY },
	{ "0 seconds ago", NOW },
	{ "90 minutes ago", NOW - 90 * 60 },
	{ "1 hour ago", NOW - 3600 },
	{ "2025-11-27T12:00:00Z", NOW },
	{ "2025-11-27 14:00", NOW },
	{ "2025-11-27", NOW - 14 * 3600 },
	{ "20420 days ago", -1 },
	{ "99999999999999999999 days ago", -1 },
	{ "-1 days ago", -1 },
	{ "2 days", -1 },
	{ "days ago", -1 },
	{ "2  days ago", -1 },
	{ "2 fortnights ago", -1 },
	{ "tomorrow", -1 },
	{ "", -1 },
};

static const struct {
	long long seconds;
	const char *want;
} durations[] = {
	{ 0, "00:00:00" },
	{ 59, "00:00:59" },
	{ 3661, "01:01:01" },
	{ DAY, "1+00:00:00" },
	{ 400 * DAY + 7325, "400+02:02:05" },
	{ -5, "00:00:00" },
	{ INT64_MAX / MOMENT_SECOND, "106751991+04:00:54" },
};

int
main(void)
{
	int64_t us = 7;

	setenv("TZ", "<+02>-2", 1);
	tzset();
	for (size_t i = 0; i < COUNT(texts); i++) {
		int64_t got = -MOMENT_SECOND;

		when_read(texts[i].text, NOW * MOMENT_SECOND, &got);
		CHECK_INT(texts[i].text, texts[i].want, got / MOMENT_SECOND);
	}
	for (size_t i = 0; i < COUNT(durations); i++) {
		char text[WHEN_DURATION];

		when_duration(durations[i].seconds * MOMENT_SECOND, text);
		CHECK_STR("duration", durations[i].want, text);
	}
	CHECK_INT("no option, no time", 0, when_option("since", NULL, &us));
	CHECK_INT("left alone", 7, us);
	CHECK_INT("a bad one", STATUS_USAGE, when_option("since", "x", &us));
	CHECK_INT("is told of", 1, complaints);
	return TEST_RESULT();
}
