/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/difference_search.h"

#include <errno.h>
#include <stdlib.h>

#include <security/_pam_types.h>

#include "base/grow.h"

uint32_t
search_but_success(uint32_t answers)
{
	return answers == BIT(PAM_SUCCESS) ? answers :
	    answers & ~BIT(PAM_SUCCESS);
}

bool
search_has_twin(const struct match *m, size_t label)
{
	return m->entry[SIDE_OLD][label] != NO_ENTRY &&
	    m->entry[SIDE_NEW][label] != NO_ENTRY;
}

/* Of the second call to a module that only one has it is not asked how it may
 * fail: everything would differ by that. */
uint32_t
search_answers(void *ctx, size_t label, enum lane lane)
{
	const struct search *s = ctx;
	const struct match *m = &s->out->match;
	const uint32_t may = s->in->answers(s->in->ctx,
	    match_entry(m, label), lane);

	if (lane == LANE_SECOND && !search_has_twin(m, label) &&
	    may & BIT(PAM_SUCCESS))
		return BIT(PAM_SUCCESS);
	return may;
}

uint32_t
search_entry_answers(void *ctx, const struct entry *e)
{
	const struct search *s = ctx;

	return s->in->answers(s->in->ctx, e, LANE_FIRST);
}

struct pairing
search_pairing(struct search *s,
    uint32_t (*answers)(void *ctx, size_t label, enum lane lane))
{
	return (struct pairing){ .match = &s->out->match, .answers = answers,
		.ctx = s, .lanes = 1, .grain = GRAIN_SUCCESS,
		.effort = &s->effort };
}

struct difference *
search_add(struct search *s, enum difference_kind kind, enum side side)
{
	struct differences *d = s->out;
	struct difference *new;

	if (GROW(d->difference, d->count, d->cap) < 0)
		return NULL;
	new = &d->difference[d->count++];
	*new = (struct difference){ .kind = kind, .side = side };
	return new;
}

int
search_add_shown(struct search *s, enum difference_kind kind, enum side side,
    const struct product *p, enum contrast contrast)
{
	struct difference *d = search_add(s, kind, side);

	if (!d || product_tell(p, contrast, &d->account) < 0)
		return -ENOMEM;
	d->told = true;
	d->all_fail = s->all_fail;
	return 0;
}

int
search_add_undecided(struct search *s)
{
	if (s->undecided)
		return 0;
	s->undecided = true;
	return search_add(s, DIFFERENCE_UNDECIDED, SIDE_OLD) ? 0 : -ENOMEM;
}
