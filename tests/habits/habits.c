/* SPDX-License-Identifier: BSD-2-Clause */
#include "habits.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE 60	/* seconds; a habit takes milliseconds */

static const struct habit *const all[] = { habits_files, habits_process,
	habits_signals, habits_limits, habits_handles, habits_places };

static bool
prepare(void)
{
	return lab_put("svc", LAB_ALL(LAB_MODULE, "")) &&
	    lab_put("data", LAB_ALL(LAB_MODULE, "data")) &&
	    lab_put("ask", "auth required " LAB_MODULE " ask\n"
		LAB_ALL(LAB_MODULE, ""));
}

/* 0, HABIT_SKIPPED, or 1. */
static int
run(const struct habit *habit)
{
	int status = -1;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		alarm(PATIENCE);
		lab_exit(habit->try());
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return 1;
	if (WIFSIGNALED(status))
		printf("%s: killed by signal %d\n", habit->label,
		    WTERMSIG(status));
	else if (WEXITSTATUS(status))
		printf("%s: %s\n", habit->label,
		    WEXITSTATUS(status) == HABIT_SKIPPED ? "not possible here" :
		    "failed");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int
main(int argc, char **argv)
{
	unsigned failed = 0, skipped = 0, done = 0;

	CHECK("preparation", prepare());
	lab_age();
	for (size_t i = 0; i < COUNT(all); i++) {
		for (const struct habit *h = all[i]; h->label; h++) {
			int rc;

			if (argc > 1 && !strstr(h->label, argv[1]))
				continue;
			rc = run(h);
			done++;
			skipped += rc == HABIT_SKIPPED;
			failed += rc && rc != HABIT_SKIPPED;
		}
	}
	printf("%u habits, %u failed, %u not possible here\n", done, failed,
	    skipped);
	return failed || !done || TEST_RESULT();
}
