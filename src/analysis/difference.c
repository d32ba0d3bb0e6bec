/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/difference.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "base/grow.h"

#define BIT(code) (UINT32_C(1) << (code))
#define ACCOUNTS_MAX 16		/* ways of a side that are shown in full */
#define TRIES_MAX 100		/* pairs of modules that have changed places */

/* What is compared, and which answers are tried just now. */
struct search {
	const struct inquiry *in;
	struct differences *out;
	const struct way *way;	/* only these say yes, those of this side */
	enum side side;
	bool all_fail;
	bool undecided;		/* and said so */
	struct exploration all[SIDE_COUNT];	/* each stack for itself */
};

static uint32_t
but_success(uint32_t answers)
{
	return answers == BIT(PAM_SUCCESS) ? answers :
	    answers & ~BIT(PAM_SUCCESS);
}

static bool
has_twin(const struct match *m, size_t label)
{
	return m->entry[SIDE_OLD][label] != NO_ENTRY &&
	    m->entry[SIDE_NEW][label] != NO_ENTRY;
}

/* Of the second call to a module that only one has it is not asked how it may
 * fail: everything would differ by that. */
static uint32_t
all_answers(void *ctx, size_t label, enum lane lane)
{
	const struct search *s = ctx;
	const struct match *m = &s->out->match;
	const uint32_t may = s->in->answers(s->in->ctx,
	    match_entry(m, label), lane);

	if (lane == LANE_SECOND && !has_twin(m, label) &&
	    may & BIT(PAM_SUCCESS))
		return BIT(PAM_SUCCESS);
	return may;
}

static uint32_t
alone_answers(void *ctx, size_t label, enum lane lane)
{
	(void)lane;
	return all_answers(ctx, label, LANE_SECOND);
}

/* The usual failure; or what else it has to say. */
static uint32_t
failing_answers(void *ctx, size_t label, enum lane lane)
{
	static const int usual[] = { PAM_AUTH_ERR, PAM_PERM_DENIED,
		PAM_USER_UNKNOWN };
	const uint32_t may = but_success(all_answers(ctx, label, lane));
	const uint32_t fails = may & ~BIT(PAM_IGNORE);

	for (size_t i = 0; i < COUNT(usual); i++) {
		if (fails & BIT(usual[i]))
			return BIT(usual[i]);
	}
	return fails ? fails & -fails : may;
}

/* Those of the way say yes, the others do not. */
static uint32_t
way_answers(void *ctx, size_t label, enum lane lane)
{
	const struct search *s = ctx;
	const uint32_t entry = s->out->match.entry[s->side][label];

	if (entry != NO_ENTRY && way_has(s->way, entry))
		return BIT(PAM_SUCCESS);
	return but_success(all_answers(ctx, label, lane));
}

static struct pairing
pairing_of(struct search *s,
    uint32_t (*answers)(void *ctx, size_t label, enum lane lane))
{
	return (struct pairing){ &s->out->match, answers, s, 1,
		GRAIN_SUCCESS };
}

/* Room for one more of this kind; NULL: no memory. */
static struct difference *
add(struct differences *d, enum difference_kind kind, enum side side)
{
	struct difference *new;

	if (GROW(d->difference, d->count, d->cap) < 0)
		return NULL;
	new = &d->difference[d->count++];
	*new = (struct difference){ .kind = kind, .side = side };
	return new;
}

/* One that a product has shown. */
static int
add_shown(struct search *s, enum difference_kind kind, enum side side,
    const struct product *p, enum contrast contrast)
{
	struct difference *d = add(s->out, kind, side);

	if (!d || product_tell(p, contrast, &d->account) < 0)
		return -ENOMEM;
	d->told = true;
	d->all_fail = s->all_fail;
	return 0;
}

static int
add_undecided(struct search *s)
{
	if (s->undecided)
		return 0;
	s->undecided = true;
	return add(s->out, DIFFERENCE_UNDECIDED, SIDE_OLD) ? 0 : -ENOMEM;
}

/* The same modules, among the entries of the other side. False: it lacks one. */
static bool
twin_way(const struct match *m, enum side side, const struct way *way,
    struct way *twin)
{
	memset(twin, 0, sizeof *twin);
	for (size_t i = 0; i < m->chain[side]->count; i++) {
		uint32_t at;

		if (!way_has(way, i))
			continue;
		at = m->entry[!side][m->label[side][i]];
		if (at == NO_ENTRY || at >= WAY_ENTRIES)
			return false;
		twin->entry[at / 64] |= UINT64_C(1) << at % 64;
	}
	return true;
}

static bool
has_way(const struct ways *ways, const struct way *way)
{
	for (size_t i = 0; i < ways->count; i++) {
		if (memcmp(&ways->way[i], way, sizeof *way) == 0)
			return true;
	}
	return false;
}

static bool
is_unproved(const struct search *s, enum side side, const struct way *way)
{
	const struct chain *chain = s->in->chain[side];

	for (size_t i = 0; i < chain->count; i++) {
		if (way_has(way, i) &&
		    s->in->proves(s->in->ctx, &chain->entry[i]))
			return false;
	}
	return true;
}

/* How the way goes here, and where the other side refuses. */
static int
show_way(struct search *s, struct difference *d)
{
	const struct pairing pairing = pairing_of(s, way_answers);
	const enum contrast c = d->side == SIDE_OLD ?
	    CONTRAST_OLD : CONTRAST_NEW;
	struct product p;
	int rc;

	s->way = &d->way;
	s->side = d->side;
	rc = product_try(&pairing, &p);
	if (rc < 0)
		return rc;
	d->told = p.end[c] != NO_PLACE;
	d->less = !d->told && !p.cut;
	if (d->told)
		rc = product_tell(&p, c, &d->account);
	product_end(&p);
	return rc;
}

/* The ways of a side that the other has not. */
static int
compare_ways(struct search *s, const struct ways ways[], enum side side,
    size_t *count)
{
	for (size_t i = 0; i < ways[side].count; i++) {
		const struct way *way = &ways[side].way[i];
		struct difference *d;
		struct way twin;

		if (twin_way(&s->out->match, side, way, &twin) &&
		    has_way(&ways[!side], &twin))
			continue;
		d = add(s->out, DIFFERENCE_WAY, side);
		if (!d)
			return -ENOMEM;
		d->way = *way;
		d->unproved = is_unproved(s, side, way);
		if (++*count <= ACCOUNTS_MAX && show_way(s, d) < 0)
			return -ENOMEM;
	}
	return 0;
}

static uint32_t
entry_answers(void *ctx, const struct entry *e)
{
	const struct search *s = ctx;

	return s->in->answers(s->in->ctx, e, LANE_FIRST);
}

static int
find_ways(struct search *s, enum side side, struct ways *out)
{
	const struct quest quest = { .chain = s->in->chain[side],
		.answers = entry_answers, .ctx = s };

	return ways_find(&quest, out);
}

/* The ways of both; where they cannot be counted, none is told. */
static int
look_ways(struct search *s, size_t count[])
{
	struct ways ways[SIDE_COUNT] = { 0 };
	int rc = find_ways(s, SIDE_OLD, &ways[SIDE_OLD]);

	if (rc == 0)
		rc = find_ways(s, SIDE_NEW, &ways[SIDE_NEW]);
	for (int side = 0; side < SIDE_COUNT && rc == 0; side++) {
		if (!ways[SIDE_OLD].cut && !ways[SIDE_NEW].cut)
			rc = compare_ways(s, ways, (enum side)side,
			    &count[side]);
	}
	ways_free(&ways[SIDE_OLD]);
	ways_free(&ways[SIDE_NEW]);
	return rc;
}

static bool
shows_proof(const struct search *s, const struct trail *t)
{
	for (size_t i = 0; i < t->count; i++) {
		if (t->step[i].answer == PAM_SUCCESS &&
		    s->in->proves(s->in->ctx, t->step[i].entry))
			return true;
	}
	return false;
}

static int
add_case(struct search *s, const struct product *p, enum side side)
{
	struct difference *d;
	const int rc = add_shown(s, DIFFERENCE_CASE, side, p,
	    side == SIDE_OLD ? CONTRAST_OLD : CONTRAST_NEW);

	if (rc < 0)
		return rc;
	d = &s->out->difference[s->out->count - 1];
	d->unproved = !shows_proof(s, &d->account.trail[side][LANE_FIRST]);
	return 0;
}

static int
add_asked(struct search *s, enum side side, size_t label)
{
	struct difference *d = add(s->out, DIFFERENCE_ASKED, side);
	const uint32_t entry = s->out->match.entry[!side][label];

	if (!d)
		return -ENOMEM;
	d->label = label;
	d->never = entry == NO_ENTRY || !s->all[!side].reached[entry];
	return 0;
}

static int
look_asked(struct search *s, const struct product *p)
{
	for (size_t l = 0; l < s->out->match.labels; l++) {
		for (int side = 0; side < SIDE_COUNT; side++) {
			if (p->asks[side][l] &&
			    add_asked(s, (enum side)side, l) < 0)
				return -ENOMEM;
		}
	}
	return 0;
}

/* Whether on some way both sides ask both. */
static int
look_watched(struct search *s, const size_t watch[2])
{
	struct pairing pairing = pairing_of(s, all_answers);
	struct difference *d;
	struct product p;
	int rc;

	pairing.watch = watch;
	rc = product_try(&pairing, &p);
	if (rc == 0 && p.end[CONTRAST_WATCHED] != NO_PLACE) {
		rc = add_shown(s, DIFFERENCE_ORDER, SIDE_NEW, &p,
		    CONTRAST_WATCHED);
		d = &s->out->difference[s->out->count - 1];
		d->label = watch[1];
		d->before = watch[0];
	} else if (rc == 0 && p.cut) {
		rc = add_undecided(s);
	}
	product_end(&p);
	return rc;
}

static bool
both_reach(const struct search *s, size_t label)
{
	const struct match *m = &s->out->match;
	bool yes = true;

	for (int side = 0; side < SIDE_COUNT; side++) {
		const uint32_t at = m->entry[side][label];

		yes &= at != NO_ENTRY && s->all[side].reached[at];
	}
	return yes;
}

/* The modules before this one in the old stack that the new one has behind it,
 * the nearest first. Labels of the old stack are in its order. */
static int
look_before(struct search *s, size_t label, unsigned *tries)
{
	const uint32_t *at = s->out->match.entry[SIDE_NEW];
	const size_t count = s->out->count;
	int rc = 0;

	for (size_t l = label; l-- > 0 && rc == 0 && s->out->count == count &&
	    !s->undecided;) {
		const size_t watch[] = { l, label };

		if (!both_reach(s, l) || at[l] < at[label])
			continue;
		rc = ++*tries > TRIES_MAX ? add_undecided(s) :
		    look_watched(s, watch);
	}
	return rc;
}

static int
look_order(struct search *s)
{
	unsigned tries = 0;
	int rc = 0;

	for (size_t l = 0; l < s->out->match.labels && rc == 0; l++) {
		if (both_reach(s, l))
			rc = look_before(s, l, &tries);
	}
	return rc;
}

/* Who gets in, and who is asked. */
static int
look_first(struct search *s)
{
	const struct pairing pairing = pairing_of(s, all_answers);
	size_t ways[SIDE_COUNT] = { 0 };
	struct product p;
	int rc = product_try(&pairing, &p);

	if (rc < 0)
		return rc;
	if (p.cut || p.end[CONTRAST_OLD] != NO_PLACE ||
	    p.end[CONTRAST_NEW] != NO_PLACE)
		rc = look_ways(s, ways);
	for (int side = 0; side < SIDE_COUNT && rc == 0; side++) {
		if (p.end[CONTRAST_OLD + side] != NO_PLACE && !ways[side])
			rc = add_case(s, &p, (enum side)side);
	}
	if (rc == 0)
		rc = look_asked(s, &p);
	if (rc == 0 && p.cut)
		rc = add_undecided(s);
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
			rc = add_shown(s, kind, side, &p, c);
	}
	if (rc == 0 && p.cut)
		rc = add_undecided(s);
	product_end(&p);
	return rc;
}

static bool
same_modules(const struct match *m)
{
	for (size_t l = 0; l < m->labels; l++) {
		if (!has_twin(m, l))
			return false;
	}
	return true;
}

/* The code of a refusal: where everything fails in the usual way, or else, if
 * both have the same modules, wherever there is another. */
static int
look_codes(struct search *s)
{
	struct pairing pairing = pairing_of(s, failing_answers);
	const size_t before = s->out->count;
	int rc;

	pairing.grain = GRAIN_CODES;
	s->all_fail = true;
	rc = look_for(s, &pairing, DIFFERENCE_CODE, CONTRAST_CODE,
	    CONTRAST_CODE);
	s->all_fail = false;
	if (rc < 0 || s->out->count > before || !same_modules(&s->out->match))
		return rc;
	pairing.answers = all_answers;
	return look_for(s, &pairing, DIFFERENCE_CODE, CONTRAST_CODE,
	    CONTRAST_CODE);
}

static int
look_second(struct search *s)
{
	struct pairing pairing = pairing_of(s, all_answers);
	int rc;

	pairing.lanes = LANE_COUNT;
	rc = look_for(s, &pairing, DIFFERENCE_AGAIN, CONTRAST_SECOND_OLD,
	    CONTRAST_SECOND_NEW);
	pairing = pairing_of(s, alone_answers);
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
			.answers = entry_answers, .ctx = s,
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
	return rc == 0 ? look_order(s) : rc;
}

int
differences_find(const struct inquiry *in, struct differences *out)
{
	struct search s = { .in = in, .out = out };
	struct quest quest[SIDE_COUNT];
	int rc;

	memset(out, 0, sizeof *out);
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
