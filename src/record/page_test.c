/* SPDX-License-Identifier: BSD-2-Clause */
/* A record's file: what is noted is there, who works on it is alone, and
 * nothing that is not root's is taken for one. */
#include "record/page.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/row.h"
#include "check.h"
#include "record/record.h"
#include "record/test_place.h"

#define ID "019abc00-0000-7000-8000-000000000001"
#define FILE_OF STORE_SESSIONS "/1000/" ID

static struct store_name name;

/* In place of the C library's: nobody waits, and something may happen while
 * somebody would. */
static unsigned waits;
static struct page *let_go;	/* of this, in the third wait, */
static bool removed;		/* and remove it before */

static void
remove_it(void)
{
	CHECK_INT("removed", 0, unlink(FILE_OF));
}

int
nanosleep(const struct timespec *time, struct timespec *left)
{
	(void)time;
	(void)left;
	if (++waits == 3 && let_go) {
		if (removed)
			remove_it();
		page_close(let_go);
	}
	return 0;
}

static void
wait_anew(struct page *page, bool and_remove)
{
	waits = 0;
	let_go = page;
	removed = and_remove;
}

static int
create(struct page *p, size_t room)
{
	_drop_(rows_free) struct rows head = { 0 };
	struct store store = { 0 };
	_drop_(closep) int dir = store_open(STORE_SESSIONS, &store);
	struct record r;

	place_record(&r, ID);
	record_head(&r, &head);
	return page_create(p, dir, &store, &name, &head, room);
}

static int
open_again(struct page *p)
{
	struct store store = { 0 };

	return page_open(p, &store, &name);
}

static int
note(struct page *p, const char *key, const char *word)
{
	_drop_(rows_free) struct rows rows = { 0 };

	row_add(&rows, key, word);
	return page_note(p, &rows);
}

/* What a reader finds, as "NAME=value NAME=value". */
static const char *
env_on_record(void)
{
	static char text[4096];
	struct record_file f;
	struct store store = { 0 };
	_drop_(closep) int dir = store_open(STORE_SESSIONS, &store);

	*text = '\0';
	CHECK_INT("readable", 0, record_read(dir, &name, &f));
	for (size_t i = 0; i < f.record.envs; i++) {
		if (strlen(text) + strlen(f.record.env[i]) > 4000)
			break;
		strcat(strcat(text, i ? " " : ""), f.record.env[i]);
	}
	record_file_free(&f);
	return text;
}

static size_t
open_files(void)
{
	size_t n = 0;

	for (int fd = 0; fd < 64; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

static void
check_create(void)
{
	const size_t files = open_files();
	struct page p, q;
	struct stat st;

	CHECK_INT("made", 0, create(&p, 100));
	CHECK_INT("nothing stays open", files, open_files());
	CHECK("it is there", lstat(FILE_OF, &st) == 0);
	CHECK_INT("root's alone", S_IFREG | 0600, st.st_mode);
	CHECK_INT("whole pages", 0, st.st_size % 4096);
	CHECK("so is its folder", lstat(STORE_SESSIONS "/1000", &st) == 0);
	CHECK_INT("root's alone", S_IFDIR | 0700, st.st_mode);
	CHECK_INT("not twice", -EEXIST, create(&q, 100));
	CHECK_INT("noted", 0, note(&p, "env", "A=1"));
	CHECK_STR("others see it at once", "A=1", env_on_record());
	page_close(&p);
	CHECK_STR("and later", "A=1", env_on_record());
	remove_it();
}

static void
check_lost(void)
{
	struct rows none = { .lost = true };
	struct store store = { 0 };
	_drop_(closep) int dir = store_open(STORE_SESSIONS, &store);
	struct page p;

	CHECK_INT("no record of half a head", -ENOMEM,
	    page_create(&p, dir, &store, &name, &none, 100));
	CHECK_INT("no file either", -1, access(FILE_OF, F_OK));
	CHECK_INT("made", 0, create(&p, 100));
	CHECK_INT("no half of a row", -ENOMEM, page_note(&p, &none));
	page_close(&p);
	remove_it();
}

static void
check_again(void)
{
	struct page p;

	CHECK_INT("made", 0, create(&p, 100));
	CHECK_INT("noted", 0, note(&p, "env", "A=1"));
	page_close(&p);
	CHECK_INT("opened", 0, open_again(&p));
	CHECK_INT("noted", 0, note(&p, "env", "B=2"));
	CHECK_INT("an answer", 0, page_note_answer(&p, "open", 3, 7));
	page_close(&p);
	CHECK_INT("opened", 0, open_again(&p));
	CHECK_INT("noted", 0, note(&p, "env", "C=3"));
	page_close(&p);
	CHECK_STR("one behind the other", "A=1 B=2 C=3", env_on_record());
	remove_it();
	CHECK_INT("gone is gone", -ENOENT, open_again(&p));
}

/* The page is full in the middle, and small rows would still find room. */
static void
check_overflow(void)
{
	char big[3000] = "BIG=";
	char want[sizeof big + 64];
	struct page p;

	memset(big + 4, 'x', sizeof big - 5);
	snprintf(want, sizeof want, "A=1 B=2 %s C=3 D=4", big);
	CHECK_INT("made", 0, create(&p, 100));
	CHECK_INT("noted", 0, note(&p, "env", "A=1"));
	CHECK_INT("a long one", 0, note(&p, "tty", big));
	CHECK_INT("noted", 0, note(&p, "env", "B=2"));
	CHECK_INT("a long one", 0, note(&p, "env", big));
	CHECK_INT("noted", 0, note(&p, "env", "C=3"));
	page_close(&p);
	CHECK_INT("opened", 0, open_again(&p));
	CHECK_INT("noted", 0, note(&p, "env", "D=4"));
	page_close(&p);
	CHECK("all of them, in order", strcmp(want, env_on_record()) == 0);
	remove_it();
}

static void
check_append(void)
{
	static const char row[] = "\nenv B=2 .";
	struct store store = { 0 };
	_drop_(closep) int dir = store_open(STORE_SESSIONS, &store);
	struct page p;

	CHECK_INT("made", 0, create(&p, 100));
	CHECK_INT("noted", 0, note(&p, "env", "A=1"));
	CHECK_INT("by another, who needs no lock", 0,
	    store_append(dir, &name, row, strlen(row)));
	CHECK_INT("noted", 0, note(&p, "env", "C=3"));
	page_close(&p);
	CHECK_STR("none harms the other", "A=1 C=3 B=2", env_on_record());
	remove_it();
	CHECK_INT("to none there is nothing to append", -ENOENT,
	    store_append(dir, &name, row, strlen(row)));
}

static void
check_alone(void)
{
	struct page first, second;

	CHECK_INT("made", 0, create(&first, 100));
	page_close(&first);

	CHECK_INT("opened", 0, open_again(&first));
	wait_anew(NULL, false);
	CHECK_INT("not by two", -EBUSY, open_again(&second));
	CHECK_INT("half a second is waited", 50, waits);

	wait_anew(&first, false);
	CHECK_INT("when the first lets go", 0, open_again(&second));
	CHECK_INT("it is the second's", 3, waits);

	wait_anew(&second, true);
	CHECK_INT("removed while somebody waited", -ENOENT,
	    open_again(&first));
	wait_anew(NULL, false);
}

/* A child that a module leaves behind has the memory, and no descriptor. */
static void
check_child(void)
{
	struct page p, q;
	pid_t child;
	int wait[2];
	char c;

	CHECK_INT("made", 0, create(&p, 100));
	page_close(&p);
	CHECK_INT("opened", 0, open_again(&p));
	if (pipe(wait) < 0)
		abort();
	child = fork();
	if (child == 0) {
		close(wait[1]);
		_exit(read(wait[0], &c, 1) != 0);
	}
	page_close(&p);
	wait_anew(NULL, false);
	CHECK_INT("a child does not keep the lock", 0, open_again(&q));
	CHECK_INT("no wait", 0, waits);
	page_close(&q);
	close(wait[0]);
	close(wait[1]);
	waitpid(child, NULL, 0);
	remove_it();
}

static void
check_killed(void)
{
	struct page p;
	pid_t child;

	CHECK_INT("made", 0, create(&p, 100));
	page_close(&p);
	child = fork();
	if (child == 0) {
		if (open_again(&p) == 0 && note(&p, "env", "A=1") == 0)
			kill(getpid(), SIGKILL);
		_exit(1);
	}
	waitpid(child, NULL, 0);
	CHECK_STR("what was noted is there", "A=1", env_on_record());
	wait_anew(NULL, false);
	CHECK_INT("and the lock is free", 0, open_again(&p));
	page_close(&p);
	remove_it();
}

static void
check_full(void)
{
	_drop_(freep) char *much = calloc(1, 2 << 20);
	_drop_(closep) int fd = open("/run/much", O_WRONLY | O_CREAT, 0600);
	struct page p;

	CHECK("the place is full", write_all(fd, much, 2 << 20) < 0);
	CHECK_INT("no record", -ENOSPC, create(&p, 100));
	CHECK_INT("nor half of one", -1, access(FILE_OF, F_OK));
	unlink("/run/much");
}

/* What is in the place of a record. */
static const struct {
	const char *label;
	const char *make;	/* by a shell, in the store */
	int want;
} others[] = {
	{ "a link", "ln -s /etc/passwd " FILE_OF, -ELOOP },
	{ "a fifo", "mkfifo -m 600 " FILE_OF, -EPERM },
	{ "somebody's file", "cp /etc/passwd " FILE_OF "; chown 1 " FILE_OF,
	  -EPERM },
	{ "a directory", "mkdir " FILE_OF, -EISDIR },
};

static void
check_others(void)
{
	for (size_t i = 0; i < COUNT(others); i++) {
		struct page p;

		CHECK_INT(others[i].label, 0, system(others[i].make));
		CHECK_INT(others[i].label, others[i].want, open_again(&p));
		CHECK_INT(others[i].label, -EEXIST, create(&p, 100));
		CHECK_INT(others[i].label, 0, system("rm -r " FILE_OF));
	}
}

/* What is in the place of the directory. */
static const struct {
	const char *label, *make;
	int fresh, known;	/* for who never saw it, and who did */
} places[] = {
	{ "the place itself", ":", 0, 0 },
	{ "others may look in", "chmod 0750 sessions", -EPERM, -EPERM },
	{ "set-user-ID", "chmod 04700 sessions", -EPERM, -EPERM },
	{ "somebody's", "chown 1 sessions", -EPERM, -EPERM },
	{ "another of the same name",
	  "mv sessions old; mkdir -m 0700 sessions", 0, -EXDEV },
	{ "a link to it", "mv sessions old; ln -s old sessions", -ENOTDIR,
	  -EXDEV },
	{ "a file", "mv sessions old; :>sessions", -ENOTDIR, -EXDEV },
	{ "nothing", "mv sessions old", -ENOENT, -EXDEV },
};

static int
sign(int fd)
{
	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

static void
check_places(void)
{
	for (size_t i = 0; i < COUNT(places); i++) {
		struct store fresh = { 0 }, known = { 0 };

		CHECK_INT("seen", 0, sign(store_open(STORE_SESSIONS, &known)));
		CHECK_INT("there", 0, chdir("/run/usher"));
		CHECK_INT(places[i].label, 0, system(places[i].make));
		CHECK_INT(places[i].label, places[i].fresh,
		    sign(store_open(STORE_SESSIONS, &fresh)));
		CHECK_INT(places[i].label, places[i].known,
		    sign(store_open(STORE_SESSIONS, &known)));
		CHECK_INT(places[i].label, 0, system("if [ -e old ]; then "
		    "rm -rf sessions; mv old sessions; fi; "
		    "chown 0 sessions; chmod 00700 sessions"));
	}
}

static const struct {
	const char *label, *id;
	bool good;
} ids[] = {
	{ "one", ID, true },
	{ "upper case", "019ABC00-0000-7000-8000-000000000001", false },
	{ "too short", "019abc00-0000-7000-8000-00000000000", false },
	{ "too long", ID "0", false },
	{ "nothing", "", false },
	{ "a way out", "../../../../../../../../../etc/passw", false },
	{ "a hyphen too early", "019abc0-00000-7000-8000-000000000001", false },
	{ "no hyphens", "019abc00000007000080000000000000001x", false },
};

static void
check_ids(void)
{
	for (size_t i = 0; i < COUNT(ids); i++) {
		struct store_name n = { "before" };

		CHECK_INT(ids[i].label, ids[i].good, store_is_id(ids[i].id));
		CHECK_INT(ids[i].label, ids[i].good,
		    store_name(&n, 7, ids[i].id));
		CHECK_STR(ids[i].label, ids[i].good ? "7/" ID : "before",
		    n.text);
	}
}

static int
list(void *ctx, const struct store_name *n)
{
	strcat(strcat(ctx, n->text), " ");
	return strncmp(n->text, "5/", 2) == 0 ? 42 : 0;
}

static void
check_each(void)
{
	struct store store = { 0 };
	_drop_(closep) int dir = store_open(STORE_SESSIONS, &store);
	char found[256] = "";

	CHECK_INT("made", 0, system("cd " STORE_SESSIONS "; rm -rf *; "
	    "mkdir 7 unknown other; :>7/" ID "; :>7/core; :>unknown/" ID
	    "; :>other/" ID "; :>" ID));
	CHECK_INT("one user's", 0, store_each(dir, 7, list, found));
	CHECK_STR("one user's", "7/" ID " ", found);
	*found = '\0';
	CHECK_INT("who has none", 0, store_each(dir, 8, list, found));
	CHECK_STR("who has none", "", found);
	CHECK_INT("all", 0, store_each(dir, (uid_t)-1, list, found));
	CHECK("all: the user's", strstr(found, "7/" ID));
	CHECK("all: nobody's", strstr(found, "unknown/" ID));
	CHECK_INT("all: and no other", 2 * strlen(ID) + strlen("7/unknown/  "),
	    strlen(found));
	*found = '\0';
	CHECK_INT("made", 0, system("cd " STORE_SESSIONS "; mkdir 5; :>5/" ID));
	CHECK_INT("until somebody has enough", 42,
	    store_each(dir, (uid_t)-1, list, found));
}

int
main(void)
{
	check_ids();
	if (!place_begin())
		return check_bad ? 1 : 77;
	store_name(&name, 1000, ID);
	check_create();
	check_lost();
	check_again();
	check_overflow();
	check_append();
	check_alone();
	check_child();
	check_killed();
	check_full();
	check_others();
	check_places();
	check_each();
	return TEST_RESULT();
}
