/* SPDX-License-Identifier: BSD-2-Clause */
/* The child of a program with threads may find the library's lock taken by a
 * thread that it does not have. It logs in all the same, in bounded time and
 * memory, with what is on disk. Linked with the library's own parts: from
 * outside nobody can take that lock. */
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "lab.h"
#include "libpam/lock.h"

#define PATIENCE 60
#define LOGINS 300

static unsigned
version(const char *service)
{
	struct login l;

	return lab_login(lab(), service, &l) ? l.module : 0;
}

static void
check_logins(const char *label)
{
	for (unsigned n = 1; n <= 5; n++) {
		CHECK(label, lab_put_module("m.so", n));
		CHECK_INT(label, n, version("own"));
		CHECK_INT(label, 1, version("svc"));
	}
}

static void
check_memory(const char *label)
{
	size_t before;

	if (LAB_SANITIZED)
		return;
	version("own");
	before = mallinfo2().uordblks;
	for (unsigned n = 0; n < LOGINS; n++)
		CHECK_INT(label, 5, version("own"));
	CHECK(label, mallinfo2().uordblks < before + LOGINS * 64);
}

/* Everything in a child, whose end runs the library's destructor, too. */
static void
check_child(const char *label, pid_t pid)
{
	int status = -1;

	if (pid == 0) {
		alarm(PATIENCE);
		check_run = check_bad = 0;
		check_logins(label);
		check_memory(label);
		lab_exit(TEST_RESULT());
	}
	waitpid(pid, &status, 0);
	CHECK(label, WIFEXITED(status));
	CHECK_INT(label, 0, WEXITSTATUS(status));
}

static pthread_barrier_t taken, done;

static void *
hold(void *arg)
{
	CHECK("the lock", lock_take());
	pthread_barrier_wait(&taken);
	pthread_barrier_wait(&done);
	lock_give();
	return arg;
}

/* No handler of pthread_atfork(3) runs. */
static pid_t
bare_fork(void)
{
	return (pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
}

static const struct {
	const char *label;
	pid_t (*fork)(void);
	bool before;		/* something is remembered already */
} cases[] = {
	{ "fork, nothing remembered", fork, false },
	{ "clone, nothing remembered", bare_fork, false },
	{ "fork, and the plan is remembered", fork, true },
	{ "clone, and the plan is remembered", bare_fork, true },
};

int
main(void)
{
	pthread_t thread;

	CHECK("preparation", lab_put("svc", LAB_ALL(LAB_MODULE, "")) &&
	    lab_put("own", LAB_ALL("%1$s/m.so", ""), lab()) &&
	    lab_put_module("m.so", 6));
	lab_age();
	pthread_barrier_init(&taken, NULL, 2);
	pthread_barrier_init(&done, NULL, 2);
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (cases[i].before) {
			version("svc");
			version("own");
		}
		pthread_create(&thread, NULL, hold, NULL);
		pthread_barrier_wait(&taken);
		fflush(stdout);
		check_child(cases[i].label, cases[i].fork());
		pthread_barrier_wait(&done);
		pthread_join(thread, NULL);
	}
	return TEST_RESULT();
}
