/* SPDX-License-Identifier: BSD-2-Clause */
/* The log from its end: every whole line, the latest first, wherever blocks
 * begin and whatever is torn. */
#include "history/tail.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/drop.h"
#include "history/logged.h"
#include "history/test_log.h"
#include "check.h"

/* All lines that come out, each with "|" behind it; long ones as "(N)". */
static char *
lines_of(const char *log)
{
	struct tail *t = NULL;
	char *text = NULL;
	const char *line;
	size_t size, len;
	FILE *to = open_memstream(&text, &size);
	int rc = tail_open(log, &t);

	while (rc >= 0 && (rc = tail_line(t, &line, &len)) == 1) {
		if (len < 100)
			fprintf(to, "%.*s|", (int)len, line);
		else
			fprintf(to, "(%zu)|", len);
	}
	if (rc < 0)
		fprintf(to, "error %d", -rc);
	tail_free(t);
	fclose(to);
	return text;
}

static const struct {
	const char *label, *old, *log, *want;
} files[] = {
	{ "the latest first", NULL, "a\nb\nc\n", "c|b|a|" },
	{ "its predecessor then", "a\nb\n", "c\nd\n", "d|c|b|a|" },
	{ "being written", NULL, "a\nb\nc", "b|a|" },
	{ "nothing but that", NULL, "abc", "" },
	{ "the predecessor torn at its end", "a\nb", "c\n", "c|a|" },
	{ "an empty log, just rotated", "a\n", "", "a|" },
	{ "the moment between two logs", "a\n", NULL, "a|" },
	{ "an empty line", NULL, "a\n\nb\n", "b||a|" },
	{ "nothing", NULL, "", "" },
};

static void
check_files(size_t i)
{
	_drop_(freep) char *got = NULL;
	struct test_log t;

	test_log_begin(&t);
	if (files[i].old)
		test_log_text(t.old, files[i].old);
	if (files[i].log)
		test_log_text(t.log, files[i].log);
	got = lines_of(t.log);
	CHECK_STR(files[i].label, files[i].want, got);
	test_log_end(&t);
}

static const struct {
	size_t len;
	const char *want;
} longs[] = {
	{ 65534, "c|b|(65534)|a|" },
	{ 65535, "c|b|(65535)|a|" },
	{ 65536, "c|b|(65536)|a|" },
	{ 65537, "c|b|a|" },
	{ 131071, "c|b|a|" },
	{ 131072, "c|b|a|" },
	{ 1 << 20, "c|b|a|" },
};

static void
check_long(size_t len, const char *want)
{
	_drop_(freep) char *got = NULL;
	struct test_log t;

	test_log_begin(&t);
	test_log_text(t.log, "a\n");
	test_log_long(t.log, len);
	test_log_text(t.log, "b\nc\n");
	got = lines_of(t.log);
	CHECK_STR("a line too long is left out, its neighbours are not", want,
	    got);
	test_log_end(&t);
}

/* Lines of all lengths, so that blocks end everywhere in them. */
static void
check_blocks(void)
{
	struct test_log t;
	struct tail *tail;
	const char *line;
	size_t len, n = 701;
	int rc;

	test_log_begin(&t);
	for (size_t i = 1; i < n; i++)
		test_log_long(t.log, i);
	CHECK_INT("opened", 0, tail_open(t.log, &tail));
	while ((rc = tail_line(tail, &line, &len)) == 1)
		CHECK_INT("each, in its order", --n, len);
	CHECK_INT("ends", 0, rc);
	CHECK_INT("all", 1, n);
	tail_free(tail);
	test_log_end(&t);
}

static void
check_none(void)
{
	_drop_(freep) char *none = NULL, *folder = NULL;
	struct test_log t;

	test_log_begin(&t);
	none = lines_of(t.log);
	CHECK_STR("there is no log", "error 2", none);
	mkdir(t.log, 0700);
	folder = lines_of(t.log);
	CHECK_STR("the log is a folder", "error 21", folder);
	rmdir(t.log);
	test_log_end(&t);
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(files); i++)
		check_files(i);
	for (size_t i = 0; i < COUNT(longs); i++)
		check_long(longs[i].len, longs[i].want);
	check_blocks();
	check_none();
	return TEST_RESULT();
}
