/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/difference.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "analysis/difference_search.h"
#include "base/drop.h"

/* Two stacks of 200 lines that have nothing in common take less than a second
 * with it. */
#define EFFORT ((size_t)32 << 20)

static uint32_t
alone_answers(void *ctx, size_t label, enum lane lane)
{
	(void)lane;
	return search_answers(ctx, label, LANE_SECOND);
}

/* The usual failure; or what else it has to say. */
static uint32_t
failing_answers(void *ctx, size_t label, enum lane lane)
{
	static const int usual[] = { PAM_AUTH_ERR, PAM_PERM_DENIED,
		PAM_USER_UNKNOWN };
	const uint32_t may =
	    search_but_success(search_answers(ctx, label, lane));
	const uint32_t fails = may & ~BIT(PAM_IGNORE);

	for (size_t i = 0; i < COUNT(usual); i++) {
		if (fails & BIT(usual[i]))
			return BIT(usual[i]);
	}
	return fails ? fails & -fails : may;
}

/* Who gets in, and who is asked. */
static int
look_first(struct search *s)
{
	const struct pairing pairing = search_pairing(s, search_answers);
	struct product p;
	int rc = product_try(&pairing, &p);

	if (rc < 0)
		return rc;
	rc = search_ways(s, &p);
	if (rc == 0)
		rc = search_asked(s, &p);
	if (rc == 0 && p.cut)
		rc = search_add_undecided(s);
	product_end(&p);
	return rc;
}

/* Try a pairing for contrasts of one kind. */
static int
look_for(struct search *s, const struct pairing *pairing,
    enum difference_kind kind, enum contrast from, enum contrast to)
{
	struct product p;
	int rc = product_try(pairing, &p);

	if (rc < 0)
		return rc;
	for (enum contrast c = from; c <= to && rc == 0; c++) {
		const enum side side = (c - from) % 2 ? SIDE_NEW : SIDE_OLD;

		if (p.end[c] != NO_PLACE)
			rc = search_add_shown(s, kind, side, &p, c);
	}
	if (rc == 0 && p.cut)
		rc = search_add_undecided(s);
	product_end(&p);
	return rc;
}

static bool
same_modules(const struct match *m)
{
	for (size_t l = 0; l < m->labels; l++) {
		if (!search_has_twin(m, l))
			return false;
	}
	return true;
}

/* The code of a refusal: where everything fails in the usual way, or else, if
 * both have the same modules, wherever there is another. */
static int
look_codes(struct search *s)
{
	struct pairing pairing = search_pairing(s, failing_answers);
	const size_t before = s->out->count;
	int rc;

	pairing.grain = GRAIN_CODES;
	s->all_fail = true;
	rc = look_for(s, &pairing, DIFFERENCE_CODE, CONTRAST_CODE,
	    CONTRAST_CODE);
	s->all_fail = false;
	if (rc < 0 || s->out->count > before || !same_modules(&s->out->match))
		return rc;
	pairing.answers = search_answers;
	return look_for(s, &pairing, DIFFERENCE_CODE, CONTRAST_CODE,
	    CONTRAST_CODE);
}

static int
look_second(struct search *s)
{
	struct pairing pairing = search_pairing(s, search_answers);
	int rc;

	pairing.lanes = LANE_COUNT;
	rc = look_for(s, &pairing, DIFFERENCE_AGAIN, CONTRAST_SECOND_OLD,
	    CONTRAST_SECOND_NEW);
	pairing = search_pairing(s, alone_answers);
	if (rc == 0)
		rc = look_for(s, &pairing, DIFFERENCE_ALONE, CONTRAST_OLD,
		    CONTRAST_NEW);
	return rc;
}

static int
explore_both(struct search *s, struct quest quest[])
{
	int rc = 0;

	for (int side = 0; side < SIDE_COUNT && rc == 0; side++) {
		quest[side] = (struct quest){ .chain = s->in->chain[side],
			.answers = search_entry_answers, .ctx = s,
			.grain = GRAIN_SUCCESS };
		rc = explore(&quest[side], &s->all[side]);
	}
	return rc;
}

static int
look(struct search *s)
{
	int rc = look_first(s);

	if (rc == 0)
		rc = look_codes(s);
	if (rc == 0 && s->in->twice)
		rc = look_second(s);
	return rc == 0 ? search_order(s) : rc;
}

int
differences_find(const struct inquiry *in, struct differences *out)
{
	struct search s = { .in = in, .out = out, .effort = EFFORT };
	struct quest quest[SIDE_COUNT];
	int rc;

	memset(out, 0, sizeof *out);
	if (match_alike(in->chain[SIDE_OLD], in->chain[SIDE_NEW]))
		return 0;
	rc = match_chains(in->chain[SIDE_OLD], in->chain[SIDE_NEW],
	    &out->match);
	if (rc == 0)
		rc = explore_both(&s, quest);
	if (rc == 0)
		rc = look(&s);
	explore_end(&s.all[SIDE_OLD]);
	explore_end(&s.all[SIDE_NEW]);
	if (rc < 0)
		differences_free(out);
	return rc;
}

void
differences_free(struct differences *d)
{
	for (size_t i = 0; i < d->count; i++)
		account_free(&d->difference[i].account);
	free(d->difference);
	match_free(&d->match);
	memset(d, 0, sizeof *d);
}
