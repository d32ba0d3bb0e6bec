/* SPDX-License-Identifier: BSD-2-Clause */
#include "history/follow.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/text.h"
#include "history/logged.h"

#define BUFFER (4 * (size_t)LOGGED_MAX)

struct reader {
	struct log_place *place;
	follow_fn *each;
	void *ctx;
	char *buffer;
};

/* Whether what was read before the place stands in this file. */
static bool
holds(int fd, const struct log_place *p)
{
	char mark[PLACE_MARK];
	const ssize_t len = (ssize_t)p->len;

	return pread(fd, mark, p->len, p->offset - len) == len &&
	    memcmp(mark, p->mark, p->len) == 0;
}

static void
set_place(struct log_place *p, const struct stat *st, int64_t offset)
{
	*p = (struct log_place){
		.dev = st->st_dev, .ino = st->st_ino, .offset = offset,
	};
}

static int
remember(int fd, struct log_place *p)
{
	const size_t len = p->offset < PLACE_MARK ? (size_t)p->offset :
	    PLACE_MARK;
	const ssize_t got = pread(fd, p->mark, len, p->offset - (off_t)len);

	if (got < 0)
		return -errno;
	/* Shorter: truncated just now, which the next reader will notice. */
	p->len = len;
	return 0;
}

/* Give out the whole lines among n bytes. How many bytes these were; -errno. */
static ssize_t
give_lines(const struct reader *r, size_t n)
{
	const char *at = r->buffer, *const end = r->buffer + n;
	const char *newline;
	int rc = 0;

	while (rc == 0 && at < end &&
	    (newline = memchr(at, '\n', (size_t)(end - at)))) {
		rc = r->each(r->ctx, at, (size_t)(newline - at));
		at = newline + 1;
	}
	return rc < 0 ? rc : at - r->buffer;
}

/* The rest of a file. What does not fit the buffer is no line of ours: its
 * pieces are no JSON either, and are passed over as torn lines are. */
static int
read_on(const struct reader *r, int fd)
{
	for (;;) {
		const ssize_t got = pread(fd, r->buffer, BUFFER,
		    r->place->offset);
		ssize_t used;

		if (got < 0)
			return -errno;
		used = give_lines(r, (size_t)got);
		if (used < 0)
			return (int)used;
		if (used == 0 && (size_t)got == BUFFER)
			used = got;
		if (used == 0)
			return remember(fd, r->place);
		r->place->offset += used;
	}
}

/* The file that was rotated away, from the place if that is in it: it is the
 * file that was read, or (copytruncate) a copy of that. */
static int
finish_old(const struct reader *r, int fd, const struct stat *st)
{
	if (!holds(fd, r->place))
		set_place(r->place, st, 0);
	r->place->dev = st->st_dev;
	r->place->ino = st->st_ino;
	return read_on(r, fd);
}

static int
read_both(const struct reader *r, const char *log, const char *old)
{
	/* In this order: what is rotated in between is read now or later. */
	struct stat st, old_st;
	_drop_(closep) int fd = file_open(AT_FDCWD, log, &st);
	_drop_(closep) int old_fd = file_open(AT_FDCWD, old, &old_st);
	const bool same = fd >= 0 && st.st_dev == r->place->dev &&
	    st.st_ino == r->place->ino && holds(fd, r->place);
	int rc = 0;

	if (fd < 0 && fd != -ENOENT)
		return fd;
	if (!same && old_fd >= 0)
		rc = finish_old(r, old_fd, &old_st);
	if (rc < 0 || fd < 0)
		return rc;
	if (!same)
		set_place(r->place, &st, 0);
	return read_on(r, fd);
}

int
follow(const char *log, struct log_place *place, follow_fn *each, void *ctx)
{
	_drop_(freep) char *old = text_format("%s.1", log);
	_drop_(freep) char *buffer = malloc(BUFFER);
	const struct reader r = { place, each, ctx, buffer };

	if (!old || !buffer)
		return -ENOMEM;
	return read_both(&r, log, old);
}
