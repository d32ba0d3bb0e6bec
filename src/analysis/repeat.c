/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/repeat.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "analysis/branch.h"
#include "analysis/places.h"
#include "analysis/standing.h"
#include "base/drop.h"

#define PLACES_MAX 200000
#define NO_ANSWER 0xff		/* the first walk did not come by */

/* Where both walks stand. Both only go forward, and what the first answered at
 * an entry matters to the second there and nowhere else: so they go side by
 * side, the one that is behind first. */
struct couple {
	struct standing first, second;
};

struct attempt {
	const struct repeat *r;
	struct places places;	/* of struct couple */
	struct mishap *out;
};

static struct couple
couple_of(struct walk *first, struct walk *second)
{
	struct couple c;

	memset(&c, 0, sizeof c);
	standing_simplify(first);
	standing_simplify(second);
	c.first = standing_of(first, 0);
	c.second = standing_of(second, 0);
	return c;
}

/* The second walk passes an entry at which the first gave this answer. */
static void
pass_again(const struct repeat *r, struct walk *w, const struct entry *e,
    int answer, struct step *s)
{
	const bool frozen = answer != NO_ANSWER;

	*s = (struct step){ .answer = e->kind == ENTRY_MODULE ?
		r->second(r->ctx, e) : PAM_PERM_DENIED };
	walk_take(r->chain, w, s, frozen ? answer : s->answer, frozen);
}

static int
add(struct attempt *a, struct walk *first, struct walk *second, uint32_t from,
    int answer)
{
	const struct couple c = couple_of(first, second);
	const int rc = places_add(&a->places, &c, from, answer);

	a->out->cut |= rc == -E2BIG;
	return rc == -E2BIG ? 0 : rc;
}

static uint32_t
answers_of(const struct repeat *r, const struct entry *e)
{
	if (e->kind != ENTRY_MODULE)
		return UINT32_C(1) << PAM_PERM_DENIED;
	return r->first(r->ctx, e) & ~(UINT32_C(1) << PAM_INCOMPLETE);
}

/* To the second walk it matters whether the first time nothing was said. */
static void
branch_out(const struct repeat *r, struct branches *b)
{
	const uint32_t answers = answers_of(r, b->entry);

	for (int code = 0; code < CODE_COUNT; code++) {
		if (answers >> code & 1)
			branches_add(b, code, code == PAM_IGNORE);
	}
}

/* The first walk stands before an entry, and the second perhaps too. */
static int
go_first(struct attempt *a, uint32_t from, const struct walk *first,
    const struct walk *second, const struct entry *e)
{
	const struct repeat *r = a->r;
	const bool both = second->at == first->at;
	struct branches b = { .walk = first, .entry = e,
		.grain = GRAIN_SUCCESS };
	int rc = 0;

	branch_out(r, &b);
	for (size_t i = 0; i < b.count && rc == 0; i++) {
		const int code = b.branch[i].code;
		struct walk w1 = *first, w2 = *second;
		struct step step = { .answer = code }, again;

		walk_take(r->chain, &w1, &step, code, false);
		if (both)
			pass_again(r, &w2, e, code, &again);
		rc = add(a, &w1, &w2, from, code);
	}
	return rc;
}

/* The first walk went around this entry. */
static int
go_second(struct attempt *a, uint32_t from, struct walk *first,
    struct walk *second, const struct entry *e)
{
	struct step step;

	pass_again(a->r, second, e, NO_ANSWER, &step);
	return add(a, first, second, from, NO_ANSWER);
}

/* 1 when both are at their ends and the mishap is there. */
static int
visit(struct attempt *a, uint32_t number)
{
	const struct couple *c = places_at(&a->places, number);
	struct walk first = standing_walk(&c->first);
	struct walk second = standing_walk(&c->second);
	const struct entry *e1 = walk_next(a->r->chain, &first);
	const struct entry *e2 = walk_next(a->r->chain, &second);

	if (!e1 && !e2)
		return verdict_end(&first.verdict) == PAM_SUCCESS &&
		    verdict_end(&second.verdict) != PAM_SUCCESS;
	if (e2 && (!e1 || second.at < first.at))
		return go_second(a, number, &first, &second, e2);
	return go_first(a, number, &first, &second, e1);
}

/* Both walks once more, as they were, to show them. */
static void
retrace(struct attempt *a, const uint8_t *answer, size_t steps)
{
	const struct chain *chain = a->r->chain;
	struct mishap *out = a->out;
	struct walk first, second;

	walk_begin(&first);
	walk_begin(&second);
	for (size_t i = 0; i < steps; i++) {
		const struct entry *e1 = walk_next(chain, &first);
		const struct entry *e2 = walk_next(chain, &second);
		struct step step = { .answer = answer[i] };

		if (answer[i] != NO_ANSWER && e1) {
			walk_take(chain, &first, &step, answer[i], false);
			trail_add(&out->first, &step);
		}
		if (e2 && (answer[i] == NO_ANSWER || e2 == e1)) {
			pass_again(a->r, &second, e2, answer[i], &step);
			trail_add(&out->second, &step);
		}
	}
	walk_next(chain, &second);
	out->code = verdict_end(&second.verdict);
}

static int
tell(struct attempt *a, uint32_t number)
{
	const size_t max = 2 * a->r->chain->count;
	_drop_(freep) uint8_t *answer = calloc(max + 1, sizeof *answer);

	if (!answer)
		return -ENOMEM;
	a->out->found = true;
	retrace(a, answer, places_way(&a->places, number, answer, max));
	return 0;
}

int
repeat_try(const struct repeat *r, struct mishap *out)
{
	struct attempt a = { .r = r, .out = out };
	struct walk first, second;
	uint32_t i = 0;
	int rc;

	memset(out, 0, sizeof *out);
	a.places.size = sizeof(struct couple);
	a.places.max = PLACES_MAX;
	walk_begin(&first);
	walk_begin(&second);
	rc = add(&a, &first, &second, NO_PLACE, 0);
	while (rc == 0 && i < a.places.count)
		rc = visit(&a, i++);
	if (rc == 1)
		rc = tell(&a, i - 1);
	places_free(&a.places);
	if (rc < 0)
		mishap_free(out);
	return rc;
}

int
repeat_alone(const struct repeat *r, struct trail *trail)
{
	const struct entry *e;
	struct walk w;

	walk_begin(&w);
	while ((e = walk_next(r->chain, &w))) {
		struct step step;

		pass_again(r, &w, e, NO_ANSWER, &step);
		trail_add(trail, &step);
	}
	return verdict_end(&w.verdict);
}

void
mishap_free(struct mishap *m)
{
	trail_free(&m->first);
	trail_free(&m->second);
	memset(m, 0, sizeof *m);
}
