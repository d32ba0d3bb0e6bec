/* SPDX-License-Identifier: BSD-2-Clause */
#include "history/db.h"

#include <errno.h>

#include "base/drop.h"

static const char *const statements[] = {
	[DB_BEGIN] = "BEGIN",
	[DB_BEGIN_WRITE] = "BEGIN IMMEDIATE",
	[DB_COMMIT] = "COMMIT",
	[DB_VERSION] = "PRAGMA user_version",
	[DB_PLACE] = "SELECT dev, ino, offset, mark FROM place",
	[DB_SET_PLACE] =
	    "INSERT OR REPLACE INTO place VALUES (0, ?, ?, ?, ?)",
	[DB_EVENT] =
	    "INSERT OR IGNORE INTO event VALUES"
	    " (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	[DB_BOOT] =
	    "INSERT INTO boot VALUES (?, ?) ON CONFLICT (id)"
	    " DO UPDATE SET last = max(last, excluded.last)",
	/* For tables beside those of the index; else it does nothing. */
	[DB_ADOPT] =
	    "INSERT OR IGNORE INTO session"
	    " SELECT * FROM main.session WHERE id = ?",
	[DB_OPENED] =
	    "INSERT INTO session VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
	    " ON CONFLICT (id) DO UPDATE SET opened = excluded.opened,"
	    " boot = excluded.boot, class = excluded.class",
	[DB_ENDED] =
	    "INSERT INTO session VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
	    " ON CONFLICT (id) DO UPDATE SET closed = excluded.closed,"
	    " ended = excluded.ended, result = excluded.result"
	    " WHERE excluded.ended > session.ended",
	[DB_FORGET_EVENTS] = "DELETE FROM event WHERE time < ?1",
	[DB_FORGET_SESSIONS] =
	    "DELETE FROM session WHERE opened < ?1 AND (closed < ?1"
	    " OR (closed IS NULL AND boot IS NOT ?2))",
	[DB_FORGET_BOOTS] = "DELETE FROM boot WHERE last < ?1 AND id <> ?2",
};

static const struct {
	int code, err;
} errors[] = {
	{ SQLITE_OK, 0 },
	{ SQLITE_DONE, 0 },
	{ SQLITE_BUSY, -EAGAIN },
	{ SQLITE_LOCKED, -EAGAIN },
	{ SQLITE_CORRUPT, -EBADMSG },
	{ SQLITE_NOTADB, -EBADMSG },
	/* No such table or column: somebody else's file. */
	{ SQLITE_ERROR, -EBADMSG },
	{ SQLITE_NOMEM, -ENOMEM },
	{ SQLITE_FULL, -ENOSPC },
	{ SQLITE_PERM, -EACCES },
	{ SQLITE_AUTH, -EACCES },
	{ SQLITE_READONLY, -EACCES },
	{ SQLITE_CANTOPEN, -EACCES },
};

static int
to_errno(int code)
{
	for (size_t i = 0; i < COUNT(errors); i++) {
		if (errors[i].code == (code & 0xff))
			return errors[i].err;
	}
	return -EIO;
}

struct value
value_text(const char *text)
{
	return (struct value){ text ? VALUE_TEXT : VALUE_NONE, -1, text };
}

struct value
value_number(int64_t number)
{
	return (struct value){
		number < 0 ? VALUE_NONE : VALUE_NUMBER, number, NULL,
	};
}

struct value
value_blob(const char *bytes, size_t len)
{
	return (struct value){ VALUE_BLOB, (int64_t)len, bytes };
}

static int
bind(sqlite3_stmt *s, int at, const struct value *v)
{
	switch (v->kind) {
	case VALUE_NONE:
		return sqlite3_bind_null(s, at);
	case VALUE_NUMBER:
		return sqlite3_bind_int64(s, at, v->number);
	case VALUE_TEXT:
		return sqlite3_bind_text(s, at, v->text, -1, SQLITE_STATIC);
	case VALUE_BLOB:
		return sqlite3_bind_blob(s, at, v->text, (int)v->number,
		    SQLITE_STATIC);
	}
	return SQLITE_MISUSE;
}

/* The one place where statements run, and may fail. */
static int
run(sqlite3_stmt *s, const struct value *values, size_t n, row_fn *each,
    void *ctx)
{
	int rc = SQLITE_OK;

	for (size_t i = 0; rc == SQLITE_OK && i < n; i++)
		rc = bind(s, (int)i + 1, &values[i]);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(s);
	for (; rc == SQLITE_ROW; rc = sqlite3_step(s)) {
		if (each)
			each(ctx, s);
	}
	sqlite3_reset(s);
	return to_errno(rc);
}

int
db_run(struct history *h, enum statement which, const struct value *values,
    size_t n, row_fn *each, void *ctx)
{
	sqlite3_stmt **s = &h->statement[which];
	int rc = SQLITE_OK;

	if (!*s)
		rc = sqlite3_prepare_v3(h->db, statements[which], -1,
		    SQLITE_PREPARE_PERSISTENT, s, NULL);
	return rc == SQLITE_OK ? run(*s, values, n, each, ctx) : to_errno(rc);
}

static void
statement_freep(sqlite3_stmt **s)
{
	sqlite3_finalize(*s);
}

int
db_run_text(struct history *h, const char *sql, const struct value *values,
    size_t n, row_fn *each, void *ctx)
{
	_drop_(statement_freep) sqlite3_stmt *s = NULL;
	const int rc = sqlite3_prepare_v2(h->db, sql, -1, &s, NULL);

	return rc == SQLITE_OK ? run(s, values, n, each, ctx) : to_errno(rc);
}

int
db_script(struct history *h, const char *sql)
{
	return to_errno(sqlite3_exec(h->db, sql, NULL, NULL, NULL));
}

int
db_open(struct history *h, const char *path, int flags)
{
	const int rc = sqlite3_open_v2(path, &h->db,
	    flags | SQLITE_OPEN_NOMUTEX, NULL);

	if (rc == SQLITE_OK)
		sqlite3_busy_timeout(h->db, h->conf.wait);
	return to_errno(rc);
}

void
db_close(struct history *h)
{
	for (size_t i = 0; i < DB_STATEMENTS; i++) {
		sqlite3_finalize(h->statement[i]);
		h->statement[i] = NULL;
	}
	sqlite3_close(h->db);
	h->db = NULL;
}

const char *
db_text(sqlite3_stmt *row, int column)
{
	return (const char *)sqlite3_column_text(row, column);
}

int64_t
db_number(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_INTEGER ?
	    sqlite3_column_int64(row, column) : -1;
}
