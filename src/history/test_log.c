/* SPDX-License-Identifier: BSD-2-Clause */
#include "history/test_log.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"

static void
must(int good, const char *what)
{
	if (good)
		return;
	perror(what);
	exit(2);
}

void
test_log_begin(struct test_log *t)
{
	strcpy(t->folder, "/tmp/usher-history.XXXXXX");
	must(mkdtemp(t->folder) != NULL, "mkdtemp");
	must(chmod(t->folder, 0755) == 0, "chmod");
	snprintf(t->log, sizeof t->log, "%s/log", t->folder);
	snprintf(t->old, sizeof t->old, "%s/log.1", t->folder);
	snprintf(t->database, sizeof t->database, "%s/db", t->folder);
}

void
test_log_end(struct test_log *t)
{
	static const char *const names[] = {
		"log", "log.1", "db", "db-journal", "db.damaged",
	};

	for (size_t i = 0; i < COUNT(names); i++) {
		char path[96];

		snprintf(path, sizeof path, "%s/%s", t->folder, names[i]);
		unlink(path);
	}
	must(rmdir(t->folder) == 0, t->folder);
}

void
test_log_bytes(const char *path, const char *bytes, size_t n)
{
	_drop_(closep) int fd = open(path, O_WRONLY | O_CREAT | O_APPEND |
	    O_CLOEXEC, 0644);

	must(fd >= 0 && write_all(fd, bytes, n) == 0, path);
}

void
test_log_text(const char *path, const char *text)
{
	test_log_bytes(path, text, strlen(text));
}

void
test_log_long(const char *path, size_t len)
{
	_drop_(freep) char *line = malloc(len + 1);

	must(line != NULL, "memory");
	memset(line, 'x', len);
	line[len] = '\n';
	test_log_bytes(path, line, len + 1);
}

const char *
test_log_id(int id)
{
	static char text[40];

	/* Made at START. */
	snprintf(text, sizeof text, "019ac52f-4200-7000-8000-%012x",
	    (unsigned)id);
	return text;
}

void
test_log_event(const char *path, const struct test_event *e)
{
	const time_t at = TEST_START + e->at;
	char line[1024], time[32];
	struct tm tm;
	int n;

	strftime(time, sizeof time, "%Y-%m-%dT%H:%M:%S", gmtime_r(&at, &tm));
	n = snprintf(line, sizeof line,
	    "{\"time\":\"%s.000000Z\",\"event\":\"%s\",\"id\":\"%s\","
	    "\"boot\":\"%s\",\"service\":\"sshd\",\"user\":\"%s\",\"uid\":7,"
	    "\"tty\":\"ssh\",\"rhost\":\"10.0.0.1\",\"pid\":%d,"
	    "\"result\":\"%s\"%s}\n", time, e->event, test_log_id(e->id),
	    e->boot ? e->boot : "b1", e->user ? e->user : "ann", 100 + e->id,
	    e->result ? e->result : "success", e->more ? e->more : "");
	test_log_bytes(path, line, (size_t)n);
}

void
test_log_rotate(const struct test_log *t)
{
	must(rename(t->log, t->old) == 0, "rename");
	test_log_text(t->log, "");
}

void
test_log_copytruncate(const struct test_log *t)
{
	_drop_(freep) char *text = NULL;

	must(file_read(t->log, 1 << 24, &text) == 0, t->log);
	unlink(t->old);
	test_log_text(t->old, text);
	must(truncate(t->log, 0) == 0, "truncate");
}
