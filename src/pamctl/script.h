/* SPDX-License-Identifier: BSD-2-Clause */
/* What modules say, as the command line has it, and what comes out of a stack
 * with that. No module is called. */
#ifndef PAMCTL_SCRIPT_H
#define PAMCTL_SCRIPT_H

#include "engine/run.h"
#include "pamctl/options.h"

#define SCRIPT_OPTIONS 3

struct script {
	const char **set;	/* MODULE=CODE, the last that fits counts */
	const char **then;	/* the same for the second call */
	const char **others;	/* CODE of all others in the first */
	int other;
};

/* Both calls of a facility: authenticate and setcred, open and close. */
struct rehearsal {
	struct trail first, second;
	int code[2];
	int *kept;		/* by entry: what the second call goes by */
};

/* The options that fill in a script, as a verb's own. */
void script_options(struct script *s, struct verb_option to[SCRIPT_OPTIONS]);

/* 0, or with a complaint the status to exit with. */
int script_check(struct script *s);

/* Go through both calls; alone: the second without the first. 0 with
 * *out, to be ended, or -ENOMEM. */
int rehearse(const struct script *s, const struct chain *chain, bool alone,
    struct rehearsal *out);

void rehearsal_end(struct rehearsal *r);
void script_free(struct script *s);

#endif
