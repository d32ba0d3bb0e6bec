/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/ways.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "analysis/branch.h"
#include "analysis/standing.h"
#include "base/drop.h"
#include "base/grow.h"

#define SETS_MAX 2000		/* for one standing */
/* So many sets are looked at in all, which takes a fraction of a second. */
#define EFFORT 50000000
#define SUCCESS_ONLY (UINT32_C(1) << PAM_SUCCESS)

/* A place that walks come to, and the smallest sets that lead there. */
struct stop {
	struct standing standing;
	struct ways sets;
};

struct stops {
	struct stop *stop;
	size_t count, cap;
};

struct hunt {
	const struct quest *quest;
	struct stops *at;	/* by position in the chain, the end included */
	struct ways *out;
	size_t effort;		/* that is left */
};

bool
way_has(const struct way *w, size_t entry)
{
	return w->entry[entry / 64] >> entry % 64 & 1;
}

static void
way_add(struct way *w, size_t entry)
{
	w->entry[entry / 64] |= UINT64_C(1) << entry % 64;
}

static bool
within(const struct way *small, const struct way *large)
{
	for (size_t i = 0; i < COUNT(small->entry); i++) {
		if (small->entry[i] & ~large->entry[i])
			return false;
	}
	return true;
}

/* Keep a set unless a smaller one is there; drop those that it makes
 * needless. */
static int
add(struct hunt *h, struct ways *ways, const struct way *w)
{
	size_t to = 0;

	if (h->effort < ways->count) {
		ways->cut = true;
		return 0;
	}
	h->effort -= ways->count;
	for (size_t i = 0; i < ways->count; i++) {
		if (within(&ways->way[i], w))
			return 0;
	}
	for (size_t i = 0; i < ways->count; i++) {
		if (!within(w, &ways->way[i]))
			ways->way[to++] = ways->way[i];
	}
	ways->count = to;
	if (ways->count >= SETS_MAX) {
		ways->cut = true;
		return 0;
	}
	if (GROW(ways->way, ways->count, ways->cap) < 0)
		return -ENOMEM;
	ways->way[ways->count++] = *w;
	return 0;
}

static struct stop *
stop_for(struct stops *stops, const struct standing *standing)
{
	struct stop *s;

	for (size_t i = 0; i < stops->count; i++) {
		if (memcmp(&stops->stop[i].standing, standing,
		    sizeof *standing) == 0)
			return &stops->stop[i];
	}
	if (GROW(stops->stop, stops->count, stops->cap) < 0)
		return NULL;
	s = &stops->stop[stops->count++];
	memset(s, 0, sizeof *s);
	s->standing = *standing;
	return s;
}

/* All sets of from, one of them more if the entry succeeded, lead on to w. */
static int
lead_on(struct hunt *h, const struct stop *from, struct walk *w,
    bool counts, size_t entry)
{
	struct standing standing;
	struct stop *to;
	int rc = 0;

	standing_simplify(w);
	standing = standing_of(w, 0);
	to = stop_for(&h->at[w->at], &standing);
	if (!to)
		return -ENOMEM;
	to->sets.cut |= from->sets.cut;
	for (size_t i = 0; i < from->sets.count && rc == 0; i++) {
		struct way way = from->sets.way[i];

		if (counts)
			way_add(&way, entry);
		rc = add(h, &to->sets, &way);
	}
	return rc;
}

/* One code is as good as another but for success, whose marks tell whether
 * anything depends on it. */
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
			    code == PAM_SUCCESS && answers != SUCCESS_ONLY);
	}
}

static int
leave_stop(struct hunt *h, const struct stop *from)
{
	const struct quest *q = h->quest;
	struct walk w = standing_walk(&from->standing);
	const struct entry *e = walk_next(q->chain, &w);
	struct branches b = { .walk = &w, .entry = e, .grain = GRAIN_SUCCESS };
	int rc = 0;

	branch_out(q, &b);
	for (size_t i = 0; i < b.count && rc == 0; i++) {
		struct step step = { .answer = b.branch[i].code };
		struct walk next = w;

		walk_take(q->chain, &next, &step, step.answer, false);
		rc = lead_on(h, from, &next, b.branch[i].mark, w.at);
	}
	return rc;
}

/* Marks of substacks are passed before a stop is left; what remains at the end
 * of the chain is judged. */
static int
finish(struct hunt *h, const struct stop *s)
{
	int rc = 0;

	if (standing_code(&s->standing) != PAM_SUCCESS)
		return 0;
	h->out->cut |= s->sets.cut;
	for (size_t i = 0; i < s->sets.count && rc == 0; i++)
		rc = add(h, h->out, &s->sets.way[i]);
	return rc;
}

static int
hunt_at(struct hunt *h, size_t at)
{
	int rc = 0;

	for (size_t i = 0; i < h->at[at].count && rc == 0; i++) {
		const struct stop *s = &h->at[at].stop[i];
		struct walk w = standing_walk(&s->standing);

		rc = walk_next(h->quest->chain, &w) ?
		    leave_stop(h, s) : finish(h, s);
	}
	return rc;
}

static void
stops_free(struct stops *stops)
{
	for (size_t i = 0; i < stops->count; i++)
		free(stops->stop[i].sets.way);
	free(stops->stop);
}

static int
begin(struct hunt *h)
{
	struct walk w;
	struct standing start;
	struct stop *s;

	walk_begin(&w);
	start = standing_of(&w, 0);
	s = stop_for(&h->at[0], &start);
	return s ? add(h, &s->sets, &(struct way){ { 0 } }) : -ENOMEM;
}

int
ways_find(const struct quest *quest, struct ways *out)
{
	const size_t n = quest->chain->count;
	struct hunt h = { .quest = quest, .out = out, .effort = EFFORT };
	int rc;

	memset(out, 0, sizeof *out);
	if (n > WAY_ENTRIES) {
		out->cut = true;
		return 0;
	}
	h.at = calloc(n + 1, sizeof *h.at);
	if (!h.at)
		return -ENOMEM;
	rc = begin(&h);
	/* A walk only goes forward: each position is done before the next. */
	for (size_t at = 0; at <= n && rc == 0; at++)
		rc = hunt_at(&h, at);
	for (size_t at = 0; at <= n; at++)
		stops_free(&h.at[at]);
	free(h.at);
	if (rc < 0)
		ways_free(out);
	return rc;
}

void
ways_free(struct ways *ways)
{
	free(ways->way);
	memset(ways, 0, sizeof *ways);
}
