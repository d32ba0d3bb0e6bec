/* SPDX-License-Identifier: BSD-2-Clause */
/* The questions: each is one statement, and so one transaction. */
#include "history/history.h"

#include <errno.h>
#include <string.h>

#include "base/drop.h"
#include "base/text.h"
#include "history/db.h"
#include "history/logged.h"

#define VALUES_MAX 9

/* "%s" is the conditions. Events come newest first out of the inner one, so
 * that a limit leaves the newest. */
#define SESSIONS                                                               \
	"SELECT id, boot, service, user, tty, rhost, class, uid, opened,"      \
	"  closed, ended, result, (SELECT max(last) FROM seen_boot"            \
	"    WHERE seen_boot.id = seen_session.boot)"                          \
	" FROM seen_session WHERE%s TRUE ORDER BY opened DESC LIMIT ?"
#define EVENTS                                                                 \
	"SELECT * FROM (SELECT * FROM seen_event WHERE%s TRUE"                 \
	"  ORDER BY time DESC LIMIT ?) ORDER BY time"

/* The conditions of a query, and what they compare with. */
struct question {
	char sql[512];
	struct value value[VALUES_MAX];
	size_t n;
};

static void
add(struct question *q, const char *condition, struct value value)
{
	const size_t len = strlen(q->sql);

	if (value.kind == VALUE_NONE)
		return;
	snprintf(q->sql + len, sizeof q->sql - len, " %s AND", condition);
	q->value[q->n++] = value;
}

static struct value
time_value(int64_t time)
{
	return value_number(time ? time : -1);
}

static void
ask_common(struct question *q, const struct history_query *query)
{
	add(q, "user = ?", value_text(query->user));
	add(q, "service = ?", value_text(query->service));
	add(q, "rhost = ?", value_text(query->rhost));
	add(q, "result = ?", value_text(query->result));
	add(q, "id = ?", value_text(query->id));
}

/* LIMIT -1 is none. */
static void
add_limit(struct question *q, const struct history_query *query)
{
	q->value[q->n++] = (struct value){
		VALUE_NUMBER, query->limit ? query->limit : -1, NULL,
	};
}

struct sessions {
	struct history *h;
	session_fn *each;
	void *ctx;
};

/* A session of a boot that has ended has ended with it. */
static void
end_with_boot(struct session *s, const char *running, int64_t last)
{
	if (s->end != SESSION_OPEN || !running || !s->boot ||
	    strcmp(s->boot, running) == 0)
		return;
	s->end = SESSION_CRASHED;
	s->closed = last;
}

static void
session_row(void *ctx, sqlite3_stmt *row)
{
	const struct sessions *to = ctx;
	struct session s = {
		.id = db_text(row, 0),
		.boot = db_text(row, 1),
		.service = db_text(row, 2),
		.user = db_text(row, 3),
		.tty = db_text(row, 4),
		.rhost = db_text(row, 5),
		.class = db_text(row, 6),
		.uid = db_number(row, 7),
		.opened = db_number(row, 8),
		.closed = db_number(row, 9),
		.end = (enum session_end)db_number(row, 10),
		.result = db_text(row, 11),
	};

	end_with_boot(&s, to->h->conf.boot, db_number(row, 12));
	to->each(to->ctx, &s);
}

int
history_sessions(struct history *h, const struct history_query *query,
    session_fn *each, void *ctx)
{
	struct sessions to = { h, each, ctx };
	struct question q = { 0 };
	_drop_(freep) char *sql = NULL;

	ask_common(&q, query);
	add(&q, "opened >= ?", time_value(query->since));
	add(&q, "opened <= ?", time_value(query->until));
	add_limit(&q, query);
	sql = text_format(SESSIONS, q.sql);
	return sql ? db_run_text(h, sql, q.value, q.n, session_row, &to) :
	    -ENOMEM;
}

struct events {
	event_fn *each;
	void *ctx;
};

/* Columns in the order of the table: time, hash, texts, numbers, decider. */
static void
event_row(void *ctx, sqlite3_stmt *row)
{
	const struct events *to = ctx;
	struct logged e = { .time = db_number(row, 0) };
	int column = 2;

	for (size_t i = 0; i < LOGGED_TEXTS; i++)
		e.text[i] = db_text(row, column++);
	for (size_t i = 0; i < LOGGED_NUMBERS; i++)
		e.number[i] = db_number(row, column++);
	e.decided = (struct logged_step){
		.file = db_text(row, column),
		.line = db_number(row, column + 1),
		.module = db_text(row, column + 2),
		.answer = db_text(row, column + 3),
		.ms = -1,
	};
	to->each(to->ctx, &e);
}

int
history_events(struct history *h, const struct history_query *query,
    event_fn *each, void *ctx)
{
	struct events to = { each, ctx };
	struct question q = { 0 };
	_drop_(freep) char *sql = NULL;

	ask_common(&q, query);
	add(&q, "event = ?", value_text(query->event));
	add(&q, "time >= ?", time_value(query->since));
	add(&q, "time <= ?", time_value(query->until));
	add_limit(&q, query);
	sql = text_format(EVENTS, q.sql);
	return sql ? db_run_text(h, sql, q.value, q.n, event_row, &to) :
	    -ENOMEM;
}

const char *
session_end_word(enum session_end end)
{
	static const char *const words[] = {
		[SESSION_OPEN] = "still in",
		[SESSION_STUCK] = "stuck",
		[SESSION_CLOSED] = "closed",
		[SESSION_REAPED] = "reaped",
		[SESSION_ROLLED_BACK] = "rolled back",
		[SESSION_CRASHED] = "crash",
	};

	return end < COUNT(words) ? words[end] : "unknown";
}
