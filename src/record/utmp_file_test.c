/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/utmp_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>
#include <utmpx.h>

#include "base/drop.h"
#include "base/file.h"
#include "check.h"
#include "record/login.h"

#define WRITERS 8
#define TURNS 50
#define GONE 0x3fffffff		/* a pid that nobody has */

static char path[] = "/tmp/usher-utmp.XXXXXX";

/* An entry as short as it can be told apart. */
struct short_entry {
	short type;
	pid_t pid;
	const char *line, *id, *user;
};

static struct utmpx
whole(const struct short_entry *e)
{
	struct utmpx u = { .ut_type = e->type, .ut_pid = e->pid };

	memcpy(u.ut_line, e->line, strlen(e->line));
	memcpy(u.ut_id, e->id, strlen(e->id));
	memcpy(u.ut_user, e->user, strlen(e->user));
	return u;
}

static void
write_file(const struct short_entry *e)
{
	_drop_(closep) int fd = open(path, O_WRONLY | O_TRUNC);

	for (; e->type; e++) {
		const struct utmpx u = whole(e);

		CHECK_INT("write", 0, write_all(fd, &u, sizeof u));
	}
}

static void
check_file(const char *label, const struct short_entry *e)
{
	_drop_(freep) char *text = NULL;
	size_t len = 0, at = 0;
	const int fd = open(path, O_RDONLY);

	CHECK_INT(label, 0, file_slurp(fd, 1 << 20, &text, &len));
	close(fd);
	for (; e->type && at + sizeof(struct utmpx) <= len; e++) {
		const struct utmpx u = whole(e);

		CHECK(label, memcmp(text + at, &u, sizeof u) == 0);
		at += sizeof u;
	}
	CHECK(label, !e->type && at == len);
}

/* ---- Who comes ---- */

#define COMES { USER_PROCESS, 9, "pts/9", "ts/9", "new" }
#define OTHER { USER_PROCESS, 7, "pts/7", "ts/7", "old" }

static const struct {
	const char *label;
	struct short_entry before[4], after[4];
} enters[] = {
	{ "the first one", { { 0 } }, { COMES } },
	{ "behind the others", { OTHER }, { OTHER, COMES } },
	{ "where somebody has left",
	  { { DEAD_PROCESS, 1, "pts/9", "ts/9", "" }, OTHER },
	  { COMES, OTHER } },
	{ "in the place of who is on that line, and with his id",
	  { OTHER, { LOGIN_PROCESS, 1, "pts/9", "c9", "LOGIN" } },
	  { OTHER, { USER_PROCESS, 9, "pts/9", "c9", "new" } } },
	{ "the line counts more than the id",
	  { { DEAD_PROCESS, 1, "", "ts/9", "" },
	    { USER_PROCESS, 1, "pts/9", "", "old" } },
	  { { DEAD_PROCESS, 1, "", "ts/9", "" }, COMES } },
	{ "what init began for this id",
	  { { INIT_PROCESS, 1, "", "ts/9", "" } }, { COMES } },
	{ "nobody on another line goes because of the id",
	  { { USER_PROCESS, 1, "pts/1ts/9", "ts/9", "old" } },
	  { { USER_PROCESS, 1, "pts/1ts/9", "ts/9", "old" }, COMES } },
	{ "boots and clocks are no logins",
	  { { BOOT_TIME, 0, "pts/9", "ts/9", "reboot" } },
	  { { BOOT_TIME, 0, "pts/9", "ts/9", "reboot" }, COMES } },
};

static void
check_enter(void)
{
	const struct short_entry comes = COMES;

	for (size_t i = 0; i < COUNT(enters); i++) {
		struct utmpx u = whole(&comes);

		write_file(enters[i].before);
		CHECK_INT(enters[i].label, 0, utmp_enter(path, &u));
		check_file(enters[i].label, enters[i].after);
	}
}

/* ---- Who goes ---- */

static const struct {
	const char *label;
	pid_t pid;
	int want;
	struct short_entry before[3], after[3];
} leaves[] = {
	{ "who is on this line with this pid", 9, 0,
	  { OTHER, COMES },
	  { OTHER, { DEAD_PROCESS, 9, "pts/9", "ts/9", "" } } },
	{ "the id stays", 9, 0,
	  { { USER_PROCESS, 9, "pts/9", "c9", "new" } },
	  { { DEAD_PROCESS, 9, "pts/9", "c9", "" } } },
	{ "nobody whose pid is another", 9, -ESRCH,
	  { { USER_PROCESS, 8, "pts/9", "ts/9", "new" } },
	  { { USER_PROCESS, 8, "pts/9", "ts/9", "new" } } },
	{ "nobody on another line", 7, -ESRCH, { OTHER }, { OTHER } },
	{ "nobody twice", 9, -ESRCH,
	  { { DEAD_PROCESS, 9, "pts/9", "ts/9", "" } },
	  { { DEAD_PROCESS, 9, "pts/9", "ts/9", "" } } },
	{ "by name, when his program is gone", 0, 0,
	  { { USER_PROCESS, GONE, "pts/9", "ts/9", "new" } },
	  { { DEAD_PROCESS, GONE, "pts/9", "ts/9", "" } } },
	{ "by name, nobody whose program is there", 0, -ESRCH,
	  { { USER_PROCESS, 2, "pts/9", "ts/9", "new" } },
	  { { USER_PROCESS, 2, "pts/9", "ts/9", "new" } } },
	{ "by name, nobody else", 0, -ESRCH,
	  { { USER_PROCESS, GONE, "pts/9", "ts/9", "old" } },
	  { { USER_PROCESS, GONE, "pts/9", "ts/9", "old" } } },
};

static void
check_leave(void)
{
	struct utmpx dead;

	for (size_t i = 0; i < COUNT(leaves); i++) {
		const struct login l = {
			.line = "pts/9", .user = "new", .host = "h",
			.pid = leaves[i].pid,
		};

		write_file(leaves[i].before);
		CHECK_INT(leaves[i].label, leaves[i].want,
		    utmp_leave(path, &l, &dead));
		check_file(leaves[i].label, leaves[i].after);
	}
}

/* ---- Files that are not as they should be ---- */

static void
check_refusals(void)
{
	const struct login l = { .line = "pts/9" };
	const struct short_entry comes = COMES;
	struct lastlog last = { 0 };
	struct utmpx u = whole(&comes);
	char link[64];

	CHECK_INT("no utmp", -ENOENT, utmp_enter("/tmp/usher-none", &u));
	CHECK_INT("no utmp", -ENOENT, utmp_leave("/tmp/usher-none", &l, &u));
	CHECK_INT("no wtmp", -ENOENT, utmp_append("/tmp/usher-none", &u));
	CHECK_INT("no lastlog", -ENOENT, lastlog_put("/tmp/usher-none", 0,
	    &last));
	CHECK("none was made", access("/tmp/usher-none", F_OK) < 0);
	CHECK_INT("a device", -EPERM, utmp_append("/dev/null", &u));
	snprintf(link, sizeof link, "%s.link", path);
	CHECK_INT("link", 0, symlink(path, link));
	CHECK_INT("a link", -ELOOP, utmp_append(link, &u));
	unlink(link);
	if (geteuid() != 0)
		return;
	CHECK_INT("chown", 0, chown(path, 65534, 65534));
	CHECK_INT("somebody else's", -EPERM, utmp_append(path, &u));
	CHECK_INT("chown", 0, chown(path, 0, 0));
}

static void
tear(void)
{
	_drop_(closep) int fd = open(path, O_WRONLY | O_APPEND);

	CHECK_INT("tear", 0, write_all(fd, "torn", 4));
}

static void
check_torn(void)
{
	const struct short_entry want[] = { OTHER, COMES, { 0 } };
	struct utmpx u = whole(&want[1]);

	write_file((const struct short_entry[]){ OTHER, { 0 } });
	tear();
	CHECK_INT("append", 0, utmp_append(path, &u));
	check_file("half a record shifts none behind it", want);
}

/* As anybody may who can read the file. */
static void
check_locked(void)
{
	const struct short_entry want[] = { COMES, { 0 } };
	struct flock all = { .l_type = F_RDLCK, .l_whence = SEEK_SET };
	_drop_(closep) int fd = open(path, O_RDONLY);
	struct utmpx u = whole(&want[0]);

	write_file(&want[1]);
	CHECK_INT("lock", 0, fcntl(fd, F_OFD_SETLK, &all));
	CHECK_INT("lock", 0, utmp_enter(path, &u));
	check_file("who locks the file makes nobody invisible", want);
	tear();
	CHECK_INT("but nothing is cut off below him", -EBUSY,
	    utmp_append(path, &u));
}

static void
check_lastlog(void)
{
	const struct lastlog want = { .ll_time = 5, .ll_line = "tty1" };
	struct lastlog got = { 0 };
	struct stat st;
	const int fd = open(path, O_RDWR | O_TRUNC);

	CHECK_INT("lastlog", 0, lastlog_put(path, 1000, &want));
	CHECK_INT("it stands where the uid says", sizeof got,
	    pread(fd, &got, sizeof got, 1000 * sizeof got));
	CHECK("it is what was put", memcmp(&want, &got, sizeof got) == 0);
	CHECK_INT("a lot of room for the highest uid", 0,
	    lastlog_put(path, (uid_t)-2, &want));
	CHECK("that takes no space", fstat(fd, &st) == 0 &&
	    st.st_blocks < 1024);
	close(fd);
}

/* ---- Several at once ---- */

/* Each on ever new lines of one id: they want what the others have left. */
static int
come_and_go(int n)
{
	struct utmpx u, dead;
	char line[16];

	for (int i = 0; i < TURNS; i++) {
		const struct login l = { .line = line, .pid = n + 1 };

		snprintf(line, sizeof line, "%d:tty", n * TURNS + i);
		login_utmp(&l, USER_PROCESS, &u);
		if (utmp_enter(path, &u) < 0 || utmp_leave(path, &l, &dead) < 0)
			return 1;
	}
	return 0;
}

static void
check_writers(void)
{
	struct stat st;
	int status;

	write_file(&(const struct short_entry){ 0 });
	for (int n = 0; n < WRITERS; n++) {
		if (fork() == 0)
			_exit(come_and_go(n));
	}
	while (wait(&status) > 0)
		CHECK_INT("nobody's entry is lost to another", 0, status);
	CHECK_INT("stat", 0, stat(path, &st));
	CHECK("no more entries than were in at once", st.st_size <=
	    WRITERS * (off_t)sizeof(struct utmpx));
}

int
main(void)
{
	const int fd = mkstemp(path);

	if (fd < 0)
		return 1;
	close(fd);
	check_enter();
	check_leave();
	check_refusals();
	check_torn();
	check_locked();
	check_lastlog();
	check_writers();
	unlink(path);
	return TEST_RESULT();
}
