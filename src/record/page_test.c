/* SPDX-License-Identifier: BSD-2-Clause */
/* A record's file: what is noted is there, and nothing that is not root's is
 * taken for one. */
#include "record/page.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/row.h"
#include "check.h"
#include "record/test_page.h"
#include "record/test_place.h"

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

	CHECK_INT("made", 0, test_page_create(&p, 100));
	CHECK_INT("nothing stays open", files, open_files());
	CHECK("it is there", lstat(TEST_PAGE, &st) == 0);
	CHECK_INT("root's alone", S_IFREG | 0600, st.st_mode);
	CHECK_INT("whole pages", 0, st.st_size % 4096);
	CHECK("so is its folder", lstat(STORE_SESSIONS "/1000", &st) == 0);
	CHECK_INT("root's alone", S_IFDIR | 0700, st.st_mode);
	CHECK_INT("not twice", -EEXIST, test_page_create(&q, 100));
	CHECK_INT("noted", 0, test_page_note(&p, "env", "A=1"));
	CHECK_STR("others see it at once", "A=1", test_page_env());
	page_close(&p);
	CHECK_STR("and later", "A=1", test_page_env());
	test_page_remove();
}

static void
check_lost(void)
{
	struct rows none = { .lost = true };
	struct store store = { 0 };
	_drop_(closep) int dir = store_open(STORE_SESSIONS, &store);
	struct page p;

	CHECK_INT("no record of half a head", -ENOMEM,
	    page_create(&p, dir, &store, &test_page, &none, 100));
	CHECK_INT("no file either", -1, access(TEST_PAGE, F_OK));
	CHECK_INT("made", 0, test_page_create(&p, 100));
	CHECK_INT("no half of a row", -ENOMEM, page_note(&p, &none));
	page_close(&p);
	test_page_remove();
}

static void
check_again(void)
{
	struct page p;

	CHECK_INT("made", 0, test_page_create(&p, 100));
	CHECK_INT("noted", 0, test_page_note(&p, "env", "A=1"));
	page_close(&p);
	CHECK_INT("opened", 0, test_page_open(&p));
	CHECK_INT("noted", 0, test_page_note(&p, "env", "B=2"));
	CHECK_INT("an answer", 0, page_note_answer(&p, "open", 3, 7));
	page_close(&p);
	CHECK_INT("opened", 0, test_page_open(&p));
	CHECK_INT("noted", 0, test_page_note(&p, "env", "C=3"));
	page_close(&p);
	CHECK_STR("one behind the other", "A=1 B=2 C=3", test_page_env());
	test_page_remove();
	CHECK_INT("gone is gone", -ENOENT, test_page_open(&p));
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
	CHECK_INT("made", 0, test_page_create(&p, 100));
	CHECK_INT("noted", 0, test_page_note(&p, "env", "A=1"));
	CHECK_INT("a long one", 0, test_page_note(&p, "tty", big));
	CHECK_INT("noted", 0, test_page_note(&p, "env", "B=2"));
	CHECK_INT("a long one", 0, test_page_note(&p, "env", big));
	CHECK_INT("noted", 0, test_page_note(&p, "env", "C=3"));
	page_close(&p);
	CHECK_INT("opened", 0, test_page_open(&p));
	CHECK_INT("noted", 0, test_page_note(&p, "env", "D=4"));
	page_close(&p);
	CHECK("all of them, in order", strcmp(want, test_page_env()) == 0);
	test_page_remove();
}

static void
check_append(void)
{
	static const char row[] = "\nenv B=2 .";
	struct store store = { 0 };
	_drop_(closep) int dir = store_open(STORE_SESSIONS, &store);
	struct page p;

	CHECK_INT("made", 0, test_page_create(&p, 100));
	CHECK_INT("noted", 0, test_page_note(&p, "env", "A=1"));
	CHECK_INT("by another, who needs no lock", 0,
	    store_append(dir, &test_page, row, strlen(row)));
	CHECK_INT("noted", 0, test_page_note(&p, "env", "C=3"));
	page_close(&p);
	CHECK_STR("none harms the other", "A=1 C=3 B=2", test_page_env());
	test_page_remove();
	CHECK_INT("to none there is nothing to append", -ENOENT,
	    store_append(dir, &test_page, row, strlen(row)));
}

static void
check_full(void)
{
	_drop_(freep) char *much = calloc(1, 2 << 20);
	_drop_(closep) int fd = open("/run/much", O_WRONLY | O_CREAT, 0600);
	struct page p;

	CHECK("the place is full", write_all(fd, much, 2 << 20) < 0);
	CHECK_INT("no record", -ENOSPC, test_page_create(&p, 100));
	CHECK_INT("nor half of one", -1, access(TEST_PAGE, F_OK));
	unlink("/run/much");
}

/* What is in the place of a record. */
static const struct {
	const char *label;
	const char *make;	/* by a shell, in the store */
	int want;
} others[] = {
	{ "a link", "ln -s /etc/passwd " TEST_PAGE, -ELOOP },
	{ "a fifo", "mkfifo -m 600 " TEST_PAGE, -EPERM },
	{ "somebody's file", "cp /etc/passwd " TEST_PAGE "; chown 1 " TEST_PAGE,
	  -EPERM },
	{ "a directory", "mkdir " TEST_PAGE, -EISDIR },
};

static void
check_others(void)
{
	for (size_t i = 0; i < COUNT(others); i++) {
		struct page p;

		CHECK_INT(others[i].label, 0, system(others[i].make));
		CHECK_INT(others[i].label, others[i].want, test_page_open(&p));
		CHECK_INT(others[i].label, -EEXIST, test_page_create(&p, 100));
		CHECK_INT(others[i].label, 0, system("rm -r " TEST_PAGE));
	}
}

int
main(void)
{
	if (!place_begin())
		return 77;
	check_create();
	check_lost();
	check_again();
	check_overflow();
	check_append();
	check_full();
	check_others();
	return TEST_RESULT();
}
