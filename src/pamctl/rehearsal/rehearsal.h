/* SPDX-License-Identifier: BSD-2-Clause */
/* Both calls of a facility, authenticate and setcred or open and close, with
 * answers from the command line. No module is called. */
#ifndef PAMCTL_REHEARSAL_REHEARSAL_H
#define PAMCTL_REHEARSAL_REHEARSAL_H

#include "engine/run.h"
#include "pamctl/options.h"
#include "pamctl/rehearsal/supposed.h"

#define REHEARSAL_OPTIONS 3

struct rehearsal {
	struct supposed first, second;
	const char *others;	/* CODE of all others in the first call */
	struct trail trail[2];
	int code[2];
	int *kept;		/* by entry: what the second call goes by */
};

/* The options that say what is answered, as a verb's own. */
void rehearsal_options(struct rehearsal *r,
    struct verb_option to[REHEARSAL_OPTIONS]);

/* Whether they are understood; 0, or with a complaint the status to exit
 * with. */
int rehearsal_check(struct rehearsal *r);

/* Go through both calls; alone: the second without the first. 0 or
 * -ENOMEM. */
int rehearsal_go(struct rehearsal *r, const struct chain *chain, bool alone);

void rehearsal_end(struct rehearsal *r);

#endif
