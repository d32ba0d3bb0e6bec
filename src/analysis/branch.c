/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/branch.h"

#include <security/_pam_types.h>

/* What of the code goes into a verdict: 0 where it makes no difference. */
static unsigned
shade(enum grain grain, int code)
{
	if (grain == GRAIN_CODES)
		return (unsigned)code + 1;
	if (code == PAM_SUCCESS)
		return 1;
	return code == PAM_IGNORE ? 2 : 3;
}

/* whether a further yes would count. */
static bool
takes_more(const struct verdict *v)
{
	return v->mood == MOOD_NONE ||
	    (v->mood == MOOD_GOOD && v->status == PAM_SUCCESS);
}

/* A number for what the code does to the walk. */
static uint64_t
effect_of(const struct branches *b, int code)
{
	const struct verdict *v = &b->walk->verdict;
	const enum action action = (enum action)b->entry->action[code];
	uint64_t more = 0;

	switch (action) {
	case ACT_OK:
	case ACT_DONE:
		more = takes_more(v) ? shade(b->grain, code) : 0;
		break;
	case ACT_BAD:
	case ACT_DIE:
		/* the first failure names the error. */
		more = v->mood != MOOD_BAD && b->grain == GRAIN_CODES ?
		    shade(b->grain, code) : 0;
		break;
	case ACT_JUMP:
		more = b->entry->jump[code];
		break;
	case ACT_IGNORE:
	case ACT_RESET:
		break;
	}
	return more << 8 | action;
}

void
branches_add(struct branches *b, int code, uint32_t mark)
{
	const uint64_t effect = effect_of(b, code);

	for (size_t i = 0; i < b->count; i++) {
		if (b->effect[i] == effect && b->branch[i].mark == mark)
			return;
	}
	b->branch[b->count] = (struct branch){ code, mark };
	b->effect[b->count++] = effect;
}
