/* SPDX-License-Identifier: BSD-2-Clause */
/* The index in bad times: who may not write it, another writer, damage. */
#include "history/history.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "history/test_history.h"

static const struct test_event asked[] = {
	{ 1, 1, "open" },
	{ 3, 2, "open", NULL, "bob" },
	{ 4, 2, "close", NULL, "bob" },
};

#define SESSIONS "02:bob:3-4=closed/success 01:ann:1-=still in/success "
#define EVENTS                                                                 \
	"1:open:01:ann:success 3:open:02:bob:success 4:close:02:bob:success "

/* Run as a user who may read and not write. */
static void
check_reader(void)
{
	const bool root = geteuid() == 0;
	struct history_conf conf;
	struct test_log t;

	test_log_begin(&t);
	conf = test_conf(&t);
	for (size_t i = 0; i < COUNT(asked) - 1; i++)
		test_log_event(t.log, &asked[i]);
	check_said("indexed before", &conf, false,
	    "02:bob:3-=still in/success 01:ann:1-=still in/success ");
	test_log_event(t.log, &asked[COUNT(asked) - 1]);
	CHECK("locked", chmod(t.folder, 0555) == 0 &&
	    chmod(t.database, 0444) == 0);
	CHECK("nobody", !root || seteuid(65534) == 0);
	check_said("who may only read sees what is new", &conf, false,
	    SESSIONS);
	check_said("and all that is old", &conf, true, EVENTS);
	check_said("again: it was not written", &conf, true,
	    EVENTS);
	CHECK("root", !root || seteuid(0) == 0);
	CHECK("unlocked", chmod(t.folder, 0755) == 0);
	CHECK("moved", rename(t.log, t.old) == 0);
	CHECK("locked", chmod(t.folder, 0555) == 0);
	CHECK("nobody", !root || seteuid(65534) == 0);
	check_said("a reader follows rotation, too", &conf, true,
	    EVENTS);
	conf.database = "/dev/null/none";
	check_said("without an index there is the log", &conf, false,
	    SESSIONS);
	CHECK("root", !root || seteuid(0) == 0);
	chmod(t.folder, 0755);
	test_log_end(&t);
}

static void
check_look(void)
{
	struct history_conf conf;
	struct test_log t;

	test_log_begin(&t);
	conf = test_conf(&t);
	conf.look = true;
	for (size_t i = 0; i < COUNT(asked); i++)
		test_log_event(t.log, &asked[i]);
	check_said("who only looks sees everything", &conf, true, EVENTS);
	CHECK("and writes nothing", access(t.database, F_OK) < 0);
	test_log_end(&t);
}

static void
check_mode(void)
{
	struct history_conf conf;
	struct test_log t;
	struct stat st = { 0 };

	test_log_begin(&t);
	conf = test_conf(&t);
	test_log_event(t.log, &asked[0]);
	CHECK("chmod", chmod(t.log, 0640) == 0);
	check_said("built", &conf, true, "1:open:01:ann:success ");
	CHECK("stat", stat(t.database, &st) == 0);
	CHECK_INT("who may read the log may read the index", 0640,
	    st.st_mode & 07777);
	test_log_end(&t);
}

/* Bytes of the index written over, from there on. */
static const struct {
	const char *label;
	off_t at;
	const char *bytes;
} damages[] = {
	{ "its head", 0, "this is no database at all, it never was" },
	{ "its first page", 100, "\1\2\3\4\5\6\7\1\2\3\4\5\6\7" },
	{ "its version", 60, "\x7f\x7f\x7f\x7f" },
};

static void
check_damage(size_t i)
{
	struct history_conf conf;
	struct test_log t;
	FILE *f;

	test_log_begin(&t);
	conf = test_conf(&t);
	test_log_event(t.log, &asked[0]);
	check_said("built", &conf, true, "1:open:01:ann:success ");
	f = fopen(t.database, "r+e");
	fseek(f, damages[i].at, SEEK_SET);
	fputs(damages[i].bytes, f);
	fclose(f);
	check_said(damages[i].label, &conf, true, "error 74");
	CHECK_INT("set aside", 0, history_set_aside(t.database));
	check_said("built anew", &conf, true, "1:open:01:ann:success ");
	test_log_end(&t);
}

static void
check_busy(void)
{
	sqlite3 *other = NULL;
	struct history_conf conf;
	struct test_log t;

	test_log_begin(&t);
	conf = test_conf(&t);
	test_log_event(t.log, &asked[0]);
	check_said("built", &conf, true, "1:open:01:ann:success ");
	sqlite3_open(t.database, &other);
	sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	check_said("while another writes: try again", &conf, true, "error 11");
	sqlite3_close(other);
	check_said("afterwards", &conf, true, "1:open:01:ann:success ");
	test_log_end(&t);
}

/* A writer that was killed: its changes are in the index, and what was there
 * before in the journal. */
static void
leave_journal(const struct test_log *t)
{
	_drop_(freep) char *index = NULL, *journal = NULL;
	size_t index_len = 0, journal_len = 0;
	char path[128];
	sqlite3 *other = NULL;
	int fd;

	snprintf(path, sizeof path, "%s-journal", t->database);
	sqlite3_open(t->database, &other);
	sqlite3_exec(other, "PRAGMA cache_size = 1; BEGIN IMMEDIATE;"
	    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
	    " WHERE i < 999) INSERT INTO event(time, hash, user)"
	    " SELECT i, i, hex(zeroblob(90)) FROM n", NULL, NULL, NULL);
	fd = file_open(AT_FDCWD, t->database, NULL);
	CHECK("index", file_slurp(fd, 1 << 24, &index, &index_len) == 0);
	close(fd);
	fd = file_open(AT_FDCWD, path, NULL);
	CHECK("journal", file_slurp(fd, 1 << 24, &journal, &journal_len) == 0);
	close(fd);
	sqlite3_close(other);
	unlink(t->database);
	test_log_bytes(t->database, index, index_len);
	test_log_bytes(path, journal, journal_len);
}

static void
check_killed(void)
{
	const bool root = geteuid() == 0;
	struct history_conf conf;
	struct test_log t;

	test_log_begin(&t);
	conf = test_conf(&t);
	for (size_t i = 0; i < COUNT(asked); i++)
		test_log_event(t.log, &asked[i]);
	check_said("built", &conf, true, EVENTS);
	leave_journal(&t);
	CHECK("locked", chmod(t.folder, 0555) == 0);
	CHECK("nobody", !root || seteuid(65534) == 0);
	check_said("who may not mend it does without", &conf, true, EVENTS);
	CHECK("root", !root || seteuid(0) == 0);
	CHECK("unlocked", chmod(t.folder, 0755) == 0);
	check_said("who may write mends it", &conf, true, EVENTS);
	test_log_end(&t);
}

int
main(void)
{
	check_reader();
	check_look();
	check_mode();
	for (size_t i = 0; i < COUNT(damages); i++)
		check_damage(i);
	check_busy();
	check_killed();
	return TEST_RESULT();
}
