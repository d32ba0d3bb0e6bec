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

#define NO_NODE UINT32_MAX

struct node {
	struct standing standing;
	uint32_t from;		/* the node before; NO_NODE at the start */
	uint8_t answer;		/* that led here from there */
};

/* The place in the index where a node with this place is, or would be. */
static uint32_t *
slot_of(const struct exploration *x, const struct standing *p)
{
	const size_t mask = x->index_cap - 1;
	size_t at = standing_hash(p) & mask;

	while (x->index[at] && memcmp(&x->node[x->index[at] - 1].standing, p,
	    sizeof *p) != 0)
		at = (at + 1) & mask;
	return &x->index[at];
}

static int
grow_index(struct exploration *x)
{
	const size_t cap = x->index_cap ? x->index_cap * 2 : 1024;
	uint32_t *old = x->index;

	if (x->nodes * 2 < x->index_cap)
		return 0;
	x->index = calloc(cap, sizeof *x->index);
	if (!x->index) {
		x->index = old;
		return -ENOMEM;
	}
	free(old);
	x->index_cap = cap;
	for (size_t i = 0; i < x->nodes; i++)
		*slot_of(x, &x->node[i].standing) = (uint32_t)i + 1;
	return 0;
}

/* Note a place where a walk can come to, once. */
static int
add_node(struct exploration *x, const struct standing *place,
    uint32_t from, int answer)
{
	uint32_t *slot;

	if (grow_index(x) < 0)
		return -ENOMEM;
	slot = slot_of(x, place);
	if (*slot)
		return 0;
	if (x->nodes >= NODES_MAX) {
		x->cut = true;
		return 0;
	}
	if (GROW(x->node, x->nodes, x->node_cap) < 0)
		return -ENOMEM;
	x->node[x->nodes] = (struct node){ *place, from, (uint8_t)answer };
	*slot = (uint32_t)++x->nodes;
	return 0;
}

static int
add_outcome(struct exploration *x, uint32_t node)
{
	const struct standing *p = &x->node[node].standing;
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

/* What the entry can say, and where each leads. */
static int
expand(struct exploration *x, uint32_t node, const struct walk *w,
    const struct entry *e)
{
	const struct quest *q = x->quest;
	const uint32_t before = x->node[node].standing.marks;
	uint32_t answers = UINT32_C(1) << PAM_PERM_DENIED;

	if (e->kind == ENTRY_MODULE)
		answers = q->answers(q->ctx, e) &
		    ~(UINT32_C(1) << PAM_INCOMPLETE);
	for (int code = 0; code < CODE_COUNT; code++) {
		struct step step = { .answer = code };
		struct walk next = *w;
		struct standing place;

		if (!(answers >> code & 1))
			continue;
		walk_take(q->chain, &next, &step, code, false);
		if (next.bad_jump)
			x->jumps_out[next.bad_jump - q->chain->entry] = true;
		place = standing_of(&next, before | marks_for(q, e, code));
		if (add_node(x, &place, node, code) < 0)
			return -ENOMEM;
	}
	return 0;
}

static int
visit(struct exploration *x, uint32_t node)
{
	struct walk w = standing_walk(&x->node[node].standing);
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
	x->reached = calloc(n, sizeof *x->reached);
	x->jumps_out = calloc(n, sizeof *x->jumps_out);
	if (!x->reached || !x->jumps_out)
		return -ENOMEM;
	walk_begin(&w);
	start = standing_of(&w, 0);
	return add_node(x, &start, NO_NODE, 0);
}

int
explore(const struct quest *quest, struct exploration *out)
{
	int rc = begin(out, quest);

	/* Nodes come in the order of their distance: the first way to a place
	 * is a shortest one. */
	for (uint32_t i = 0; i < out->nodes && rc == 0; i++)
		rc = visit(out, i);
	if (rc < 0)
		explore_end(out);
	return rc;
}

void
explore_way(const struct exploration *x, const struct outcome *o,
    struct trail *trail)
{
	const struct node *node = &x->node[o->end];
	size_t steps = 0;
	struct walk w;

	for (uint32_t i = o->end; x->node[i].from != NO_NODE;
	    i = x->node[i].from)
		steps++;
	walk_begin(&w);
	for (; steps; steps--) {
		struct step step;
		uint32_t i = o->end;

		for (size_t back = 1; back < steps; back++)
			i = x->node[i].from;
		node = &x->node[i];
		step = (struct step){ .answer = node->answer };
		if (!walk_next(x->quest->chain, &w))
			return;
		walk_take(x->quest->chain, &w, &step, node->answer, false);
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
	free(x->node);
	free(x->index);
	memset(x, 0, sizeof *x);
}
