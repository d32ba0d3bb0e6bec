/* SPDX-License-Identifier: BSD-2-Clause */
/* What two stacks are said to differ in is what trying every combination of
 * answers in both shows, with setcred behind authenticate and close behind
 * open; and nothing is said of stacks that no combination tells apart. */
#include "analysis/difference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "analysis/test_world.h"
#include "base/drop.h"
#include "check.h"

#define PAIRS 12000
#define LABELS (2 * WORLD_ENTRIES)
#define BIT(code) (UINT32_C(1) << (code))
#define SECONDS (BIT(PAM_SUCCESS) | BIT(PAM_IGNORE) | BIT(PAM_CRED_ERR))

/* Two stacks, and what the modules of both can say. */
struct pair {
	struct world world[SIDE_COUNT];
	uint32_t answers[LABELS], seconds[LABELS];
	struct match match;
};

/* What trying everything shows. */
struct truth {
	bool lets_in[SIDE_COUNT], code, all_fail, again[SIDE_COUNT],
	    alone[SIDE_COUNT], asks[SIDE_COUNT][LABELS],
	    ever[SIDE_COUNT][LABELS], before[LABELS][LABELS];
	bool way[SIDE_COUNT][1u << LABELS];	/* sets of labels */
};

/* One combination of answers, and one walk of it. */
struct trial {
	const struct pair *pair;
	enum side side;
	const int *answer;		/* by label */
	struct trail trail;
	int code;
};

static int
ask(void *ctx, const struct entry *e, uint32_t *ms)
{
	const struct trial *t = ctx;

	*ms = 0;
	return t->answer[t->pair->match.label[t->side]
	    [e - t->pair->world[t->side].entry]];
}

/* A walk of the library's own: kept NULL, or the answers of the first one. */
static void
go(struct trial *t, int *kept, bool follow)
{
	const struct run r = {
		.chain = &t->pair->world[t->side].chain, .kept = kept,
		.follow = follow, .ask = ask, .ctx = t, .trail = &t->trail,
	};
	struct walk w;

	trail_clear(&t->trail);
	walk_begin(&w);
	t->code = run(&r, &w);
}

/* Every combination of the answers of those labels that sets name. */
static bool
advance(const uint32_t *sets, size_t n, int *answer)
{
	for (size_t i = 0; i < n; i++) {
		int code = answer[i] + 1;

		while (code < CODE_COUNT && !(sets[i] >> code & 1))
			code++;
		if (code < CODE_COUNT) {
			answer[i] = code;
			return true;
		}
		answer[i] = __builtin_ctz(sets[i]);
	}
	return false;
}

static void
begin(const uint32_t *sets, size_t n, int *answer)
{
	for (size_t i = 0; i < n; i++)
		answer[i] = __builtin_ctz(sets[i]);
}

static size_t
label_of(const struct trial *t, size_t step)
{
	const struct entry *e = t->trail.step[step].entry;

	return t->pair->match.label[t->side]
	    [e - t->pair->world[t->side].entry];
}

/* Of a walk: which were asked, in which order, and whose yes it had. */
static unsigned
look_at(const struct trial *t, int *order)
{
	unsigned yes = 0;

	for (size_t i = 0; i < LABELS; i++)
		order[i] = -1;
	for (size_t i = 0; i < t->trail.count; i++) {
		const struct step *s = &t->trail.step[i];
		size_t label;

		if (s->entry->kind != ENTRY_MODULE)
			continue;
		label = label_of(t, i);
		order[label] = (int)i;
		if (s->answer == PAM_SUCCESS &&
		    t->pair->answers[label] != BIT(PAM_SUCCESS))
			yes |= 1u << label;
	}
	return yes;
}

/* Each gives its usual failure, or another that it has, or nothing else. */
static bool
everything_fails(const struct pair *p, const int *answer)
{
	static const int order[] = { PAM_AUTH_ERR, PAM_PERM_DENIED,
		PAM_USER_UNKNOWN, PAM_NEW_AUTHTOK_REQD, PAM_IGNORE,
		PAM_SUCCESS };

	for (size_t l = 0; l < p->match.labels; l++) {
		size_t i = 0;

		while (!(p->answers[l] >> order[i] & 1))
			i++;
		if (answer[l] != order[i])
			return false;
	}
	return true;
}

static void
see_order(struct truth *truth, size_t labels, int order[SIDE_COUNT][LABELS])
{
	for (size_t a = 0; a < labels; a++) {
		for (int s = 0; s < SIDE_COUNT; s++) {
			truth->ever[s][a] |= order[s][a] >= 0;
			truth->asks[s][a] |= order[s][a] >= 0 &&
			    order[!s][a] < 0;
		}
		for (size_t b = 0; b < labels; b++)
			truth->before[a][b] |= order[SIDE_OLD][a] >= 0 &&
			    order[SIDE_OLD][b] > order[SIDE_OLD][a] &&
			    order[SIDE_NEW][b] >= 0 &&
			    order[SIDE_NEW][a] > order[SIDE_NEW][b];
	}
}

/* Both first walks with these answers. True when both succeed. */
static bool
see_first(struct truth *truth, const struct pair *p, const int *answer,
    int kept[SIDE_COUNT][WORLD_ENTRIES])
{
	int order[SIDE_COUNT][LABELS], code[SIDE_COUNT];

	for (int s = 0; s < SIDE_COUNT; s++) {
		struct trial t = { p, (enum side)s, answer, { 0 }, 0 };
		unsigned yes;

		for (size_t i = 0; i < WORLD_ENTRIES; i++)
			kept[s][i] = KEPT_NONE;
		go(&t, kept[s], false);
		yes = look_at(&t, order[s]);
		code[s] = t.code;
		if (t.code == PAM_SUCCESS)
			truth->way[s][yes] = true;
		trail_free(&t.trail);
	}
	see_order(truth, p->match.labels, order);
	for (int s = 0; s < SIDE_COUNT; s++)
		truth->lets_in[s] |= code[s] == PAM_SUCCESS &&
		    code[!s] != PAM_SUCCESS;
	if (code[0] != code[1] && code[0] && code[1]) {
		truth->code = true;
		truth->all_fail |= everything_fails(p, answer);
	}
	return code[0] == PAM_SUCCESS && code[1] == PAM_SUCCESS;
}

/* Every second walk behind these first ones. */
static void
see_second(const struct pair *p, int kept[SIDE_COUNT][WORLD_ENTRIES],
    bool *differs)
{
	int answer[LABELS];

	begin(p->seconds, p->match.labels, answer);
	do {
		int code[SIDE_COUNT];

		for (int s = 0; s < SIDE_COUNT; s++) {
			struct trial t = { p, (enum side)s, answer, { 0 }, 0 };

			go(&t, kept[s], true);
			code[s] = t.code;
			trail_free(&t.trail);
		}
		for (int s = 0; s < SIDE_COUNT; s++)
			differs[s] |= code[s] == PAM_SUCCESS &&
			    code[!s] != PAM_SUCCESS;
	} while (advance(p->seconds, p->match.labels, answer));
}

static void
find_truth(struct truth *truth, const struct pair *p, bool twice)
{
	int answer[LABELS], kept[SIDE_COUNT][WORLD_ENTRIES];

	memset(truth, 0, sizeof *truth);
	begin(p->answers, p->match.labels, answer);
	do {
		if (see_first(truth, p, answer, kept) && twice)
			see_second(p, kept, truth->again);
	} while (advance(p->answers, p->match.labels, answer));
	memset(kept, 0xff, sizeof kept);
	if (twice)
		see_second(p, kept, truth->alone);
}

/* The seconds of an administrator: how one stack becomes the other. */
static void
edit(struct world *w, uint64_t dice)
{
	const size_t at = dice % w->chain.count;
	const size_t other = dice / 7 % w->chain.count;
	struct entry spare = w->entry[at];

	switch (dice / 64 % 6) {
	case 0:			/* two lines change places */
		w->entry[at] = w->entry[other];
		w->entry[other] = spare;
		break;
	case 1:			/* one goes */
		w->chain.count--;
		memmove(&w->entry[at], &w->entry[at + 1],
		    (w->chain.count - at) * sizeof spare);
		break;
	case 2:			/* one control becomes that of another */
		memcpy(w->entry[at].action, w->entry[other].action,
		    sizeof spare.action);
		w->entry[at].jump = w->entry[other].jump;
		break;
	case 3:			/* one code is judged otherwise */
		w->entry[at].action[dice / 512 % 14] =
		    (uint8_t)(dice / 8192 % ACT_JUMP);
		break;
	case 4:			/* another module */
		if (w->entry[at].kind == ENTRY_MODULE)
			w->entry[at].name = "pam_d";
		break;
	case 5:			/* nothing */
		break;
	}
}

static bool
has_twin(const struct pair *p, size_t label)
{
	return p->match.entry[SIDE_OLD][label] != NO_ENTRY &&
	    p->match.entry[SIDE_NEW][label] != NO_ENTRY;
}

/* A world and what an edit makes of it; now and then two strangers. */
static void
pair_make(struct pair *p, uint64_t seed)
{
	const uint64_t dice = seed * UINT64_C(0x9e3779b97f4a7c15) >> 20;

	world_make(&p->world[SIDE_OLD], seed);
	world_make(&p->world[SIDE_NEW], dice % 16 ? seed : seed + PAIRS);
	edit(&p->world[SIDE_NEW], dice / 16);
	if (match_chains(&p->world[SIDE_OLD].chain, &p->world[SIDE_NEW].chain,
	    &p->match) < 0)
		exit(1);
	for (size_t l = 0; l < p->match.labels; l++) {
		const enum side s = p->match.entry[SIDE_OLD][l] == NO_ENTRY;
		const size_t at = p->match.entry[s][l];

		p->answers[l] = p->world[s].answers[at];
		/* Edits of the row leave the answers where they were. */
		if (!p->answers[l])
			p->answers[l] = BIT(PAM_SUCCESS) | BIT(PAM_AUTH_ERR);
		p->seconds[l] = l % 2 ? SECONDS :
		    BIT(p->world[s].second[at]);
		if (p->seconds[l] == SECONDS && !has_twin(p, l))
			p->seconds[l] = BIT(PAM_SUCCESS);
	}
}

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

/* The combinations of two strangers are many; of few of them all are tried. */
static bool
is_small(const struct pair *p)
{
	unsigned long all = 1;

	for (size_t l = 0; l < p->match.labels; l++)
		all *= (unsigned)__builtin_popcount(p->answers[l]);
	return all <= 20000;
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
	if (is_small(&p)) {
		find_truth(&truth, &p, twice);
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
