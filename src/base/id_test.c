/* SPDX-License-Identifier: BSD-2-Clause */
/* Ids: form and order of UUID version 7, whatever the clock and chance say. */
#include "base/id.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/drop.h"
#include "check.h"

/* In place of the C library's. */
static struct timespec now;
static int chance;		/* every random byte; negative: there is none */

int
clock_gettime(clockid_t id, struct timespec *ts)
{
	(void)id;
	*ts = now;
	return 0;
}

int
getentropy(void *buf, size_t n)
{
	if (chance < 0) {
		errno = ENOSYS;
		return -1;
	}
	memset(buf, chance, n);
	return 0;
}

static const struct {
	const char *label;
	time_t sec;
	long nsec;
	int chance;
	const char *want;
} texts[] = {
	{ "the beginning of time", 0, 0, 0,
	  "00000000-0000-7000-8000-000000000000" },
	{ "random bits leave version and variant alone", 0, 0, 0xff,
	  "00000000-0000-7fff-bfff-ffffffffffff" },
	{ "milliseconds, and no less", 0, 999999, 0,
	  "00000000-0000-7000-8000-000000000000" },
	{ "one of them", 0, 1000000, 0,
	  "00000000-0001-7000-8000-000000000000" },
	/* The example of RFC 9562, A.6. */
	{ "a day in 2022", 1645557742, 0, 0,
	  "017f22e2-79b0-7000-8000-000000000000" },
	{ "2038", 2147483648, 0, 0,
	  "01f40000-0000-7000-8000-000000000000" },
	{ "2106", 4294967296, 0, 0,
	  "03e80000-0000-7000-8000-000000000000" },
};

static void
check_texts(void)
{
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct id id;
		char text[ID_TEXT];

		now = (struct timespec){ texts[i].sec, texts[i].nsec };
		chance = texts[i].chance;
		id_new(&id);
		id_text(&id, text);
		CHECK_STR(texts[i].label, texts[i].want, text);
	}
}

static const struct {
	const char *label, *text;
	long long want;		/* negative: no id */
} times[] = {
	{ "a day in 2022", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
	  1645557742000 },
	{ "the beginning", "00000000-0000-7000-8000-000000000000", 0 },
	{ "another version", "017f22e2-79b0-4cc3-98c4-dc0c0c07398f", -1 },
	{ "upper case, which we never write",
	  "017F22E2-79b0-7cc3-98c4-dc0c0c07398f", -1 },
	{ "too short", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", -1 },
	{ "too long", "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff", -1 },
	{ "nothing", "", -1 },
};

static void
check_times(void)
{
	for (size_t i = 0; i < COUNT(times); i++) {
		int64_t ms = -1;

		id_time(times[i].text, &ms);
		CHECK_INT(times[i].label, times[i].want, ms);
	}
}

/* Names of files sort as the times do. */
static void
check_order(void)
{
	char before[ID_TEXT] = "", text[ID_TEXT];
	struct id id;

	chance = 0x5a;
	for (long ms = 0; ms < 3000; ms += 7) {
		now = (struct timespec){ 1700000000 + ms / 1000,
			ms % 1000 * 1000000 };
		id_new(&id);
		id_text(&id, text);
		CHECK("sorts behind the one before", strcmp(before, text) < 0);
		memcpy(before, text, sizeof text);
	}
}

/* A program that may not ask for randomness logs in all the same. */
static void
check_without_chance(void)
{
	char one[ID_TEXT], other[ID_TEXT];
	struct id id[2];

	chance = -1;
	now = (struct timespec){ 1700000000, 1 };
	id_new(&id[0]);
	id_text(&id[0], one);
	id_new(&id[1]);
	id_text(&id[1], other);
	CHECK("an id is new without randomness, and in one tick", strcmp(one, other) != 0);
	CHECK_STR("and begins with its time", "018bcfe5-6800-7", (one[15] = 0, one));
}

int
main(void)
{
	check_texts();
	check_times();
	check_order();
	check_without_chance();
	return TEST_RESULT();
}
