/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/moment.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "analysis/standing.h"

#define UNKNOWN 0xff

/* What is known of a label: the answer, and which sides have asked. */
#define ANSWER_BITS 0x1f
#define ASKED_BY(side) (uint8_t)(0x20 << (side))

/* The entry before which a side stands, and the walks that do. */
struct front {
	const struct entry *entry;
	size_t label;
	bool takes[LANE_COUNT];
};

static size_t
known_size(const struct pairing *q)
{
	return (q->lanes * q->match->labels + 3) / 4 * 4;
}

size_t
moment_size(const struct pairing *q)
{
	return SIDE_COUNT * q->lanes * sizeof(struct standing) +
	    known_size(q);
}

int
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

void
moment_free(struct moment *m)
{
	free(m->known[0]);
}

void
moment_pack(const struct pairing *q, struct moment *m, unsigned char *to)
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

void
moment_unpack(const struct pairing *q, const unsigned char *from,
    struct moment *m)
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

void
moment_go_on(const struct pairing *q, struct moment *m, struct account *a)
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

static void
forget(const struct pairing *q, struct moment *m, enum lane lane,
    size_t label, bool *const asks[SIDE_COUNT])
{
	uint8_t *known = &m->known[lane][label];

	if (is_watched(q, label) || awaits(q, m, SIDE_OLD, lane, label) ||
	    awaits(q, m, SIDE_NEW, lane, label))
		return;
	for (int s = 0; asks && lane == LANE_FIRST && s < SIDE_COUNT; s++)
		asks[s][label] |= (*known & ASKED_BY(s)) &&
		    !(*known & ASKED_BY(!s));
	*known = UNKNOWN;
}

void
moment_forget(const struct pairing *q, struct moment *m,
    bool *const asks[SIDE_COUNT])
{
	for (size_t lane = 0; lane < q->lanes; lane++) {
		for (size_t l = 0; l < q->match->labels; l++) {
			if (m->known[lane][l] != UNKNOWN)
				forget(q, m, (enum lane)lane, l, asks);
		}
	}
}

bool
moment_question(const struct pairing *q, struct moment *m, size_t *label,
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

bool
moment_all_asked(const struct moment *m, size_t label)
{
	const uint8_t all = ASKED_BY(SIDE_OLD) | ASKED_BY(SIDE_NEW);
	const uint8_t known = m->known[LANE_FIRST][label];

	return known != UNKNOWN && (known & all) == all;
}
