/* SPDX-License-Identifier: BSD-2-Clause */
/* What the user runs: tells who and where it is, and stays until it is told to
 * go (SIGTERM) or its terminal hangs up. */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "event.h"

static void
ended(int sig)
{
	_exit(sig == SIGTERM ? 0 : 1);
}

int
main(void)
{
	const char *session = getenv("CONDUCT_SESSION");
	struct event e;

	signal(SIGTERM, ended);
	signal(SIGHUP, ended);
	event_begin(&e, "shell");
	event_add(&e, "session", "%s", session ? session : "");
	event_send(&e);
	for (;;)
		pause();
}
