/* SPDX-License-Identifier: BSD-2-Clause */
/* For tests: two small stacks of which one is an edit of the other, and what
 * trying every combination of answers in both shows. */
#ifndef ANALYSIS_TEST_PAIR_H
#define ANALYSIS_TEST_PAIR_H

#include "analysis/product.h"
#include "analysis/test_world.h"

#define PAIR_LABELS (2 * WORLD_ENTRIES)

/* Two stacks, and what the modules of both can say. */
struct pair {
	struct world world[SIDE_COUNT];
	uint32_t answers[PAIR_LABELS], seconds[PAIR_LABELS];
	struct match match;
};

/* What trying everything shows. */
struct truth {
	bool lets_in[SIDE_COUNT], code, all_fail, again[SIDE_COUNT],
	    alone[SIDE_COUNT], asks[SIDE_COUNT][PAIR_LABELS],
	    ever[SIDE_COUNT][PAIR_LABELS], before[PAIR_LABELS][PAIR_LABELS];
	bool way[SIDE_COUNT][1u << PAIR_LABELS];	/* sets of labels */
};

/* A pair, the same for the same seed; its match is to be freed. */
void pair_make(struct pair *p, uint64_t seed);

/* Whether there are few enough combinations to try them all. */
bool pair_is_small(const struct pair *p);

/* Whether both stacks have the module of a label. */
bool pair_has_twin(const struct pair *p, size_t label);

/* Try them; twice: with every second walk as well. */
void pair_truth(struct truth *truth, const struct pair *p, bool twice);

#endif
