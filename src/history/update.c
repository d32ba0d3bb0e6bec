/* SPDX-License-Identifier: BSD-2-Clause */
#include "history/update.h"

#include <errno.h>
#include <string.h>

#include "base/drop.h"
#include "base/id.h"
#include "base/moment.h"
#include "history/db.h"
#include "history/follow.h"
#include "history/logged.h"

/* What events mean for a session. One whose opening failed half way and was
 * undone is one that ended so. */
static const struct {
	const char *event;
	enum session_end end;
} meanings[] = {
	{ "open", SESSION_OPEN },
	{ "close", SESSION_CLOSED },
	{ "reap", SESSION_REAPED },
	{ "rollback", SESSION_ROLLED_BACK },
	{ "stuck", SESSION_STUCK },
};

/* FNV-1a */
static int64_t
hash(const char *line, size_t len)
{
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)line[i]) * 1099511628211u;
	/* A negative number would be nothing. */
	return (int64_t)(h >> 1);
}

static int
add_event(struct history *h, const struct logged *e, int64_t line_hash)
{
	struct value v[2 + LOGGED_TEXTS + LOGGED_NUMBERS + 4];
	size_t n = 0;

	v[n++] = value_number(e->time);
	v[n++] = value_number(line_hash);
	for (size_t i = 0; i < LOGGED_TEXTS; i++)
		v[n++] = value_text(e->text[i]);
	for (size_t i = 0; i < LOGGED_NUMBERS; i++)
		v[n++] = value_number(e->number[i]);
	v[n++] = value_text(e->decided.file);
	v[n++] = value_number(e->decided.line);
	v[n++] = value_text(e->decided.module);
	v[n++] = value_text(e->decided.answer);
	return db_run(h, DB_EVENT, v, n, NULL, NULL);
}

static int
add_boot(struct history *h, const struct logged *e)
{
	const struct value v[] = {
		value_text(e->text[LOGGED_BOOT]), value_number(e->time),
	};

	return e->text[LOGGED_BOOT] ?
	    db_run(h, DB_BOOT, v, COUNT(v), NULL, NULL) : 0;
}

/* When a session opened of whose opening no event is left: its id tells when
 * its transaction began. */
static int64_t
opened(const struct logged *e, enum session_end end)
{
	int64_t ms;

	if (end == SESSION_OPEN || id_time(e->text[LOGGED_ID], &ms) < 0)
		return e->time;
	return ms * 1000 < e->time ? ms * 1000 : e->time;
}

static int
put_session(struct history *h, const struct logged *e, enum session_end end)
{
	const struct value v[] = {
		value_text(e->text[LOGGED_ID]),
		value_text(e->text[LOGGED_BOOT]),
		value_text(e->text[LOGGED_SERVICE]),
		value_text(e->text[LOGGED_USER]),
		value_number(e->number[LOGGED_UID]),
		value_text(e->text[LOGGED_TTY]),
		value_text(e->text[LOGGED_RHOST]),
		value_text(e->text[LOGGED_CLASS]),
		value_number(opened(e, end)),
		value_number(end == SESSION_OPEN ? -1 : e->time),
		value_number(end),
		value_text(e->text[LOGGED_RESULT]),
	};
	const int rc = db_run(h, DB_ADOPT, v, 1, NULL, NULL);

	if (rc < 0)
		return rc;
	return db_run(h, end == SESSION_OPEN ? DB_OPENED : DB_ENDED, v,
	    COUNT(v), NULL, NULL);
}

/* A reaper that failed tries again: only when it succeeds does the session
 * end. */
static bool
reaped_in_vain(const struct logged *e, enum session_end end)
{
	const char *result = e->text[LOGGED_RESULT];

	return end == SESSION_REAPED && result && strcmp(result, "success");
}

static int
add_session(struct history *h, const struct logged *e)
{
	for (size_t i = 0; i < COUNT(meanings); i++) {
		if (strcmp(meanings[i].event, e->text[LOGGED_EVENT]) != 0)
			continue;
		if (reaped_in_vain(e, meanings[i].end))
			return 0;
		return put_session(h, e, meanings[i].end);
	}
	return 0;
}

static void
logged_freep(struct logged *e)
{
	logged_free(e);
}

static int
add_line(void *ctx, const char *line, size_t len)
{
	_drop_(logged_freep) struct logged e = { 0 };
	struct history *h = ctx;
	int rc = logged_read(line, len, &e);

	if (rc == -EINVAL)
		return 0;
	if (rc == 0)
		rc = add_event(h, &e, hash(line, len));
	if (rc == 0)
		rc = add_boot(h, &e);
	return rc == 0 ? add_session(h, &e) : rc;
}

static void
read_place(void *ctx, sqlite3_stmt *row)
{
	struct log_place *p = ctx;
	const int len = sqlite3_column_bytes(row, 3);

	if (len > PLACE_MARK || len > sqlite3_column_int64(row, 2))
		return;
	p->dev = (uint64_t)sqlite3_column_int64(row, 0);
	p->ino = (uint64_t)sqlite3_column_int64(row, 1);
	p->offset = sqlite3_column_int64(row, 2);
	p->len = (size_t)len;
	if (len)
		memcpy(p->mark, sqlite3_column_blob(row, 3), p->len);
}

static int
save_place(struct history *h, const struct log_place *p)
{
	const struct value v[] = {
		{ VALUE_NUMBER, (int64_t)p->dev, NULL },
		{ VALUE_NUMBER, (int64_t)p->ino, NULL },
		value_number(p->offset),
		value_blob(p->mark, p->len),
	};

	return db_run(h, DB_SET_PLACE, v, COUNT(v), NULL, NULL);
}

static int
forget(struct history *h)
{
	const int64_t keep = h->conf.keep ? h->conf.keep : HISTORY_KEEP;
	const struct value v[] = {
		value_number(h->conf.now - keep * 86400 * MOMENT_SECOND),
		value_text(h->conf.boot ? h->conf.boot : ""),
	};
	int rc = db_run(h, DB_FORGET_EVENTS, v, 1, NULL, NULL);

	if (rc == 0)
		rc = db_run(h, DB_FORGET_SESSIONS, v, 2, NULL, NULL);
	return rc == 0 ? db_run(h, DB_FORGET_BOOTS, v, 2, NULL, NULL) : rc;
}

int
update(struct history *h)
{
	struct log_place place = { 0 }, before;
	int rc = db_run(h, DB_PLACE, NULL, 0, read_place, &place);

	if (rc < 0)
		return rc;
	before = place;
	rc = follow(h->conf.log, &place, add_line, h);
	if (rc == 0 && memcmp(&before, &place, sizeof place) != 0)
		rc = save_place(h, &place);
	return rc == 0 ? forget(h) : rc;
}
