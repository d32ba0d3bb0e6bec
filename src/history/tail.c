/* SPDX-License-Identifier: BSD-2-Clause */
#include "history/tail.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/text.h"
#include "history/logged.h"

#define BLOCK 65536

/* The window is the end of buffer: bytes [from, to) are read and not yet given
 * out. A block goes before it, so that a line is in one piece. */
struct tail {
	int fd[2];		/* the log and its predecessor; -1: none */
	size_t file;		/* which of them is being read */
	off_t before;		/* bytes of it before the window */
	size_t from, to;
	bool partial;		/* the window's last line is not all there */
	char buffer[BLOCK + LOGGED_MAX + 1];
};

static int
begin_file(struct tail *t)
{
	struct stat st = { 0 };

	if (t->fd[t->file] >= 0 && fstat(t->fd[t->file], &st) < 0)
		return -errno;
	t->before = st.st_size;
	t->from = t->to = sizeof t->buffer;
	t->partial = true;
	return 0;
}

static int
open_both(struct tail *t, const char *log)
{
	_drop_(freep) char *old = text_format("%s.1", log);

	if (!old)
		return -ENOMEM;
	t->fd[0] = file_open(AT_FDCWD, log, NULL);
	if (t->fd[0] < 0 && t->fd[0] != -ENOENT)
		return t->fd[0];
	t->fd[1] = file_open(AT_FDCWD, old, NULL);
	if (t->fd[0] < 0 && t->fd[1] < 0)
		return t->fd[1];
	return begin_file(t);
}

static void
tail_freep(struct tail **t)
{
	tail_free(*t);
}

int
tail_open(const char *log, struct tail **out)
{
	_drop_(tail_freep) struct tail *t = malloc(sizeof *t);
	int rc;

	if (!t)
		return -ENOMEM;
	t->fd[0] = t->fd[1] = -1;
	t->file = 0;
	rc = open_both(t, log);
	if (rc < 0)
		return rc;
	*out = TAKE(t);
	return 0;
}

static int
read_at(int fd, char *to, size_t n, off_t at)
{
	while (n) {
		const ssize_t got = pread(fd, to, n, at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got < 0 ? -errno : -ESTALE;
		to += got;
		at += got;
		n -= (size_t)got;
	}
	return 0;
}

/* Put the block before the window into it. What is too long for a line gives
 * way; that its beginning is still to come is noted. */
static int
read_block(struct tail *t)
{
	const size_t n = t->before < BLOCK ? (size_t)t->before : BLOCK;
	size_t have = t->to - t->from;

	if (have > LOGGED_MAX) {
		have = 0;
		t->partial = true;
	}
	memmove(t->buffer + sizeof t->buffer - have, t->buffer + t->from, have);
	t->to = sizeof t->buffer;
	t->from = t->to - have - n;
	t->before -= (off_t)n;
	return read_at(t->fd[t->file], t->buffer + t->from, n, t->before);
}

/* The last line of the window, whose end is not its newline. */
static bool
cut_line(struct tail *t, const char **line, size_t *len)
{
	const char *begin = t->buffer + t->from;
	const char *newline = memrchr(begin, '\n', t->to - t->from);

	if (!newline && t->before > 0)
		return false;
	*line = newline ? newline + 1 : begin;
	*len = (size_t)(t->buffer + t->to - *line);
	t->to = newline ? (size_t)(newline - t->buffer) : t->from;
	return true;
}

static bool
file_done(const struct tail *t)
{
	return t->before == 0 && t->from == t->to;
}

/* One piece of the file being read: 1 with a line, or 0 after a step towards
 * one, or -errno. */
static int
advance(struct tail *t, const char **line, size_t *len)
{
	const bool partial = t->partial;

	if (!cut_line(t, line, len))
		return read_block(t);
	t->partial = false;
	return !partial && *len <= LOGGED_MAX;
}

int
tail_line(struct tail *t, const char **line, size_t *len)
{
	int rc = 0;

	while (rc == 0) {
		if (!file_done(t)) {
			rc = advance(t, line, len);
			continue;
		}
		if (++t->file > 1)
			return 0;
		rc = begin_file(t);
	}
	/* Truncated while it was read: what is left of it is not there. */
	return rc == -ESTALE ? 0 : rc;
}

void
tail_free(struct tail *t)
{
	if (!t)
		return;
	closep(&t->fd[0]);
	closep(&t->fd[1]);
	free(t);
}
