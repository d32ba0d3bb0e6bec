/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a walk can go from an entry. Many codes do the same; one of them is
 * enough. Private to analysis/. */
#ifndef ANALYSIS_BRANCH_H
#define ANALYSIS_BRANCH_H

#include "engine/run.h"

struct branch {
	int code;		/* the first that does it */
	uint32_t mark;		/* the caller's: codes with others are others */
};

/* How closely codes are told apart. */
enum grain {
	GRAIN_CODES,		/* every failure is another one */
	GRAIN_SUCCESS,		/* success, PAM_IGNORE, and the rest */
};

/* The branches that leave a walk at an entry. */
struct branches {
	const struct walk *walk;
	const struct entry *entry;
	enum grain grain;
	struct branch branch[CODE_COUNT];
	uint64_t effect[CODE_COUNT];
	size_t count;
};

/* Add a code, unless one that is there does the same with the same mark. */
void branches_add(struct branches *b, int code, uint32_t mark);

#endif
