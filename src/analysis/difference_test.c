/* SPDX-License-Identifier: BSD-2-Clause */
/* What two stacks are said to differ in is what trying every combination of
 * answers in both shows, with setcred behind authenticate and close behind
 * open; and nothing is said of stacks that no combination tells apart. */
#include "analysis/difference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "analysis/test_pair.h"
#include "check.h"

#define PAIRS 12000

static uint32_t
answers(void *ctx, const struct entry *e, enum lane lane)
{
	const struct pair *p = ctx;
	const bool new = e >= p->world[SIDE_NEW].entry &&
	    e < p->world[SIDE_NEW].entry + WORLD_ENTRIES;
	const uint32_t label = p->match.label[new]
	    [e - p->world[new].entry];

	return lane == LANE_FIRST ? p->answers[label] : p->seconds[label];
}

static bool
proves(void *ctx, const struct entry *e)
{
	(void)ctx;
	return strcmp(e->name, "pam_a") == 0;
}

static bool
is_smallest(const bool *way, unsigned set)
{
	for (unsigned s = (set - 1) & set; way[set] && set; s = (s - 1) & set) {
		if (way[s])
			return false;
		if (!s)
			break;
	}
	return way[set];
}

static unsigned
labels_of(const struct match *m, const struct difference *d)
{
	unsigned set = 0;

	for (size_t i = 0; i < m->chain[d->side]->count; i++) {
		if (way_has(&d->way, i))
			set |= 1u << m->label[d->side][i];
	}
	return set;
}

static const struct difference *
find(const struct differences *d, enum difference_kind kind, int side)
{
	for (size_t i = 0; i < d->count; i++) {
		if (d->difference[i].kind == kind &&
		    (int)d->difference[i].side == side)
			return &d->difference[i];
	}
	return NULL;
}

/* The ways that are told are the smallest sets that only this side has, and if
 * none is, a case is told where it alone lets in. */
static bool
right_ways(const struct truth *t, const struct differences *d, int side)
{
	size_t want = 0, told = 0;

	for (unsigned set = 0; set < 1u << d->match.labels; set++)
		want += is_smallest(t->way[side], set) &&
		    !is_smallest(t->way[!side], set);
	for (size_t i = 0; i < d->count; i++) {
		const struct difference *one = &d->difference[i];
		unsigned set;

		if (one->kind != DIFFERENCE_WAY || (int)one->side != side)
			continue;
		set = labels_of(&d->match, one);
		told += is_smallest(t->way[side], set) &&
		    !is_smallest(t->way[!side], set);
	}
	return want == told && (bool)find(d, DIFFERENCE_CASE, side) ==
	    (t->lets_in[side] && !want);
}

static bool
right_asked(const struct truth *t, const struct differences *d, int side)
{
	size_t want = 0, told = 0;

	for (size_t l = 0; l < d->match.labels; l++)
		want += t->asks[side][l];
	for (size_t i = 0; i < d->count; i++) {
		const struct difference *one = &d->difference[i];

		if (one->kind == DIFFERENCE_ASKED && (int)one->side == side)
			told += t->asks[side][one->label] &&
			    one->never == !t->ever[!side][one->label];
	}
	return want == told;
}

/* Each module that has changed places with one before it is told once. */
static bool
right_order(const struct truth *t, const struct differences *d)
{
	size_t want = 0, told = 0;

	for (size_t l = 0; l < d->match.labels; l++) {
		bool any = false;

		for (size_t b = 0; b < d->match.labels; b++)
			any |= t->before[b][l];
		want += any;
	}
	for (size_t i = 0; i < d->count; i++) {
		const struct difference *one = &d->difference[i];

		if (one->kind == DIFFERENCE_ORDER)
			told += t->before[one->before][one->label];
	}
	return want == told;
}

/* Where the other side lets in with less, there is nothing to be shown. */
static bool
needs_less(const struct truth *t, enum side side, unsigned set)
{
	for (unsigned s = set;; s = (s - 1) & set) {
		if (t->way[!side][s])
			return true;
		if (!s)
			return false;
	}
}

/* An account is of walks that end as the difference says. */
static bool
right_account(const struct truth *t, const struct match *m,
    const struct difference *d)
{
	const struct account *a = &d->account;
	const enum lane lane = d->kind == DIFFERENCE_AGAIN;

	if (!d->told && d->kind == DIFFERENCE_WAY)
		return d->less && needs_less(t, d->side, labels_of(m, d));
	if (!d->told)
		return d->kind == DIFFERENCE_ASKED;
	if (d->kind == DIFFERENCE_ORDER)
		return true;
	if (d->kind == DIFFERENCE_CODE)
		return a->code[0][lane] != a->code[1][lane] &&
		    a->code[0][lane] && a->code[1][lane];
	return a->code[d->side][lane] == PAM_SUCCESS &&
	    a->code[!d->side][lane] != PAM_SUCCESS;
}

/* Codes are compared where everything fails; of the same modules everywhere. */
static bool
right_code(const struct truth *t, const struct differences *d)
{
	const struct difference *code = find(d, DIFFERENCE_CODE, SIDE_OLD);
	bool same = true;

	for (size_t l = 0; l < d->match.labels; l++)
		same &= d->match.entry[SIDE_OLD][l] != NO_ENTRY &&
		    d->match.entry[SIDE_NEW][l] != NO_ENTRY;
	if (!code)
		return !t->all_fail && !(t->code && same);
	return t->code && code->all_fail == t->all_fail;
}

static bool
right(const struct truth *t, const struct differences *d, bool twice)
{
	bool good = right_order(t, d) && right_code(t, d);

	for (int s = 0; s < SIDE_COUNT; s++) {
		good = good && right_ways(t, d, s) && right_asked(t, d, s);
		good = good && (bool)find(d, DIFFERENCE_AGAIN, s) ==
		    (twice && t->again[s]);
		good = good && (bool)find(d, DIFFERENCE_ALONE, s) ==
		    (twice && t->alone[s]);
	}
	for (size_t i = 0; i < d->count; i++)
		good = good && right_account(t, &d->match, &d->difference[i]);
	return good;
}

static void
print_differences(const struct differences *d, const struct truth *t)
{
	for (size_t i = 0; i < d->count; i++)
		printf("told: kind %d side %d label %zu never %d told %d\n",
		    d->difference[i].kind, d->difference[i].side,
		    d->difference[i].label, d->difference[i].never,
		    d->difference[i].told);
	printf("true: lets in %d %d, code %d (all fail %d), again %d %d, "
	    "alone %d %d\n", t->lets_in[0], t->lets_in[1], t->code,
	    t->all_fail, t->again[0], t->again[1], t->alone[0], t->alone[1]);
}

static void
test_pair(uint64_t seed, size_t *seen)
{
	static struct truth truth;
	static struct pair p;
	const bool twice = seed % 4 == 0;
	const struct inquiry in = {
		.chain = { &p.world[SIDE_OLD].chain,
		    &p.world[SIDE_NEW].chain },
		.answers = answers, .proves = proves, .ctx = &p,
		.twice = twice,
	};
	struct differences d;

	pair_make(&p, seed);
	if (pair_is_small(&p)) {
		pair_truth(&truth, &p, twice);
		if (differences_find(&in, &d) < 0)
			exit(1);
		if (!right(&truth, &d, twice)) {
			world_print(&p.world[SIDE_OLD]);
			world_print(&p.world[SIDE_NEW]);
			print_differences(&d, &truth);
		}
		CHECK("what is told is true", right(&truth, &d, twice));
		for (size_t i = 0; i < d.count; i++)
			seen[d.difference[i].kind]++;
		differences_free(&d);
	}
	match_free(&p.match);
}

int
main(void)
{
	size_t seen[DIFFERENCE_UNDECIDED + 1] = { 0 };

	for (uint64_t seed = 1; seed <= PAIRS && check_bad < 10; seed++)
		test_pair(seed, seen);
	for (int kind = 0; kind < DIFFERENCE_UNDECIDED; kind++)
		CHECK("every kind is there", seen[kind] > 20);
	CHECK_INT("all are decided", 0, seen[DIFFERENCE_UNDECIDED]);
	return TEST_RESULT();
}
