/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "pamtest.h"
#include "stage.h"

#define IMPOSSIBLE 77

static void
child(const struct scenario *s, const char *actor,
    int (*act)(const struct scenario *s))
{
	if (!pamtest_world() && s->system)
		exit(IMPOSSIBLE);
	if (!stage_set(s, actor)) {
		printf("%s: cannot be set up\n", s->label);
		exit(1);
	}
	exit(act(s));
}

int
stage_apart(const struct scenario *s, const char *actor,
    int (*act)(const struct scenario *s))
{
	int status = -1;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0)
		child(s, actor, act);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == IMPOSSIBLE ? 0 :
	    status;
}

int
stage_each(int argc, char **argv, int (*act)(const struct scenario *s))
{
	for (size_t i = 0; argc > 1 && i < scenario_count; i++) {
		const struct scenario *s = &scenarios[i];

		if (argc == 2 || strcmp(argv[2], s->label) == 0)
			CHECK_INT(s->label, 0, stage_apart(s, argv[1], act));
	}
	return TEST_RESULT();
}
