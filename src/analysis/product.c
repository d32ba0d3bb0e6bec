/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/product.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "analysis/standing.h"
#include "base/drop.h"

#define PLACES_MAX 200000
#define BYTES_MAX ((size_t)96 << 20)
#define UNKNOWN 0xff

/* What is known of a label: the answer, and which sides have asked. */
#define ANSWER_BITS 0x1f
#define ASKED_BY(side) (uint8_t)(0x20 << (side))

/* Where all walks stand, and the answers that somebody still has to hear. */
struct moment {
	struct walk walk[SIDE_COUNT][LANE_COUNT];
	uint8_t *known[LANE_COUNT];	/* by label; of the same memory */
};

/* The entry before which a side stands, and the walks that do. */
struct front {
	const struct entry *entry;
	size_t label;
	bool takes[LANE_COUNT];
};

/* The codes that programs and modules use most come first: they make better
 * examples. */
static const uint8_t usual[] = { PAM_SUCCESS, PAM_AUTH_ERR, PAM_PERM_DENIED,
	PAM_USER_UNKNOWN, PAM_IGNORE };

static size_t
known_size(const struct pairing *q)
{
	return (q->lanes * q->match->labels + 3) / 4 * 4;
}

static size_t
place_size(const struct pairing *q)
{
	return SIDE_COUNT * q->lanes * sizeof(struct standing) +
	    known_size(q);
}

static int
moment_new(const struct pairing *q, struct moment *out)
{
	memset(out, 0, sizeof *out);
	out->known[0] = calloc(1, known_size(q) + 4);
	if (!out->known[0])
		return -ENOMEM;
	out->known[1] = out->known[0] + q->match->labels;
	memset(out->known[0], UNKNOWN, q->lanes * q->match->labels);
	for (size_t s = 0; s < SIDE_COUNT; s++) {
		walk_begin(&out->walk[s][LANE_FIRST]);
		walk_begin(&out->walk[s][LANE_SECOND]);
		/* A walk that is not wanted is over. */
		if (q->lanes == 1)
			out->walk[s][LANE_SECOND].at =
			    q->match->chain[s]->count;
	}
	return 0;
}

static void
moment_free(struct moment *m)
{
	free(m->known[0]);
}

static void
pack(const struct pairing *q, struct moment *m, unsigned char *to)
{
	for (size_t s = 0; s < SIDE_COUNT; s++) {
		for (size_t lane = 0; lane < q->lanes; lane++) {
			struct standing st;

			if (q->grain == GRAIN_SUCCESS)
				standing_simplify(&m->walk[s][lane]);
			st = standing_of(&m->walk[s][lane], 0);
			memcpy(to, &st, sizeof st);
			to += sizeof st;
		}
	}
	memcpy(to, m->known[0], known_size(q));
}

static void
unpack(const struct pairing *q, const unsigned char *from, struct moment *m)
{
	for (size_t s = 0; s < SIDE_COUNT; s++) {
		for (size_t lane = 0; lane < q->lanes; lane++) {
			struct standing st;

			memcpy(&st, from, sizeof st);
			m->walk[s][lane] = standing_walk(&st);
			from += sizeof st;
		}
	}
	memcpy(m->known[0], from, known_size(q));
}

/* Of the two walks of a side the one that is behind goes first; where both come
 * by, they pass together. False when both are over. */
static bool
front_of(const struct pairing *q, struct moment *m, enum side s,
    struct front *out)
{
	const struct chain *chain = q->match->chain[s];
	struct walk *w = m->walk[s];
	const struct entry *e1 = walk_next(chain, &w[LANE_FIRST]);
	const struct entry *e2 = walk_next(chain, &w[LANE_SECOND]);
	const struct entry *e = e1 && (!e2 || e1 <= e2) ? e1 : e2;

	if (!e)
		return false;
	*out = (struct front){ e, q->match->label[s][e - chain->entry],
		{ e == e1, e == e2 } };
	return true;
}

/* The walk whose answer is missing, or LANE_COUNT. */
static enum lane
missing(const struct moment *m, const struct front *f)
{
	for (int lane = 0; lane < LANE_COUNT; lane++) {
		if (f->takes[lane] && f->entry->kind == ENTRY_MODULE &&
		    m->known[lane][f->label] == UNKNOWN)
			return (enum lane)lane;
	}
	return LANE_COUNT;
}

static int
hear(struct moment *m, const struct front *f, enum side s, enum lane lane)
{
	uint8_t *known;

	if (f->entry->kind != ENTRY_MODULE)
		return PAM_PERM_DENIED;
	known = &m->known[lane][f->label];
	*known |= ASKED_BY(s);
	return *known & ANSWER_BITS;
}

static void
note(struct account *a, enum side s, enum lane lane, const struct step *step)
{
	if (a)
		trail_add(&a->trail[s][lane], step);
}

/* Pass an entry whose answers are known. */
static void
pass(const struct pairing *q, struct moment *m, enum side s,
    const struct front *f, struct account *a)
{
	const struct chain *chain = q->match->chain[s];
	const bool frozen = f->takes[LANE_FIRST];
	int key = 0;

	if (frozen) {
		struct step step = { .answer = hear(m, f, s, LANE_FIRST) };

		key = step.answer;
		walk_take(chain, &m->walk[s][LANE_FIRST], &step, key, false);
		note(a, s, LANE_FIRST, &step);
	}
	if (f->takes[LANE_SECOND]) {
		struct step step = { .answer = hear(m, f, s, LANE_SECOND) };

		walk_take(chain, &m->walk[s][LANE_SECOND], &step,
		    frozen ? key : step.answer, frozen);
		note(a, s, LANE_SECOND, &step);
	}
}

/* Go on as far as what is known leads. */
static void
go_on(const struct pairing *q, struct moment *m, struct account *a)
{
	for (int s = 0; s < SIDE_COUNT; s++) {
		struct front f;

		while (front_of(q, m, (enum side)s, &f) &&
		    missing(m, &f) == LANE_COUNT)
			pass(q, m, (enum side)s, &f, a);
	}
}

/* Whether a side may still come to a label. */
static bool
awaits(const struct pairing *q, const struct moment *m, enum side s,
    enum lane lane, size_t label)
{
	const uint32_t entry = q->match->entry[s][label];

	return entry != NO_ENTRY && m->walk[s][lane].at <= entry;
}

static bool
is_watched(const struct pairing *q, size_t label)
{
	return q->watch && (label == q->watch[0] || label == q->watch[1]);
}

/* Forget the answers that nobody has to hear any more. */
static void
forget(const struct pairing *q, struct moment *m, struct product *p)
{
	for (size_t i = 0; i < q->lanes * q->match->labels; i++) {
		const enum lane lane = i >= q->match->labels;
		const size_t label = i - lane * q->match->labels;
		uint8_t *known = &m->known[lane][label];

		if (*known == UNKNOWN || is_watched(q, label) ||
		    awaits(q, m, SIDE_OLD, lane, label) ||
		    awaits(q, m, SIDE_NEW, lane, label))
			continue;
		for (int s = 0; p && lane == LANE_FIRST && s < SIDE_COUNT; s++)
			p->asks[s][label] |= (*known & ASKED_BY(s)) &&
			    !(*known & ASKED_BY(!s));
		*known = UNKNOWN;
	}
}

/* Which question comes next: one that only its asker waits for, so that little
 * has to be remembered. False when all walks are over. */
static bool
next_question(const struct pairing *q, struct moment *m, size_t *label,
    enum lane *lane)
{
	bool any = false;

	for (int s = SIDE_COUNT - 1; s >= 0; s--) {
		struct front f;
		enum lane l;

		if (!front_of(q, m, (enum side)s, &f))
			continue;
		l = missing(m, &f);
		if (any && awaits(q, m, (enum side)!s, l, f.label))
			continue;
		any = true;
		*label = f.label;
		*lane = l;
	}
	return any;
}

/* All of what a code does at an entry that matters anywhere. */
static bool
alike(const struct pairing *q, size_t label, int a, int b)
{
	const bool plain = a != PAM_SUCCESS && a != PAM_IGNORE &&
	    b != PAM_SUCCESS && b != PAM_IGNORE;

	if (q->grain == GRAIN_CODES || !plain)
		return a == b;
	for (int s = 0; s < SIDE_COUNT; s++) {
		const uint32_t at = q->match->entry[s][label];
		const struct entry *e;

		if (at == NO_ENTRY)
			continue;
		e = &q->match->chain[s]->entry[at];
		if (e->action[a] != e->action[b] ||
		    (e->action[a] == ACT_JUMP && e->jump[a] != e->jump[b]))
			return false;
	}
	return true;
}

/* The answers to try, each for all that are like it. */
static size_t
choose(const struct pairing *q, size_t label, enum lane lane, uint8_t *out)
{
	const uint32_t may = q->answers(q->ctx, label, lane) &
	    ~(UINT32_C(1) << PAM_INCOMPLETE);
	size_t n = 0;

	for (size_t i = 0; i < COUNT(usual) + CODE_COUNT; i++) {
		const int code = i < COUNT(usual) ? usual[i] :
		    (int)(i - COUNT(usual));
		bool known = !(may >> code & 1);

		for (size_t j = 0; j < n && !known; j++)
			known = alike(q, label, out[j], code);
		if (!known)
			out[n++] = (uint8_t)code;
	}
	return n;
}

static bool
all_asked(const struct moment *m, size_t label)
{
	const uint8_t all = ASKED_BY(SIDE_OLD) | ASKED_BY(SIDE_NEW);
	const uint8_t known = m->known[LANE_FIRST][label];

	return known != UNKNOWN && (known & all) == all;
}

static enum contrast
compare(int old, int new, enum contrast first)
{
	if (old == PAM_SUCCESS || new == PAM_SUCCESS) {
		if (old == new)
			return CONTRAST_NONE;
		return old == PAM_SUCCESS ? first : first + 1;
	}
	return old == new ? CONTRAST_NONE : first + 2;
}

/* The codes of a second walk count where the first walks both succeed. */
static enum contrast
contrast_of(const struct pairing *q, const struct moment *m)
{
	int code[SIDE_COUNT][LANE_COUNT];
	enum contrast c;

	for (int s = 0; s < SIDE_COUNT; s++) {
		for (int lane = 0; lane < LANE_COUNT; lane++)
			code[s][lane] = verdict_end(&m->walk[s][lane].verdict);
	}
	c = compare(code[SIDE_OLD][LANE_FIRST], code[SIDE_NEW][LANE_FIRST],
	    CONTRAST_OLD);
	if (c != CONTRAST_NONE || q->lanes == 1 ||
	    code[SIDE_OLD][LANE_FIRST] != PAM_SUCCESS)
		return c;
	return compare(code[SIDE_OLD][LANE_SECOND],
	    code[SIDE_NEW][LANE_SECOND], CONTRAST_SECOND_OLD);
}

/* Note the place that m has come to. */
static int
add_place(struct product *p, struct moment *m, uint32_t from, int answer)
{
	_drop_(freep) unsigned char *place = malloc(p->places.size);
	int rc;

	if (!place)
		return -ENOMEM;
	go_on(p->pairing, m, NULL);
	forget(p->pairing, m, p);
	pack(p->pairing, m, place);
	rc = places_add(&p->places, place, from, answer);
	p->cut |= rc == -E2BIG;
	return rc == -E2BIG ? 0 : rc;
}

static void
finish(struct product *p, const struct moment *m, uint32_t number)
{
	const size_t *watch = p->pairing->watch;
	const enum contrast c = contrast_of(p->pairing, m);

	if (c != CONTRAST_NONE && p->end[c] == NO_PLACE)
		p->end[c] = number;
	if (watch && p->end[CONTRAST_WATCHED] == NO_PLACE &&
	    all_asked(m, watch[0]) && all_asked(m, watch[1]))
		p->end[CONTRAST_WATCHED] = number;
}

static int
visit(struct product *p, uint32_t number, struct moment *m)
{
	const struct pairing *q = p->pairing;
	uint8_t answer[CODE_COUNT];
	size_t label = 0, n;
	enum lane lane = LANE_FIRST;
	int rc = 0;

	unpack(q, places_at(&p->places, number), m);
	if (!next_question(q, m, &label, &lane)) {
		finish(p, m, number);
		return 0;
	}
	n = choose(q, label, lane, answer);
	for (size_t i = 0; i < n && rc == 0; i++) {
		unpack(q, places_at(&p->places, number), m);
		m->known[lane][label] = answer[i];
		rc = add_place(p, m, number, answer[i]);
	}
	return rc;
}

static int
begin(struct product *p, const struct pairing *pairing)
{
	memset(p, 0, sizeof *p);
	p->pairing = pairing;
	memset(p->end, 0xff, sizeof p->end);
	p->places.size = place_size(pairing);
	p->places.max = BYTES_MAX / p->places.size;
	if (p->places.max > PLACES_MAX)
		p->places.max = PLACES_MAX;
	for (int s = 0; s < SIDE_COUNT; s++) {
		p->asks[s] = calloc(pairing->match->labels + 1,
		    sizeof *p->asks[s]);
		if (!p->asks[s])
			return -ENOMEM;
	}
	return 0;
}

int
product_try(const struct pairing *pairing, struct product *out)
{
	_drop_(moment_free) struct moment m = { 0 };
	int rc = begin(out, pairing);

	if (rc == 0)
		rc = moment_new(pairing, &m);
	if (rc == 0)
		rc = add_place(out, &m, NO_PLACE, 0);
	for (uint32_t i = 0; i < out->places.count && rc == 0; i++)
		rc = visit(out, i, &m);
	if (rc < 0)
		product_end(out);
	return rc;
}

/* The way once more, from the beginning. */
static void
retrace(const struct pairing *q, struct moment *m, const uint8_t *answer,
    struct account *out)
{
	size_t label = 0;
	enum lane lane = LANE_FIRST;

	go_on(q, m, out);
	while (next_question(q, m, &label, &lane)) {
		m->known[lane][label] = *answer++;
		go_on(q, m, out);
		forget(q, m, NULL);
	}
	for (int s = 0; s < SIDE_COUNT; s++) {
		for (int l = 0; l < LANE_COUNT; l++)
			out->code[s][l] = verdict_end(&m->walk[s][l].verdict);
	}
}

int
product_tell(const struct product *p, enum contrast contrast,
    struct account *out)
{
	const struct pairing *q = p->pairing;
	const size_t max = LANE_COUNT * q->match->labels + 1;
	_drop_(freep) uint8_t *answer = calloc(max, sizeof *answer);
	_drop_(moment_free) struct moment m = { 0 };

	memset(out, 0, sizeof *out);
	if (!answer || moment_new(q, &m) < 0)
		return -ENOMEM;
	places_way(&p->places, p->end[contrast], answer, max);
	retrace(q, &m, answer, out);
	return 0;
}

void
account_free(struct account *a)
{
	for (int s = 0; s < SIDE_COUNT; s++) {
		for (int lane = 0; lane < LANE_COUNT; lane++)
			trail_free(&a->trail[s][lane]);
	}
}

void
product_end(struct product *p)
{
	places_free(&p->places);
	free(p->asks[SIDE_OLD]);
	free(p->asks[SIDE_NEW]);
	memset(p, 0, sizeof *p);
}
