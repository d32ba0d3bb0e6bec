/* SPDX-License-Identifier: BSD-2-Clause */
/* The walk down a chain: whom to ask next, and when it is over (core rules X
 * and R). Asking is the caller's; nothing here touches the world. */
#ifndef ENGINE_RUN_H
#define ENGINE_RUN_H

#include "engine/trail.h"
#include "engine/verdict.h"

#define DEPTH_MAX 16		/* the service file and its 15 includes */
#define KEPT_NONE (-1)		/* an entry that has not answered: X-21 */

struct run {
	const struct chain *chain;
	int *kept;		/* answer of each entry, or NULL */
	bool follow;		/* judge by the kept answers: the frozen chain */
	/* The answer of a module entry, and the time it took. */
	int (*ask)(void *ctx, const struct entry *e, uint32_t *ms);
	void *ctx;
	struct trail *trail;
};

/* How far a walk has come. */
struct walk {
	size_t at;
	unsigned depth;
	struct verdict verdict;
	struct verdict saved[DEPTH_MAX + 1];	/* at each level's start */
	const struct entry *bad_jump;	/* it led out of its level: X-13 */
};

/* The start of a chain. */
void walk_begin(struct walk *w);

/* The entry whose answer is wanted next; NULL when the walk is over. */
const struct entry *walk_next(const struct chain *chain, struct walk *w);

/* Judge the answer of that entry, s->answer, and move on; the rest of the step
 * is filled in. key decides what is done: the answer itself, or in a frozen
 * chain the one that the entry gave the first time. */
void walk_take(const struct chain *chain, struct walk *w, struct step *s,
    int key, bool frozen);

/* Go on from where w stands. The code of the chain; or PAM_INCOMPLETE, and the
 * next run with the same w asks the same entry again. */
int run(const struct run *r, struct walk *w);

#endif
