/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/moment.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "base/text.h"

/* A text as it is taken apart. */
struct reading {
	const char *at;		/* what is left */
	struct tm tm;
	int64_t us;
	int offset;		/* minutes east */
	bool zoned;
};

/* Exactly so many digits, as a number from min to max. */
static bool
take_number(struct reading *r, int digits, int min, int max, int *out)
{
	int number = 0;

	for (int i = 0; i < digits; i++, r->at++) {
		if (!ascii_digit(*r->at))
			return false;
		number = number * 10 + (*r->at - '0');
	}
	*out = number;
	return number >= min && number <= max;
}

static bool
take_one(struct reading *r, const char *chars)
{
	if (!*r->at || !strchr(chars, *r->at))
		return false;
	r->at++;
	return true;
}

static bool
take_date(struct reading *r)
{
	if (!take_number(r, 4, 1970, 9999, &r->tm.tm_year) ||
	    !take_one(r, "-") || !take_number(r, 2, 1, 12, &r->tm.tm_mon) ||
	    !take_one(r, "-") || !take_number(r, 2, 1, 31, &r->tm.tm_mday))
		return false;
	r->tm.tm_year -= 1900;
	r->tm.tm_mon--;
	return true;
}

/* Digits behind the point: the first six count. */
static bool
take_fraction(struct reading *r)
{
	int64_t worth = MOMENT_SECOND / 10;

	if (!take_one(r, ".,"))
		return true;
	if (!ascii_digit(*r->at))
		return false;
	for (; ascii_digit(*r->at); r->at++, worth /= 10)
		r->us += (*r->at - '0') * worth;
	return true;
}

static bool
take_time(struct reading *r)
{
	if (!take_one(r, "Tt "))
		return true;
	if (!take_number(r, 2, 0, 23, &r->tm.tm_hour) || !take_one(r, ":") ||
	    !take_number(r, 2, 0, 59, &r->tm.tm_min))
		return false;
	if (!take_one(r, ":"))
		return true;
	return take_number(r, 2, 0, 60, &r->tm.tm_sec) && take_fraction(r);
}

static bool
take_zone(struct reading *r)
{
	const int sign = *r->at == '-' ? -1 : 1;
	int hours, minutes;

	if (!*r->at)
		return true;
	r->zoned = true;
	if (take_one(r, "Zz"))
		return true;
	if (!take_one(r, "+-") || !take_number(r, 2, 0, 23, &hours))
		return false;
	if (!take_one(r, ":") || !take_number(r, 2, 0, 59, &minutes))
		return false;
	r->offset = sign * (hours * 60 + minutes);
	return true;
}

/* The C library would bend 31 February to March. */
static bool
day_exists(const struct tm *tm)
{
	static const int days[] = {
		31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
	};
	const int year = tm->tm_year + 1900;
	const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return tm->tm_mday <= days[tm->tm_mon] -
	    (tm->tm_mon == 1 && !leap ? 1 : 0);
}

int
moment_read(const char *text, int64_t *us)
{
	struct reading r = { .at = text };
	int64_t seconds;

	if (!take_date(&r) || !take_time(&r) || !take_zone(&r) || *r.at)
		return -EINVAL;
	if (!day_exists(&r.tm))
		return -EINVAL;
	r.tm.tm_isdst = -1;
	seconds = r.zoned ? timegm(&r.tm) : mktime(&r.tm);
	*us = (seconds - r.offset * 60) * MOMENT_SECOND + r.us;
	return 0;
}

void
moment_text(int64_t us, char text[MOMENT_TEXT])
{
	const time_t seconds = us / MOMENT_SECOND;
	struct tm tm;
	size_t n;

	*text = '\0';
	if (!localtime_r(&seconds, &tm))
		return;
	n = strftime(text, MOMENT_TEXT - 1, "%Y-%m-%dT%H:%M:%S%z", &tm);
	if (n < 5)
		return;
	/* RFC 3339 wants a colon in the offset. */
	memmove(text + n - 1, text + n - 2, 3);
	text[n - 2] = ':';
}
