/* SPDX-License-Identifier: BSD-2-Clause */
/* SQLite as the rest of this folder uses it: statements from a table, run by
 * one function, in which every error becomes a negative errno. */
#ifndef HISTORY_DB_H
#define HISTORY_DB_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "history/history.h"

enum statement {
	DB_BEGIN, DB_BEGIN_WRITE, DB_COMMIT,
	DB_VERSION, DB_PLACE, DB_SET_PLACE,
	DB_EVENT, DB_BOOT,
	DB_ADOPT, DB_OPENED, DB_ENDED,
	DB_FORGET_EVENTS, DB_FORGET_SESSIONS, DB_FORGET_BOOTS,
	DB_STATEMENTS,
};

struct history {
	struct history_conf conf;
	sqlite3 *db;
	sqlite3_stmt *statement[DB_STATEMENTS];	/* NULL: not yet prepared */
};

/* What a statement gets for a "?". */
struct value {
	enum { VALUE_NONE, VALUE_NUMBER, VALUE_TEXT, VALUE_BLOB } kind;
	int64_t number;		/* or the length of a blob */
	const char *text;
};

/* NULL and -1 are nothing. */
struct value value_text(const char *text);
struct value value_number(int64_t number);
struct value value_blob(const char *bytes, size_t len);

typedef void row_fn(void *ctx, sqlite3_stmt *row);

/* Bind n values, step to the end, give every row to each (NULL: there is none
 * of interest). 0; -EAGAIN busy, -EBADMSG damaged, -ENOMEM, -ENOSPC, -EACCES,
 * -EIO. */
int db_run(struct history *h, enum statement which, const struct value *values,
    size_t n, row_fn *each, void *ctx);

/* The same for a text of SQL. */
int db_run_text(struct history *h, const char *sql, const struct value *values,
    size_t n, row_fn *each, void *ctx);

/* Several statements without values or rows. */
int db_script(struct history *h, const char *sql);

/* Open or create a file; flags are SQLite's. The same results. */
int db_open(struct history *h, const char *path, int flags);

/* What was not committed is undone. */
void db_close(struct history *h);

/* A column: NULL and -1 are nothing. */
const char *db_text(sqlite3_stmt *row, int column);
int64_t db_number(sqlite3_stmt *row, int column);

#endif
