/* SPDX-License-Identifier: BSD-2-Clause */
/* The ways in: every smallest set of modules whose success is enough. */
#ifndef ANALYSIS_WAYS_H
#define ANALYSIS_WAYS_H

#include "analysis/explore.h"

#define WAY_ENTRIES 256		/* of a chain; longer ones are cut off */

/* The entries that answered success on the way. */
struct way {
	uint64_t entry[WAY_ENTRIES / 64];
};

struct ways {
	struct way *way;
	size_t count, cap;
	bool cut;		/* there are more: not all were tried */
};

/* Find them. Entries that can only succeed stand in no set: nothing depends
 * on them. 0 with *out, whose array the caller frees by ways_free, or
 * -ENOMEM. quest->marks is not used. */
int ways_find(const struct quest *quest, struct ways *out);

bool way_has(const struct way *w, size_t entry);

void ways_free(struct ways *ways);

#endif
