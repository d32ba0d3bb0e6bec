/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/thin.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/text.h"

/* Read in pieces that stay in the cache: memory that nobody has touched yet
 * costs more than the reading. */
#define PIECE 16384

struct thin {
	const char *service;
	char *text;
	size_t len, room;
	bool goes_on;		/* the line before may go on in the next */
	bool everything;	/* keep all that follows */
};

static void
thin_drop(struct thin *t)
{
	free(t->text);
}

static const char *
skip_blanks(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at;
}

/* Whether a line from at to end begins so, in any case. */
static bool
begins(const char *at, const char *end, const char *word)
{
	for (; *word; word++, at++) {
		if (at == end || ascii_lower(*at) != *word)
			return false;
	}
	return true;
}

/* C-9. Rather one too many: what it is the parser finds out. A word in brackets
 * is not looked into. */
static bool
may_be_ours(const struct thin *t, const char *at, const char *end)
{
	at = skip_blanks(at, end);
	return at < end && (*at == '[' || begins(at, end, t->service) ||
	    begins(at, end, "other") || begins(at, end, "@include"));
}

/* C-12. In a comment a backslash means nothing; then, too, it is one too
 * many. */
static bool
may_go_on(const char *at, const char *end)
{
	while (end > at && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	return end > at && end[-1] == '\\';
}

static void
put(struct thin *t, const char *at, size_t n)
{
	memcpy(t->text + t->len, at, n);
	t->len += n;
}

/* One line, its newline included if it has one. */
static void
take_line(struct thin *t, const char *at, const char *next)
{
	const char *end = next[-1] == '\n' ? next - 1 : next;
	const bool goes_on = may_go_on(at, end);

	if (t->goes_on || goes_on || may_be_ours(t, at, end))
		put(t, at, (size_t)(next - at));
	else
		put(t, end, (size_t)(next - end));
	t->goes_on = goes_on;
}

/* The lines of a piece, the last of them without its end if the file ends
 * there. Bytes used up. */
static size_t
take_lines(struct thin *t, const char *piece, size_t n, bool last)
{
	const char *at = piece, *end = piece + n;

	/* C-17: a NUL hides what follows it, a backslash perhaps. */
	if (memchr(piece, '\0', n))
		t->everything = true;
	while (at < end && !t->everything) {
		const char *eol = memchr(at, '\n', (size_t)(end - at));

		if (!eol && !last)
			break;
		take_line(t, at, eol ? eol + 1 : end);
		at = eol ? eol + 1 : end;
	}
	/* And of a line that fills a piece nobody knows how it goes on. */
	if (t->everything || (at == piece && n == PIECE)) {
		t->everything = true;
		put(t, at, (size_t)(end - at));
		at = end;
	}
	return (size_t)(at - piece);
}

static int
make_room(struct thin *t, size_t n)
{
	const size_t want = t->len + n + 1;
	char *more;

	if (want <= t->room)
		return 0;
	more = realloc(t->text, want * 2);
	if (!more)
		return -ENOMEM;
	t->text = more;
	t->room = want * 2;
	return 0;
}

static int
read_pieces(struct thin *t, int fd, size_t max, char *piece)
{
	size_t have = 0, total = 0;
	bool last = false;

	while (!last) {
		const ssize_t got = read_all(fd, piece + have, PIECE - have);
		size_t used;

		if (got < 0)
			return (int)got;
		last = (size_t)got < PIECE - have;
		total += (size_t)got;
		have += (size_t)got;
		if (total > max)
			return -EFBIG;
		if (make_room(t, have) < 0)
			return -ENOMEM;
		used = take_lines(t, piece, have, last);
		have -= used;
		memmove(piece, piece + used, have);
	}
	return 0;
}

int
thin_read(int fd, const char *service, size_t max, char **out, size_t *len)
{
	_drop_(thin_drop) struct thin t = { .service = service };
	_drop_(freep) char *piece = malloc(PIECE);
	const int rc = piece ? read_pieces(&t, fd, max, piece) : -ENOMEM;

	if (rc < 0)
		return rc;
	t.text[t.len] = '\0';
	*len = t.len;
	*out = TAKE(t.text);
	return 0;
}
