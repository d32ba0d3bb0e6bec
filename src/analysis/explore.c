/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/explore.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "analysis/standing.h"
#include "base/drop.h"
#include "base/grow.h"

/* A stack of 200 lines stays far below; beyond, the search says so. */
#define NODES_MAX 400000

/* Note a place where a walk can come to, once. */
static int
add_place(struct exploration *x, const struct standing *place, uint32_t from,
    int answer)
{
	const int rc = places_add(&x->places, place, from, answer);

	x->cut |= rc == -E2BIG;
	return rc == -E2BIG ? 0 : rc;
}

static int
add_outcome(struct exploration *x, uint32_t node)
{
	const struct standing *p = places_at(&x->places, node);
	const int code = standing_code(p);

	if (!x->ignores && standing_status(p) == PAM_IGNORE) {
		x->ignores = true;
		x->ignored = (struct outcome){ PAM_IGNORE, p->marks, node };
	}
	for (size_t i = 0; i < x->outcomes; i++) {
		if (x->outcome[i].code == code &&
		    x->outcome[i].marks == p->marks)
			return 0;
	}
	if (GROW(x->outcome, x->outcomes, x->outcome_cap) < 0)
		return -ENOMEM;
	x->outcome[x->outcomes++] = (struct outcome){ code, p->marks, node };
	return 0;
}

static uint32_t
marks_for(const struct quest *q, const struct entry *e, int answer)
{
	return q->marks ? q->marks(q->ctx, e, answer) : 0;
}

static void
branch_out(const struct quest *q, struct branches *b)
{
	uint32_t answers = UINT32_C(1) << PAM_PERM_DENIED;

	if (b->entry->kind == ENTRY_MODULE)
		answers = q->answers(q->ctx, b->entry) &
		    ~(UINT32_C(1) << PAM_INCOMPLETE);
	for (int code = 0; code < CODE_COUNT; code++) {
		if (answers >> code & 1)
			branches_add(b, code,
			    marks_for(q, b->entry, code));
	}
}

/* What the entry can say, and where each leads. */
static int
expand(struct exploration *x, uint32_t node, const struct walk *w,
    const struct entry *e)
{
	const struct quest *q = x->quest;
	const struct standing *here = places_at(&x->places, node);
	const uint32_t before = here->marks;
	struct branches b = { .walk = w, .entry = e, .grain = q->grain };

	branch_out(q, &b);
	for (size_t i = 0; i < b.count; i++) {
		const int code = b.branch[i].code;
		struct step step = { .answer = code };
		struct walk next = *w;
		struct standing place;

		walk_take(q->chain, &next, &step, code, false);
		if (next.bad_jump)
			x->jumps_out[next.bad_jump - q->chain->entry] = true;
		if (q->grain == GRAIN_SUCCESS)
			standing_simplify(&next);
		place = standing_of(&next, before | b.branch[i].mark);
		if (add_place(x, &place, node, code) < 0)
			return -ENOMEM;
	}
	return 0;
}

static int
visit(struct exploration *x, uint32_t node)
{
	struct walk w = standing_walk(places_at(&x->places, node));
	const struct entry *e = walk_next(x->quest->chain, &w);

	if (!e)
		return add_outcome(x, node);
	x->reached[e - x->quest->chain->entry] = true;
	return expand(x, node, &w, e);
}

static int
begin(struct exploration *x, const struct quest *quest)
{
	const size_t n = quest->chain->count + 1;
	struct standing start;
	struct walk w;

	memset(x, 0, sizeof *x);
	x->quest = quest;
	x->places.size = sizeof start;
	x->places.max = NODES_MAX;
	x->reached = calloc(n, sizeof *x->reached);
	x->jumps_out = calloc(n, sizeof *x->jumps_out);
	if (!x->reached || !x->jumps_out)
		return -ENOMEM;
	walk_begin(&w);
	start = standing_of(&w, 0);
	return add_place(x, &start, NO_PLACE, 0);
}

int
explore(const struct quest *quest, struct exploration *out)
{
	int rc = begin(out, quest);

	/* Nodes come in the order of their distance: the first way to a place
	 * is a shortest one. */
	for (uint32_t i = 0; i < out->places.count && rc == 0; i++)
		rc = visit(out, i);
	if (rc < 0)
		explore_end(out);
	return rc;
}

/* What memory there is for the answers decides how far the way is told. */
void
explore_way(const struct exploration *x, const struct outcome *o,
    struct trail *trail)
{
	const size_t max = x->quest->chain->count;
	_drop_(freep) uint8_t *answer = calloc(max + 1, sizeof *answer);
	const size_t steps = answer ?
	    places_way(&x->places, o->end, answer, max) : 0;
	struct walk w;

	trail->cut = !answer;
	walk_begin(&w);
	for (size_t i = 0; i < steps; i++) {
		struct step step = { .answer = answer[i] };

		if (!walk_next(x->quest->chain, &w))
			return;
		walk_take(x->quest->chain, &w, &step, answer[i], false);
		trail_add(trail, &step);
	}
}

const struct outcome *
explore_find(const struct exploration *x, int code, uint32_t mask,
    uint32_t want)
{
	for (size_t i = 0; i < x->outcomes; i++) {
		const struct outcome *o = &x->outcome[i];

		if (o->code == code && (o->marks & mask) == want)
			return o;
	}
	return NULL;
}

void
explore_end(struct exploration *x)
{
	free(x->outcome);
	free(x->reached);
	free(x->jumps_out);
	places_free(&x->places);
	memset(x, 0, sizeof *x);
}
