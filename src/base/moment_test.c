/* SPDX-License-Identifier: BSD-2-Clause */
/* Moments: what is a time, which one, and that nothing else is. */
#include "base/moment.h"

#include <stdlib.h>
#include <time.h>

#include "base/drop.h"
#include "check.h"

#define NOON 1764244800000000	/* 2025-11-27T12:00:00Z */

static const struct {
	const char *text;
	int64_t want;		/* -1: not a time */
} texts[] = {
	{ "1970-01-01T00:00:00Z", 0 },
	{ "2025-11-27T12:00:00Z", NOON },
	{ "2025-11-27T12:00:00.5Z", NOON + 500000 },
	{ "2025-11-27T12:00:00.123456Z", NOON + 123456 },
	{ "2025-11-27T12:00:00.123456789Z", NOON + 123456 },
	{ "2025-11-27t12:00:00z", NOON },
	{ "2025-11-27T13:30:00+01:30", NOON },
	{ "2025-11-27T07:00:00-05:00", NOON },
	/* Local time, here two hours east. */
	{ "2025-11-27 14:00:00", NOON },
	{ "2025-11-27 14:00", NOON },
	{ "2025-11-27T14:00", NOON },
	{ "2025-11-27", NOON - 14 * 3600 * MOMENT_SECOND },
	{ "2024-02-29 14:00:00Z", 1709215200000000 },
	{ "2106-02-07T06:28:16Z", 4294967296000000 },
	{ "2016-12-31T23:59:60Z", 1483228800000000 },
	{ "2023-02-29", -1 },
	{ "2023-04-31", -1 },
	{ "2025-13-01", -1 },
	{ "2025-00-01", -1 },
	{ "2025-11-27 24:00", -1 },
	{ "2025-11-27 12:60", -1 },
	{ "2025-11-27 12", -1 },
	{ "2025-11-27 12:00:00.", -1 },
	{ "2025-11-27T12:00:00Zulu", -1 },
	{ "2025-11-27T12:00:00+1:00", -1 },
	{ "2025-11-27T12:00:00+0100", -1 },
	{ "2025-11-27 ", -1 },
	{ " 2025-11-27", -1 },
	{ "2025-1-27", -1 },
	{ "-025-11-27", -1 },
	{ "1969-12-31", -1 },
	{ "", -1 },
};

static const struct {
	int64_t us;
	const char *want;
} shown[] = {
	{ 0, "1970-01-01T02:00:00+02:00" },
	{ NOON + 999999, "2025-11-27T14:00:00+02:00" },
};

static void
check_round_trip(int64_t us)
{
	char text[MOMENT_TEXT];
	int64_t again = -1;

	moment_text(us, text);
	CHECK_INT(text, 0, moment_read(text, &again));
	CHECK_INT(text, us / MOMENT_SECOND * MOMENT_SECOND, again);
}

int
main(void)
{
	setenv("TZ", "<+02>-2", 1);
	tzset();
	for (size_t i = 0; i < COUNT(texts); i++) {
		int64_t us = -1;

		moment_read(texts[i].text, &us);
		CHECK_INT(texts[i].text, texts[i].want, us);
	}
	for (size_t i = 0; i < COUNT(shown); i++) {
		char text[MOMENT_TEXT];

		moment_text(shown[i].us, text);
		CHECK_STR("shown in local time", shown[i].want, text);
	}
	for (int64_t us = 1; us < INT64_C(8000000000000000); us = us * 3 + 1)
		check_round_trip(us);
	return TEST_RESULT();
}
