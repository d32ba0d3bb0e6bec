/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a walk stands, small enough to keep hundreds of thousands of them and
 * comparable byte by byte. Private to analysis/. */
#ifndef ANALYSIS_STANDING_H
#define ANALYSIS_STANDING_H

#include <stdint.h>

#include "engine/run.h"

/* A verdict is one byte: the mood above, the status below. */
struct standing {
	uint32_t at, marks;
	uint8_t depth, verdict;
	uint8_t saved[DEPTH_MAX];	/* of the levels 1 and on */
};

struct standing standing_of(const struct walk *w, uint32_t marks);
struct walk standing_walk(const struct standing *s);

/* Forget of a walk what makes no difference to whether it succeeds: failures
 * are alike, and so are verdicts that are good and no success, but for
 * PAM_IGNORE. */
void standing_simplify(struct walk *w);

/* The code that comes out of the chain when the walk ends here. */
int standing_code(const struct standing *s);

/* The same before PAM_IGNORE is made a refusal. */
int standing_status(const struct standing *s);

#endif
