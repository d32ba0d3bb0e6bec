/* SPDX-License-Identifier: BSD-2-Clause */
/* One agent: a child process that reads packets from its standard input and
 * writes an answer to each to its standard output. */
#ifndef LIBPAMC_AGENT_H
#define LIBPAMC_AGENT_H

#include <stdbool.h>
#include <sys/types.h>

#include <security/pam_client.h>

struct agent {
	struct agent *next; /* for the owner's list */
	char *id;
	pid_t pid;
	int to, from; /* -1 once it broke the rules or went away */
};

/* Start the program file as the agent id, which is copied. 0 or -errno; *out is
 * for agent_end. */
int agent_start(const char *id, const char *file, struct agent **out);

/* Put the agent's answer in the place of the sound packet *p. 0 or -errno;
 * after any failure the agent hears and says nothing more. */
int agent_ask(struct agent *a, pamc_bp_t *p);

/* Let it see the end of its input and wait for it, however long it takes; free.
 * Did it exit with 0? No, if somebody else waited for it. NULL did. */
bool agent_end(struct agent *a);

#endif
