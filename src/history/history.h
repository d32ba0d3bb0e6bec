/* SPDX-License-Identifier: BSD-2-Clause */
/* Who was in, when, and what else happened: questions to an SQLite index over
 * the event log, which keeps events longer than the log does. */
#ifndef HISTORY_HISTORY_H
#define HISTORY_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#define HISTORY_KEEP 400	/* days */

struct logged;

struct history_conf {
	const char *log;
	const char *database;	/* NULL: none, the log is all there is */
	const char *boot;	/* id of the boot that runs */
	int64_t now;		/* microseconds since 1970 */
	unsigned keep;		/* days after which an event is forgotten */
	int wait;		/* milliseconds to wait for other writers */
	bool look;		/* write nothing, even if that were possible */
};

/* The later in this list, the more it says: an end gives way to a later one. */
enum session_end {
	SESSION_OPEN,		/* "still in" */
	SESSION_STUCK,		/* the reaper gave up */
	SESSION_CLOSED,
	SESSION_REAPED,
	SESSION_ROLLED_BACK,	/* its opening failed half way */
	SESSION_CRASHED,	/* its boot ended first */
};

/* Texts are NULL, numbers -1, where nothing is known. */
struct session {
	const char *id, *boot, *service, *user, *tty, *rhost, *class;
	int64_t uid, opened;
	int64_t closed;		/* crashed: the last that was heard of its boot */
	enum session_end end;
	const char *result;	/* of what ended it, or of its opening */
};

/* What is asked for: NULL, 0 for everything. */
struct history_query {
	const char *user, *service, *rhost, *result, *id;
	const char *event;	/* events only */
	int64_t since, until;
	int64_t limit;		/* the newest so many */
};

struct history;

/* Open the index and bring it up to date; who may not write it gets what is new
 * in memory. 0 with *out, to be freed by history_free; -EAGAIN when others are
 * writing; -EBADMSG when the index is damaged or of another version; -errno. */
int history_open(const struct history_conf *conf, struct history **out);

/* Put a damaged index aside, under its name with ".damaged" behind it, so that
 * the next history_open begins a new one. 0 or -errno. */
int history_set_aside(const char *database);

/* Give each session to each, the latest first. 0, -EAGAIN, -EBADMSG, -errno. */
typedef void session_fn(void *ctx, const struct session *s);
int history_sessions(struct history *h, const struct history_query *q,
    session_fn *each, void *ctx);

/* Give each event to each, the earliest first. The same results. */
typedef void event_fn(void *ctx, const struct logged *e);
int history_events(struct history *h, const struct history_query *q,
    event_fn *each, void *ctx);

/* The word for an end, as "reaped". */
const char *session_end_word(enum session_end end);

void history_free(struct history *h);

#endif
