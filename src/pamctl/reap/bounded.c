/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/reap/bounded.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define AFTER_KILL 5		/* seconds for a killed process to be gone */

static struct timespec
in_seconds(unsigned seconds)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += seconds;
	return t;
}

/* False when that time is past. */
static bool
time_left(const struct timespec *end, struct timespec *left)
{
	clock_gettime(CLOCK_MONOTONIC, left);
	left->tv_sec = end->tv_sec - left->tv_sec;
	left->tv_nsec = end->tv_nsec - left->tv_nsec;
	if (left->tv_nsec < 0) {
		left->tv_sec--;
		left->tv_nsec += 1000000000;
	}
	return left->tv_sec >= 0;
}

/* True when it has ended; SIGCHLD is blocked. */
static bool
wait_for(pid_t child, unsigned seconds, int *status)
{
	const struct timespec end = in_seconds(seconds);
	struct timespec left;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	while (waitpid(child, status, WNOHANG) != child) {
		if (!time_left(&end, &left))
			return false;
		sigtimedwait(&set, NULL, &left);
	}
	return true;
}

/* One that the kernel does not let go of is left to it. */
static void
end_it(pid_t child)
{
	int status;

	kill(-child, SIGKILL);
	kill(child, SIGKILL);
	wait_for(child, AFTER_KILL, &status);
}

/* What is left to it when its caller ends is to end as well: nobody would keep
 * its time. */
static void
child(void (*work)(void *ctx), void *ctx, pid_t parent)
{
	setsid();
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent)
		work(ctx);
	_exit(0);
}

static int
run(void (*work)(void *ctx), void *ctx, unsigned deadline, int *status)
{
	const pid_t self = getpid();
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid < 0)
		return -errno;
	if (pid == 0)
		child(work, ctx, self);
	if (wait_for(pid, deadline, status))
		return 0;
	end_it(pid);
	return -ETIME;
}

int
bounded_run(void (*work)(void *ctx), void *ctx, unsigned deadline,
    int *status)
{
	const struct sigaction usual = { .sa_handler = SIG_DFL };
	struct sigaction old;
	sigset_t set, mask;
	int rc;

	sigaction(SIGCHLD, &usual, &old);
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, &mask);
	rc = run(work, ctx, deadline, status);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	sigaction(SIGCHLD, &old, NULL);
	return rc;
}
