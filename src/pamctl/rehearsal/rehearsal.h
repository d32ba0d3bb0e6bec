/* SPDX-License-Identifier: BSD-2-Clause */
/* Both calls of a facility, authenticate and setcred or open and close, with
 * answers from the command line. No module is called. */
#ifndef PAMCTL_REHEARSAL_REHEARSAL_H
#define PAMCTL_REHEARSAL_REHEARSAL_H

#include "engine/run.h"
#include "pamctl/options.h"
#include "pamctl/policies/modules.h"
#include "pamctl/rehearsal/supposed.h"

#define REHEARSAL_OPTIONS 3

struct rehearsal {
	struct supposed first, second;
	struct modules can[2];	/* what they can answer, in each call */
	const char *others;	/* CODE of all others in the first call */
	struct trail trail[2];
	int code[2];
	int *kept;		/* by entry: what the second call goes by */
};

/* The options that say what is answered, as a verb's own. */
void rehearsal_options(struct rehearsal *r,
    struct verb_option to[REHEARSAL_OPTIONS]);

/* Whether they are understood, and what modules can answer; 0, or with a
 * complaint the status to exit with. */
int rehearsal_check(struct rehearsal *r, const struct options *o);

/* Go through both calls of a facility; alone: the second without the first
 * . 0 or -ENOMEM. */
int rehearsal_go(struct rehearsal *r, const struct chain *chain,
    enum facility f, bool alone);

void rehearsal_end(struct rehearsal *r);

#endif
