/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/difference_search.h"

#include <errno.h>
#include <string.h>

#include <security/_pam_types.h>

#define ACCOUNTS_MAX 16		/* ways of a side that are shown in full */

/* Those of the way say yes, the others do not. */
static uint32_t
way_answers(void *ctx, size_t label, enum lane lane)
{
	const struct search *s = ctx;
	const uint32_t entry = s->out->match.entry[s->side][label];

	if (entry != NO_ENTRY && way_has(s->way, entry))
		return BIT(PAM_SUCCESS);
	return search_but_success(search_answers(ctx, label, lane));
}

/* The same modules, among the entries of the other side; false: it lacks
 * one. */
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
	const struct pairing pairing = search_pairing(s, way_answers);
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
		d = search_add(s, DIFFERENCE_WAY, side);
		if (!d)
			return -ENOMEM;
		d->way = *way;
		d->unproved = is_unproved(s, side, way);
		if (++*count <= ACCOUNTS_MAX && show_way(s, d) < 0)
			return -ENOMEM;
	}
	return 0;
}

static int
find_ways(struct search *s, enum side side, struct ways *out)
{
	const struct quest quest = { .chain = s->in->chain[side],
		.answers = search_entry_answers, .ctx = s };

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
	const int rc = search_add_shown(s, DIFFERENCE_CASE, side, p,
	    side == SIDE_OLD ? CONTRAST_OLD : CONTRAST_NEW);

	if (rc < 0)
		return rc;
	d = &s->out->difference[s->out->count - 1];
	d->unproved = !shows_proof(s, &d->account.trail[side][LANE_FIRST]);
	return 0;
}

int
search_ways(struct search *s, const struct product *p)
{
	size_t ways[SIDE_COUNT] = { 0 };
	int rc = 0;

	if (p->cut || p->end[CONTRAST_OLD] != NO_PLACE ||
	    p->end[CONTRAST_NEW] != NO_PLACE)
		rc = look_ways(s, ways);
	for (int side = 0; side < SIDE_COUNT && rc == 0; side++) {
		if (p->end[CONTRAST_OLD + side] != NO_PLACE && !ways[side])
			rc = add_case(s, p, (enum side)side);
	}
	return rc;
}
