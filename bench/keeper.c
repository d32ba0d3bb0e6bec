/* SPDX-License-Identifier: BSD-2-Clause */
/* usage: keeper utmp|sqlite DIRECTORY [OPERATIONS]
 * What else keeps records of sessions: one session that opens and closes, in
 * the way of most login programs (utmp and wtmp), or of those with a database
 * that is opened for each event. Prints as measure does. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <utmpx.h>

#include "clock.h"

#define BATCH 20
#define BATCHES 20

static char utmp[4096], wtmp[4096], base[4096];

static void
event(short type)
{
	struct utmpx u = { .ut_type = type, .ut_pid = getpid() };

	strcpy(u.ut_line, "pts/9999");
	strcpy(u.ut_id, "9999");
	strcpy(u.ut_user, "root");
	strcpy(u.ut_host, "192.0.2.1");
	u.ut_tv.tv_sec = (int)time(NULL);
	utmpxname(utmp);
	setutxent();
	pututxline(&u);
	endutxent();
	updwtmpx(wtmp, &u);
}

static void
keep_utmp(void)
{
	event(USER_PROCESS);
	event(DEAD_PROCESS);
}

static void
must(int rc, sqlite3 *db)
{
	if (rc == SQLITE_OK)
		return;
	fprintf(stderr, "keeper: %s\n", sqlite3_errmsg(db));
	exit(1);
}

static sqlite3 *
open_base(void)
{
	sqlite3 *db;

	must(sqlite3_open(base, &db), db);
	must(sqlite3_exec(db, "CREATE TABLE IF NOT EXISTS session ("
	    "id INTEGER PRIMARY KEY, user TEXT NOT NULL, tty TEXT, host TEXT, "
	    "opened INTEGER NOT NULL, closed INTEGER) STRICT", NULL, NULL,
	    NULL), db);
	return db;
}

static void
keep_sqlite(void)
{
	sqlite3 *db = open_base();
	sqlite3_int64 id;
	char sql[160];

	must(sqlite3_exec(db, "INSERT INTO session (user, tty, host, opened) "
	    "VALUES ('root', 'pts/9999', '192.0.2.1', unixepoch())", NULL, NULL,
	    NULL), db);
	id = sqlite3_last_insert_rowid(db);
	sqlite3_close(db);
	db = open_base();
	snprintf(sql, sizeof sql, "UPDATE session SET closed = unixepoch() "
	    "WHERE id = %lld", (long long)id);
	must(sqlite3_exec(db, sql, NULL, NULL, NULL), db);
	sqlite3_close(db);
}

static double
run(void (*keep)(void), long ops)
{
	const double start = now_ns();

	for (long i = 0; i < ops; i++)
		keep();
	return (now_ns() - start) / (double)ops;
}

int
main(int argc, char **argv)
{
	void (*keep)(void) = argc > 1 && strcmp(argv[1], "utmp") == 0 ?
	    keep_utmp : keep_sqlite;

	if (argc < 3 || argc > 4) {
		fprintf(stderr, "usage: keeper utmp|sqlite DIRECTORY "
		    "[OPERATIONS]\n");
		return 2;
	}
	snprintf(utmp, sizeof utmp, "%s/utmp", argv[2]);
	snprintf(wtmp, sizeof wtmp, "%s/wtmp", argv[2]);
	snprintf(base, sizeof base, "%s/base.db", argv[2]);
	if (argc > 3) {
		run(keep, strtol(argv[3], NULL, 10));
		return 0;
	}
	for (int i = 0; i < BATCHES; i++)
		printf("%.2f\n", run(keep, BATCH));
	return 0;
}
