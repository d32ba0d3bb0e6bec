/* SPDX-License-Identifier: BSD-2-Clause */
/* For tests: small stacks of all kinds, made at random, and everything that can
 * happen in them, tried one by one with the library's own walk. */
#ifndef ANALYSIS_TEST_WORLD_H
#define ANALYSIS_TEST_WORLD_H

#include "analysis/explore.h"

#define WORLD_ENTRIES 6
#define WORLD_MARKS 3		/* bits */

struct world {
	uint64_t seed;
	struct chain chain;
	struct entry entry[WORLD_ENTRIES];
	uint32_t jump[WORLD_ENTRIES][CODE_COUNT];
	uint32_t answers[WORLD_ENTRIES];	/* what each can say */
	uint8_t mark[WORLD_ENTRIES][CODE_COUNT];
	int second[WORLD_ENTRIES];		/* answer to another function */
};

/* One of the things that can happen. */
struct fate {
	int code;
	struct trail trail;
	int answer[WORLD_ENTRIES];	/* also of those not asked */
};

/* A stack, the same for the same seed. */
void world_make(struct world *w, uint64_t seed);

/* Try every combination of answers. */
void world_each(const struct world *w,
    void (*see)(void *ctx, const struct world *w, const struct fate *fate),
    void *ctx);

/* The code of a second walk behind a first one with this trail, as the
 * library goes it; every entry gives its second answer. */
int world_again(const struct world *w, const struct trail *first);

/* The quest that looks for the same. */
struct quest world_quest(struct world *w);

/* The stack in words, for who must find out what is wrong with it. */
void world_print(const struct world *w);

#endif
