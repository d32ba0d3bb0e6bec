/* SPDX-License-Identifier: BSD-2-Clause */
/* Who works on a record's file is alone, and is so no longer than he lives. */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "record/test_page.h"
#include "record/test_place.h"

/* In place of the C library's: nobody waits, and something may happen while
 * somebody would. */
static unsigned waits;
static struct page *let_go;	/* of this, in the third wait, */
static bool removed;		/* and remove it before */

int
nanosleep(const struct timespec *time, struct timespec *left)
{
	(void)time;
	(void)left;
	if (++waits == 3 && let_go) {
		if (removed)
			test_page_remove();
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

static void
check_alone(void)
{
	struct page first, second;

	CHECK_INT("made", 0, test_page_create(&first, 100));
	page_close(&first);

	CHECK_INT("opened", 0, test_page_open(&first));
	wait_anew(NULL, false);
	CHECK_INT("not by two", -EBUSY, test_page_open(&second));
	CHECK_INT("half a second is waited", 50, waits);

	wait_anew(&first, false);
	CHECK_INT("when the first lets go", 0, test_page_open(&second));
	CHECK_INT("it is the second's", 3, waits);

	wait_anew(&second, true);
	CHECK_INT("removed while somebody waited", -ENOENT,
	    test_page_open(&first));
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

	CHECK_INT("made", 0, test_page_create(&p, 100));
	page_close(&p);
	CHECK_INT("opened", 0, test_page_open(&p));
	if (pipe(wait) < 0)
		abort();
	child = fork();
	if (child == 0) {
		close(wait[1]);
		_exit(read(wait[0], &c, 1) != 0);
	}
	page_close(&p);
	wait_anew(NULL, false);
	CHECK_INT("a child does not keep the lock", 0, test_page_open(&q));
	CHECK_INT("no wait", 0, waits);
	page_close(&q);
	close(wait[0]);
	close(wait[1]);
	waitpid(child, NULL, 0);
	test_page_remove();
}

static void
check_killed(void)
{
	struct page p;
	pid_t child;

	CHECK_INT("made", 0, test_page_create(&p, 100));
	page_close(&p);
	child = fork();
	if (child == 0) {
		if (test_page_open(&p) == 0 &&
		    test_page_note(&p, "env", "A=1") == 0)
			kill(getpid(), SIGKILL);
		_exit(1);
	}
	waitpid(child, NULL, 0);
	CHECK_STR("what was noted is there", "A=1", test_page_env());
	wait_anew(NULL, false);
	CHECK_INT("and the lock is free", 0, test_page_open(&p));
	page_close(&p);
	test_page_remove();
}

int
main(void)
{
	if (!place_begin())
		return 77;
	check_alone();
	check_child();
	check_killed();
	return TEST_RESULT();
}
