/* SPDX-License-Identifier: BSD-2-Clause */
/* A child that is gone after its time, whatever it does, and how it ended. */
#include "pamctl/reap/bounded.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"

/* In place of the C library's: time passes as soon as somebody waits for it,
 * if the work is known to take too long; else the child's end is waited for. */
static time_t now;
static bool endless, killed;

int
clock_gettime(clockid_t id, struct timespec *ts)
{
	(void)id;
	*ts = (struct timespec){ now, 0 };
	return 0;
}

/* What the work has told of itself. */
static volatile struct told {
	pid_t group, other;
	bool blocked, there;
} *told;

int
sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *time)
{
	siginfo_t unused;

	(void)set;
	(void)info;
	if (!endless || killed)
		waitid(P_ALL, 0, &unused, WEXITED | WNOWAIT);
	else if (told->there)
		now += time->tv_sec + 1;
	return SIGCHLD;
}

int
kill(pid_t pid, int signal)
{
	killed = true;
	return (int)syscall(SYS_kill, pid, signal);
}

static void
come_back(void *ctx)
{
	(void)ctx;
	told->group = getpgrp();
}

static void
leave(void *ctx)
{
	_exit(*(const int *)ctx);
}

static void
crash(void *ctx)
{
	(void)ctx;
	signal(SIGKILL, SIG_DFL);
	syscall(SYS_kill, getpid(), SIGKILL);
}

static void
stay(void *ctx)
{
	sigset_t all;

	(void)ctx;
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	told->there = true;
	for (;;)
		pause();
}

/* With a child of its own, which the pipe tells of. */
static void
stay_with_others(void *ctx)
{
	told->other = fork();
	if (told->other == 0)
		close(((int *)ctx)[0]);
	stay(NULL);
}

static void
check_ends(void)
{
	int code = 3, status = -1;

	CHECK_INT("it came back", 0, bounded_run(come_back, NULL, 5, &status));
	CHECK("as if nothing was", WIFEXITED(status) && !WEXITSTATUS(status));
	CHECK("in a group of its own", told->group && told->group != getpgrp());
	CHECK_INT("it left", 0, bounded_run(leave, &code, 5, &status));
	CHECK_INT("with a status", 3, WEXITSTATUS(status));
	CHECK_INT("it crashed", 0, bounded_run(crash, NULL, 5, &status));
	CHECK("and that is known", WIFSIGNALED(status) &&
	    WTERMSIG(status) == SIGKILL);
}

/* The write end of the pipe is closed when the last of them is dead. */
static void
check_deadline(void)
{
	int status, end[2];
	char c;

	if (pipe(end) < 0)
		abort();
	endless = true;
	CHECK_INT("it stayed", -ETIME,
	    bounded_run(stay_with_others, end, 5, &status));
	CHECK_INT("for its time and no longer", 6, now);
	close(end[1]);
	CHECK_INT("all of its group are dead", 0, read(end[0], &c, 1));
	close(end[0]);
	endless = killed = told->there = false;
	CHECK_INT("nobody is left behind", -1, waitpid(-1, &status, WNOHANG));
}

/* Who ignores SIGCHLD has no children that could be waited for. */
static void
check_signals(void)
{
	struct sigaction action;
	sigset_t mask;
	int status;

	signal(SIGCHLD, SIG_IGN);
	CHECK_INT("also for who ignores children", 0,
	    bounded_run(come_back, NULL, 5, &status));
	sigaction(SIGCHLD, NULL, &action);
	CHECK("and goes on to", action.sa_handler == SIG_IGN);
	sigprocmask(SIG_SETMASK, NULL, &mask);
	CHECK("nothing stays blocked", !sigismember(&mask, SIGCHLD));
	signal(SIGCHLD, SIG_DFL);
}

/* The caller is killed while it waits. */
static void
check_caller(void)
{
	int status, end[2];
	pid_t caller;
	char c;

	if (pipe(end) < 0)
		abort();
	caller = fork();
	if (caller == 0) {
		close(end[0]);
		bounded_run(stay, NULL, 5, &status);
		_exit(0);
	}
	close(end[1]);
	while (!told->there)
		sched_yield();
	syscall(SYS_kill, caller, SIGKILL);
	waitpid(caller, &status, 0);
	CHECK_INT("its work ends with it", 0, read(end[0], &c, 1));
	close(end[0]);
}

int
main(void)
{
	told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (told == MAP_FAILED)
		abort();
	check_ends();
	check_deadline();
	check_signals();
	check_caller();
	return TEST_RESULT();
}
