/* SPDX-License-Identifier: BSD-2-Clause */
/* What happened in a walk: one step for each entry that was reached. */
#ifndef ENGINE_TRAIL_H
#define ENGINE_TRAIL_H

#include "policy/policy.h"

struct step {
	const struct entry *entry;
	int answer;
	uint32_t ms;		/* the module's own time */
	uint32_t jump;		/* entries skipped by ACT_JUMP */
	uint8_t action;		/* enum action */
	bool granted;		/* its success counted: AU-2 */
	bool decided;		/* the verdict was its answer from here on */
};

/* All zero is an empty trail. */
struct trail {
	struct step *step;
	size_t count, cap;
	bool cut;		/* memory ran out: the end is missing */
};

/* Make room for one more step; false when memory ran out. */
bool trail_grow(struct trail *t);

/* Where the next step is written; it counts when trail_add says so. NULL: no
 * memory. A login never fails for want of memory for its trail. */
static inline struct step *
trail_next(struct trail *t)
{
	return t->count < t->cap || trail_grow(t) ? &t->step[t->count] : NULL;
}

/* Note a step. */
static inline void
trail_add(struct trail *t, const struct step *step)
{
	struct step *to = trail_next(t);

	if (!to)
		return;
	*to = *step;
	t->count++;
}

/* Forget the steps, keep the memory. */
void trail_clear(struct trail *t);

/* The step that made the verdict what it is, or NULL. */
const struct step *trail_decider(const struct trail *t);

void trail_free(struct trail *t);

#endif
