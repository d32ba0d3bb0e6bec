/* SPDX-License-Identifier: BSD-2-Clause */
/* Every way through a chain: which codes can come out of it, and how. The
 * verdict of each way is the engine's own; here is only the search. */
#ifndef ANALYSIS_EXPLORE_H
#define ANALYSIS_EXPLORE_H

#include <stdbool.h>
#include <stdint.h>

#include "analysis/branch.h"
#include "analysis/places.h"
#include "engine/run.h"

/* What is asked. Bit c of a set of codes stands for the code c. */
struct quest {
	const struct chain *chain;
	/* The answers that an entry may give. */
	uint32_t (*answers)(void *ctx, const struct entry *e);
	/* What is to be remembered of a way on which it gave this one: bits
	 * that add up along the way. NULL: nothing. */
	uint32_t (*marks)(void *ctx, const struct entry *e, int answer);
	void *ctx;
	enum grain grain;	/* of the codes that come out */
};

/* A code, and what was remembered on the shortest way that leads to it. With
 * GRAIN_SUCCESS the only codes are PAM_SUCCESS and any other. */
struct outcome {
	int code;
	uint32_t marks;
	uint32_t end;		/* the last step of that way, for explore_way */
};

struct exploration {
	struct outcome *outcome;
	size_t outcomes, outcome_cap;
	bool *reached;		/* by entry */
	bool *jumps_out;	/* by entry: a jump of it leaves its level */
	bool cut;		/* too many ways: some were not tried */
	/* A way ends in PAM_IGNORE: a refusal here (W-17), and elsewhere a code
	 * that programs do not know. */
	bool ignores;
	struct outcome ignored;	/* the first of those */
	const struct quest *quest;
	struct places places;	/* of struct standing */
};

/* Try everything. 0 with *out, to be ended, or -ENOMEM. The quest must stay as
 * long as the exploration. */
int explore(const struct quest *quest, struct exploration *out);

/* The steps of the way to an outcome, into an empty trail. */
void explore_way(const struct exploration *x, const struct outcome *o,
    struct trail *trail);

/* The first outcome with this code of which the marks under mask are want, or
 * NULL. Ways with fewer steps come first. */
const struct outcome *explore_find(const struct exploration *x, int code,
    uint32_t mask, uint32_t want);

void explore_end(struct exploration *x);

#endif
