/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/run/program.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pamctl/pamctl.h"

enum {
	CANNOT_RUN = 126,
	CANNOT_FIND = 127,
	BY_SIGNAL = 128,
};

struct signals {
	struct sigaction interrupt, quit;
};

/* What the terminal sends is for the program: we have a session to close. */
static void
signals_leave(struct signals *old)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };

	sigaction(SIGINT, &ignore, &old->interrupt);
	sigaction(SIGQUIT, &ignore, &old->quit);
}

static void
signals_take(const struct signals *old)
{
	sigaction(SIGINT, &old->interrupt, NULL);
	sigaction(SIGQUIT, &old->quit, NULL);
}

static int
become(char *const *program, char *const *environment, bool quiet)
{
	int error;

	if (!quiet || dup2(STDERR_FILENO, STDOUT_FILENO) >= 0)
		execvpe(program[0], program, environment);
	error = errno;
	return fail(error == ENOENT ? CANNOT_FIND : CANNOT_RUN, "%s: %s",
	    program[0], strerror(error));
}

static int
wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return fail(CANNOT_RUN, "%s", strerror(errno));
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) :
	    BY_SIGNAL + WTERMSIG(status);
}

int
program_run(char *const *program, char *const *environment, bool quiet)
{
	struct signals old;
	int status;
	pid_t pid;

	fflush(NULL);
	signals_leave(&old);
	pid = fork();
	if (pid == 0) {
		signals_take(&old);
		_exit(become(program, environment, quiet));
	}
	status = pid < 0 ? fail(CANNOT_RUN, "%s", strerror(errno)) :
	    wait_for(pid);
	signals_take(&old);
	return status;
}
