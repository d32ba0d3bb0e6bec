/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/test_pair.h"

#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#define STRANGER 100000		/* between the seeds of two strangers */
#define BIT(code) (UINT32_C(1) << (code))
#define SECONDS (BIT(PAM_SUCCESS) | BIT(PAM_IGNORE) | BIT(PAM_CRED_ERR))

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

	for (size_t i = 0; i < PAIR_LABELS; i++)
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
see_order(struct truth *truth, size_t labels, int order[SIDE_COUNT][PAIR_LABELS])
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
	int order[SIDE_COUNT][PAIR_LABELS], code[SIDE_COUNT];

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
	int answer[PAIR_LABELS];

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

void
pair_truth(struct truth *truth, const struct pair *p, bool twice)
{
	int answer[PAIR_LABELS], kept[SIDE_COUNT][WORLD_ENTRIES];

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

bool
pair_has_twin(const struct pair *p, size_t label)
{
	return p->match.entry[SIDE_OLD][label] != NO_ENTRY &&
	    p->match.entry[SIDE_NEW][label] != NO_ENTRY;
}

/* A world and what an edit makes of it; now and then two strangers. */
void
pair_make(struct pair *p, uint64_t seed)
{
	const uint64_t dice = seed * UINT64_C(0x9e3779b97f4a7c15) >> 20;

	world_make(&p->world[SIDE_OLD], seed);
	world_make(&p->world[SIDE_NEW], dice % 16 ? seed : seed + STRANGER);
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
		if (p->seconds[l] == SECONDS && !pair_has_twin(p, l))
			p->seconds[l] = BIT(PAM_SUCCESS);
	}
}

/* The combinations of two strangers are many; of few of them all are tried. */
bool
pair_is_small(const struct pair *p)
{
	unsigned long all = 1;

	for (size_t l = 0; l < p->match.labels; l++)
		all *= (unsigned)__builtin_popcount(p->answers[l]);
	return all <= 20000;
}
