/* SPDX-License-Identifier: BSD-2-Clause */
/* The search finds what happens when every combination of answers is tried:
 * nothing less, nothing more. */
#include "analysis/explore.h"

#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "analysis/test_world.h"
#include "base/drop.h"
#include "check.h"

#define STACKS 4000
#define MARKS (1 << WORLD_MARKS)

/* What came out of the attempts. */
struct seen {
	size_t steps[CODE_COUNT][MARKS];	/* of a shortest way */
	size_t empty[CODE_COUNT];		/* without any step */
	bool reached[WORLD_ENTRIES], jumps_out[WORLD_ENTRIES];
	bool ignores;
};

static uint32_t
marks_of(const struct world *w, const struct trail *trail)
{
	uint32_t marks = 0;

	for (size_t i = 0; i < trail->count; i++) {
		const struct step *s = &trail->step[i];

		if (s->entry->kind == ENTRY_MODULE)
			marks |= w->mark[s->entry - w->entry][s->answer];
		else
			marks |= w->mark[s->entry - w->entry][PAM_PERM_DENIED];
	}
	return marks;
}

/* The same walk once more, for what its result does not tell. */
static void
see_jumps(struct seen *seen, const struct world *w, const struct fate *fate)
{
	const struct entry *e;
	struct walk walk;

	walk_begin(&walk);
	while ((e = walk_next(&w->chain, &walk))) {
		struct step step = { .answer = PAM_PERM_DENIED };

		if (e->kind == ENTRY_MODULE)
			step.answer = fate->answer[e - w->entry];
		walk.bad_jump = NULL;
		walk_take(&w->chain, &walk, &step, step.answer, false);
		if (walk.bad_jump)
			seen->jumps_out[walk.bad_jump - w->entry] = true;
	}
	seen->ignores |= walk.verdict.mood != MOOD_NONE &&
	    walk.verdict.status == PAM_IGNORE;
}

static void
see(void *ctx, const struct world *w, const struct fate *fate)
{
	struct seen *seen = ctx;
	const struct trail *trail = &fate->trail;
	size_t *steps = &seen->steps[fate->code][marks_of(w, trail)];

	if (!trail->count)
		seen->empty[fate->code] = 1;
	else if (!*steps || trail->count < *steps)
		*steps = trail->count;
	for (size_t i = 0; i < trail->count; i++)
		seen->reached[trail->step[i].entry - w->entry] = true;
	see_jumps(seen, w, fate);
}

/* The way that is shown leads there, and none is shorter. */
static bool
way_is_right(const struct exploration *x, const struct outcome *o,
    const struct world *w, const struct seen *seen)
{
	struct trail trail = { 0 };
	struct verdict v = VERDICT_NONE;
	struct walk walk;
	bool right;

	explore_way(x, o, &trail);
	walk_begin(&walk);
	for (size_t i = 0; i < trail.count; i++) {
		struct step step = { .answer = trail.step[i].answer };

		if (walk_next(&w->chain, &walk) != trail.step[i].entry)
			break;
		walk_take(&w->chain, &walk, &step, step.answer, false);
	}
	right = !walk_next(&w->chain, &walk);
	v = walk.verdict;
	right &= verdict_end(&v) == o->code && marks_of(w, &trail) == o->marks;
	right &= trail.count ? trail.count == seen->steps[o->code][o->marks] :
	    seen->empty[o->code];
	trail_free(&trail);
	return right;
}

static size_t
count_seen(const struct seen *seen)
{
	size_t n = 0;

	for (size_t c = 0; c < CODE_COUNT; c++) {
		for (size_t m = 0; m < MARKS; m++)
			n += seen->steps[c][m] || (!m && seen->empty[c]);
	}
	return n;
}

static bool
agree(const struct world *w, const struct exploration *x,
    const struct seen *seen)
{
	bool same = !x->cut && x->outcomes == count_seen(seen) &&
	    x->ignores == seen->ignores;

	for (size_t i = 0; i < x->outcomes; i++) {
		const struct outcome *o = &x->outcome[i];

		same &= way_is_right(x, o, w, seen);
		same &= explore_find(x, o->code, MARKS - 1, o->marks) == o;
	}
	for (size_t i = 0; i < w->chain.count; i++)
		same &= x->reached[i] == seen->reached[i] &&
		    x->jumps_out[i] == seen->jumps_out[i];
	return same;
}

/* Told apart by success alone, the search finds the same of it. */
static bool
agree_roughly(const struct world *w, const struct exploration *x,
    const struct exploration *all)
{
	bool same = x->ignores == all->ignores && !x->cut &&
	    x->places.count <= all->places.count;

	for (uint32_t m = 0; m < MARKS; m++)
		same &= !explore_find(x, PAM_SUCCESS, MARKS - 1, m) ==
		    !explore_find(all, PAM_SUCCESS, MARKS - 1, m);
	for (size_t i = 0; i < w->chain.count; i++)
		same &= x->reached[i] == all->reached[i] &&
		    x->jumps_out[i] == all->jumps_out[i];
	return same;
}

static void
test_roughly(struct world *w, const struct exploration *all)
{
	struct quest quest = world_quest(w);
	struct exploration x;

	quest.grain = GRAIN_SUCCESS;
	if (explore(&quest, &x) < 0)
		exit(1);
	if (!agree_roughly(w, &x, all))
		world_print(w);
	CHECK("success alone", agree_roughly(w, &x, all));
	explore_end(&x);
}

static void
test_stack(uint64_t seed)
{
	static struct seen seen;
	struct exploration x;
	struct quest quest;
	struct world w;

	memset(&seen, 0, sizeof seen);
	world_make(&w, seed);
	world_each(&w, see, &seen);
	quest = world_quest(&w);
	if (explore(&quest, &x) < 0)
		exit(1);
	if (!agree(&w, &x, &seen))
		world_print(&w);
	CHECK("exploring finds what trying finds", agree(&w, &x, &seen));
	test_roughly(&w, &x);
	explore_end(&x);
}

static uint32_t
anything(void *ctx, const struct entry *e)
{
	(void)ctx, (void)e;
	return UINT32_MAX;
}

/* A module with the actions of a control, in so many lines. */
static void
test_large(const char *label, const char *control_text, size_t lines)
{
	struct entry *entry = calloc(lines, sizeof *entry);
	struct chain chain = { entry, lines, lines };
	const struct quest quest = { .chain = &chain, .answers = anything };
	struct exploration x;
	struct control control;
	enum control_kind kind;
	const char *rest;

	CHECK_INT(label, CONTROL_FINE,
	    control_parse(control_text, &kind, &control, &rest));
	for (size_t i = 0; i < lines; i++) {
		entry[i].name = "pam_a";
		memcpy(entry[i].action, control.action,
		    sizeof entry[i].action);
		entry[i].jump = control.jump;
	}
	CHECK_INT(label, 0, explore(&quest, &x));
	CHECK(label, !x.cut && explore_find(&x, PAM_SUCCESS, 0, 0));
	CHECK(label, x.places.count < 200 * lines);
	explore_end(&x);
	free(entry);
}

static void
test_empty(void)
{
	const struct chain chain = { 0 };
	const struct quest quest = { .chain = &chain, .answers = anything };
	struct exploration x;

	CHECK_INT("an empty stack", 0, explore(&quest, &x));
	CHECK_INT("an empty stack has one outcome", 1, x.outcomes);
	CHECK("it is a refusal", explore_find(&x, PAM_PERM_DENIED, 0, 0));
	explore_end(&x);
}

int
main(void)
{
	for (uint64_t seed = 1; seed <= STACKS; seed++)
		test_stack(seed);
	test_empty();
	test_large("many lines, each required", "required", 2000);
	test_large("many lines with jumps",
	    "success=ok user_unknown=2 ignore=3 default=bad", 2000);
	return TEST_RESULT();
}
