/* SPDX-License-Identifier: BSD-2-Clause */
/* usage: spawn [-q] TIMES PROGRAM [ARGUMENT...]
 * Run a program again and again, and print the time of each run in nanoseconds;
 * with -q the program itself says what it has measured. */
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "clock.h"

extern char **environ;

static double
run(char **argv)
{
	const double start = now_ns();
	int status;
	pid_t pid;

	if (posix_spawn(&pid, argv[0], NULL, NULL, argv, environ) != 0 ||
	    waitpid(pid, &status, 0) != pid || status != 0) {
		fprintf(stderr, "spawn: %s failed\n", argv[0]);
		exit(1);
	}
	return now_ns() - start;
}

int
main(int argc, char **argv)
{
	const bool quiet = argc > 1 && strcmp(argv[1], "-q") == 0;
	long times;

	argv += 1 + quiet;
	argc -= 1 + quiet;
	times = argc > 1 ? strtol(argv[0], NULL, 10) : 0;
	if (times <= 0)
		return 2;
	for (; times; times--) {
		const double ns = run(argv + 1);

		if (!quiet)
			printf("%.0f\n", ns);
	}
	return 0;
}
