/* SPDX-License-Identifier: BSD-2-Clause */
/* The event log: the bytes are a file, read forwards and backwards. */
#include <sys/mman.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/grow.h"
#include "history/follow.h"
#include "history/logged.h"
#include "history/tail.h"
#include "target.h"

struct line {
	char *text;
	size_t len;
};

struct lines {
	struct line *item;
	size_t count, cap;
};

static int
keep(void *ctx, const char *text, size_t len)
{
	struct lines *l = ctx;

	if (len == 0 || len > LOGGED_MAX)
		return 0;
	if (GROW(l->item, l->count, l->cap) < 0)
		abort();
	l->item[l->count++] = (struct line){ exactly(text, len), len };
	return 0;
}

static void
lines_drop(struct lines *l)
{
	for (size_t i = 0; i < l->count; i++)
		free(l->item[i].text);
	free(l->item);
}

static void
check_event(const struct line *line)
{
	struct logged_step step;
	struct logged e = { 0 };

	if (logged_read(line->text, line->len, &e) == 0) {
		PROMISE("an event has a time, a name and an id",
		    e.time >= 0 && e.text[LOGGED_EVENT] && e.text[LOGGED_ID]);
		for (size_t i = 0; logged_step(&e, i, &step); i++)
			PROMISE("a trail ends", i < line->len);
		(void)logged_failed(&e);
	}
	(void)logged_time(line->text, line->len);
	logged_free(&e);
}

static void
check_backwards(const char *path, const struct lines *forwards)
{
	struct tail *t = NULL;
	size_t left = forwards->count, len;
	const char *text;

	PROMISE("a file can be read", tail_open(path, &t) == 0);
	while (tail_line(t, &text, &len) == 1) {
		if (len == 0)
			continue;
		PROMISE("no line is made up", left-- > 0);
		PROMISE("backwards as forwards",
		    forwards->item[left].len == len &&
		    memcmp(forwards->item[left].text, text, len) == 0);
	}
	PROMISE("no line is lost", left == 0);
	tail_free(t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_drop_(closep) int fd = memfd_create("log", MFD_CLOEXEC);
	_drop_(lines_drop) struct lines lines = { 0 };
	struct log_place place = { 0 };
	char path[32];

	if (fd < 0 || write_all(fd, data, size) < 0)
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	PROMISE("read", follow(path, &place, keep, &lines) == 0);
	for (size_t i = 0; i < lines.count; i++)
		check_event(&lines.item[i]);
	check_backwards(path, &lines);
	PROMISE("nothing is new", follow(path, &place, keep, &lines) == 0);
	return 0;
}
