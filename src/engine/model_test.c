/* SPDX-License-Identifier: BSD-2-Clause */
/* The walk beside its model: every stack of up to three keywords, then
 * thousands of random ones, nested and jumping. */
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "check.h"
#include "engine/test_model.h"

static size_t used;

/* The same stack as a chain. */
static struct {
	struct chain chain;
	struct entry entry[NODES];
	size_t node[NODES];
	int kept[NODES];
	bool waited[NODES];
	int walk;
} real;

static void
flatten(const size_t *lines, size_t count, uint8_t depth)
{
	for (size_t i = 0; i < count; i++) {
		const struct node *n = &nodes[lines[i]];
		struct entry *e = &real.entry[real.chain.count];

		real.node[real.chain.count++] = lines[i];
		memset(e, 0, sizeof *e);
		e->depth = depth;
		e->kind = n->substack ? ENTRY_SUBSTACK :
		    n->refuses ? ENTRY_REFUSE : ENTRY_MODULE;
		memcpy(e->action, n->control.action, sizeof e->action);
		e->jump = n->control.jump;
		if (n->substack)
			flatten(n->below, n->count, (uint8_t)(depth + 1));
	}
}

static int
ask(void *ctx, const struct entry *e, uint32_t *ms)
{
	const size_t i = (size_t)(e - real.entry);
	const struct node *n = &nodes[real.node[i]];

	(void)ctx;
	*ms = 0;
	if (n->waits[real.walk] && !real.waited[i]) {
		real.waited[i] = true;
		return PAM_INCOMPLETE;
	}
	return n->answer[real.walk];
}

/* The kinds of walk, in the order in which a program may take them. */
static const struct {
	bool keep, follow;
} walks[WALKS] = { { true, false }, { false, true }, { true, false },
	{ false, true } };

static void
compare(const struct model *m, int want, int got, const struct trail *trail)
{
	bool same = want == got && m->count == trail->count;

	for (size_t i = 0; same && i < m->count; i++) {
		const size_t at = (size_t)(trail->step[i].entry - real.entry);

		same = m->asked[i] == (int)real.node[at] &&
		    m->answers[i] == trail->step[i].answer;
	}
	CHECK("the walk is the one that the rules say", same);
}

static void
walk_both(int walk)
{
	struct model m = { .keep = walks[walk].keep,
		.follow = walks[walk].follow, .walk = walk };
	struct trail trail = { 0 };
	const struct run r = { .chain = &real.chain, .kept = real.kept,
		.follow = walks[walk].follow, .ask = ask, .trail = &trail };
	struct walk w;
	int got;

	real.walk = walk;
	memset(real.waited, 0, sizeof real.waited);
	walk_begin(&w);
	/* interrupted, it comes to what it would have come to. */
	do {
		got = run(&r, &w);
	} while (got == PAM_INCOMPLETE);
	model_walk(&m);
	compare(&m, model_end(&m), got, &trail);
	trail_free(&trail);
}

static void
check_stack(void)
{
	real.chain.entry = real.entry;
	real.chain.count = 0;
	flatten(nodes[0].below, nodes[0].count, 0);
	for (size_t i = 0; i < NODES; i++) {
		nodes[i].kept = -1;
		real.kept[i] = KEPT_NONE;
	}
	for (int walk = 0; walk < WALKS; walk++)
		walk_both(walk);
}

static uint32_t seed = 1;

static uint32_t
any(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

static void
set_control(struct node *n, const char *word)
{
	enum control_kind kind;
	const char *rest;

	CHECK_INT(word, CONTROL_FINE,
	    control_parse(word, &kind, &n->control, &rest));
}

static size_t
new_node(void)
{
	memset(&nodes[used], 0, sizeof nodes[used]);
	return used++;
}

static const char *const keywords[] = { "required", "requisite", "sufficient",
	"optional", "binding", "definitive" };
static const int few[] = { PAM_SUCCESS, PAM_AUTH_ERR, PAM_IGNORE,
	PAM_NEW_AUTHTOK_REQD };

#define KINDS (COUNT(keywords) * COUNT(few))

/* Stack number i of n lines: each line a keyword and an answer, and another in
 * the second walk. */
static void
check_small(size_t i, size_t n)
{
	used = 0;
	new_node();
	for (size_t k = 0; k < n; k++, i /= KINDS) {
		struct node *line = &nodes[new_node()];

		set_control(line, keywords[i % KINDS / COUNT(few)]);
		for (size_t walk = 0; walk < WALKS; walk++)
			line->answer[walk] =
			    few[(i + walk * (i % 3)) % COUNT(few)];
		nodes[0].below[nodes[0].count++] = used - 1;
	}
	check_stack();
}

/* Most of them from what policies have, some from what nobody would write. */
static void
any_control(struct node *n)
{
	static const char *const lists[] = { "success=1 default=ignore",
		"success=ok default=1", "success=2 auth_err=bad default=die",
		"success=done new_authtok_reqd=done default=ignore",
		"default=reset", "success=reset default=bad", "default=ok",
		"ignore=ok default=bad", "success=3 default=2",
		"default=2147483647" };
	const uint32_t i = any(COUNT(keywords) + COUNT(lists) + 3);

	if (i < COUNT(keywords)) {
		set_control(n, keywords[i]);
		return;
	}
	if (i < COUNT(keywords) + COUNT(lists)) {
		set_control(n, lists[i - COUNT(keywords)]);
		return;
	}
	for (size_t code = 0; code < CODE_COUNT; code++) {
		n->control.action[code] = (uint8_t)any(ACT_JUMP + 1);
		n->control.jump[code] =
		    n->control.action[code] == ACT_JUMP ? 1 + any(4) : 0;
	}
}

static int
any_answer(void)
{
	static const int odd[] = { 32, -1, 99, -2147483647 - 1 };

	switch (any(8)) {
	case 0:
		return odd[any(COUNT(odd))];
	case 1:
		return (int)any(PAM_INCOMPLETE);
	default:
		return few[any(COUNT(few))];
	}
}

static void
any_level(size_t at, unsigned depth)
{
	const uint32_t n = any(BELOW + 1);

	for (uint32_t k = 0; k < n && used < NODES; k++) {
		const size_t i = new_node();
		struct node *line = &nodes[i];

		nodes[at].below[nodes[at].count++] = i;
		line->substack = depth < 4 && any(5) == 0;
		if (line->substack) {
			any_level(i, depth + 1);
			continue;
		}
		line->refuses = any(12) == 0;
		any_control(line);
		for (size_t walk = 0; walk < WALKS; walk++) {
			line->answer[walk] = any_answer();
			line->waits[walk] = any(10) == 0;
		}
	}
}

int
main(void)
{
	for (size_t n = 1, all = KINDS; n <= 3; n++, all *= KINDS)
		for (size_t i = 0; i < all; i++)
			check_small(i, n);
	for (int i = 0; i < 20000; i++) {
		used = 0;
		new_node();
		any_level(0, 0);
		check_stack();
	}
	return TEST_RESULT();
}
