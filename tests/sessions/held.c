/* SPDX-License-Identifier: BSD-2-Clause */
#include "held.h"

#include <signal.h>
#include <unistd.h>

#include "place.h"
#include "rig.h"

static int to[2], from[2];

pid_t
held_begin(int (*fn)(void *data), void *data)
{
	pid_t child;
	char c;

	rig_must(pipe(to) == 0 && pipe(from) == 0, "pipes");
	child = place_fork(fn, data);
	rig_must(read(from[0], &c, 1) == 1, "child");
	return child;
}

void
held_stop(void)
{
	char c;

	rig_must(write(from[1], "", 1) == 1 && read(to[0], &c, 1) == 1,
	    "pipes");
}

void
held_end(pid_t child)
{
	kill(child, SIGKILL);
	place_wait(child);
	for (int i = 0; i < 2; i++) {
		close(to[i]);
		close(from[i]);
	}
}
