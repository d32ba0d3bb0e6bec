/* SPDX-License-Identifier: BSD-2-Clause */
/* Following a log: every line once and in order, whatever happens to files. */
#include "history/follow.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/drop.h"
#include "history/test_log.h"
#include "check.h"

static int
note(void *ctx, const char *line, size_t len)
{
	FILE *to = ctx;

	if (len > 100)
		fprintf(to, "(%zu) ", len);
	else
		fprintf(to, "%.*s ", (int)len, line);
	return 0;
}

/* What is new since the place, each with a blank behind it. */
static char *
news(const struct test_log *t, struct log_place *place)
{
	char *text = NULL;
	size_t size;
	FILE *to = open_memstream(&text, &size);
	const int rc = follow(t->log, place, note, to);

	if (rc < 0)
		fprintf(to, "error %d", -rc);
	fclose(to);
	return text;
}

static void
check_news(const char *label, const struct test_log *t,
    struct log_place *place, const char *want)
{
	_drop_(freep) char *got = news(t, place);

	CHECK_STR(label, want, got);
}

/* What happens before each look: '+' appends what follows, to the log or ('1')
 * to its predecessor; 'r' rotates, 'R' rotates the slow way (no new log yet),
 * 'c' copies and truncates, 't' truncates, 'd' deletes. */
static const struct {
	const char *label;
	struct { const char *act[3], *want; } look[4];
} courses[] = {
	{ "as it grows",
	  {{{ "+a\nb\n" }, "a b " }, {{ NULL }, "" },
	   {{ "+c\n" }, "c " }} },
	{ "a line being written waits",
	  {{{ "+a\nb" }, "a " }, {{ NULL }, "" }, {{ "+b\n" }, "bb " }} },
	{ "rotated: the old is finished, then the new",
	  {{{ "+a\n" }, "a " }, {{ "+b\n", "r", "+c\n" }, "b c " },
	   {{ "+d\n" }, "d " }} },
	{ "rotated twice between looks: what is left is read",
	  {{{ "+a\n" }, "a " }, {{ "r", "+b\n", "r" }, "b " },
	   {{ "+c\n" }, "c " }} },
	{ "between rename and the new log",
	  {{{ "+a\n" }, "a " }, {{ "+b\n", "R" }, "b " },
	   {{ "1c\n" }, "c " }, {{ "+d\n" }, "d " }} },
	{ "rotated with a torn line at its end",
	  {{{ "+a\nto" }, "a " }, {{ "r", "+b\n" }, "b " }} },
	{ "copied and truncated",
	  {{{ "+a\nb\n" }, "a b " }, {{ "+c\n", "c", "+d\n" }, "c d " },
	   {{ "+e\n" }, "e " }} },
	{ "truncated, and grown beyond the place",
	  {{{ "+aa\n" }, "aa " }, {{ "t", "+bb\n", "+cc\n" }, "bb cc " }} },
	{ "deleted and written anew",
	  {{{ "+aa\n" }, "aa " }, {{ "d", "+bb\n" }, "bb " }} },
	{ "a first look reads the predecessor too",
	  {{{ "+a\n", "r", "+b\n" }, "a b " }} },
	{ "no log is no news",
	  {{{ NULL }, "" }, {{ "+a\n" }, "a " }, {{ "d" }, "" }} },
};

static void
act(const struct test_log *t, const char *what)
{
	switch (*what) {
	case '+':
		test_log_text(t->log, what + 1);
		break;
	case '1':
		test_log_text(t->old, what + 1);
		break;
	case 'r':
		test_log_rotate(t);
		break;
	case 'R':
		CHECK("renamed", rename(t->log, t->old) == 0);
		break;
	case 'c':
		test_log_copytruncate(t);
		break;
	case 't':
		CHECK("truncated", truncate(t->log, 0) == 0);
		break;
	case 'd':
		unlink(t->log);
		break;
	}
}

static void
check_course(size_t i)
{
	struct log_place place = { 0 };
	struct test_log t;

	test_log_begin(&t);
	for (size_t l = 0; l < COUNT(courses[i].look); l++) {
		if (!courses[i].look[l].want)
			break;
		for (size_t a = 0; a < COUNT(courses[i].look[l].act); a++) {
			if (courses[i].look[l].act[a])
				act(&t, courses[i].look[l].act[a]);
		}
		check_news(courses[i].label, &t, &place,
		    courses[i].look[l].want);
	}
	test_log_end(&t);
}

/* Longer than all buffers: what comes behind is found again. */
static void
check_long(void)
{
	struct log_place place = { 0 };
	struct test_log t;
	_drop_(freep) char *got = NULL;

	test_log_begin(&t);
	test_log_text(t.log, "a\n");
	test_log_long(t.log, (1 << 20) + 5);
	test_log_text(t.log, "b\n");
	got = news(&t, &place);
	CHECK("before it", strncmp(got, "a ", 2) == 0);
	CHECK("behind it", strlen(got) > 3 &&
	    strcmp(got + strlen(got) - 3, " b ") == 0);
	test_log_end(&t);
}

static int
stop(void *ctx, const char *line, size_t len)
{
	(void)ctx, (void)line, (void)len;
	return -ENOSPC;
}

static void
check_stopped(void)
{
	struct log_place place = { 0 };
	struct test_log t;

	test_log_begin(&t);
	test_log_text(t.log, "a\n");
	CHECK_INT("whoever takes the lines may stop", -ENOSPC,
	    follow(t.log, &place, stop, NULL));
	test_log_end(&t);
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(courses); i++)
		check_course(i);
	check_long();
	check_stopped();
	return TEST_RESULT();
}
