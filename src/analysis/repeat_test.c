/* SPDX-License-Identifier: BSD-2-Clause */
/* A second walk that fails behind a first one that succeeded is found exactly
 * where trying every combination of answers, and walking twice, shows one. */
#include "analysis/repeat.h"

#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "analysis/test_world.h"
#include "base/drop.h"
#include "check.h"

#define STACKS 6000

struct seen {
	bool fails;
	size_t successes;
};

static void
see(void *ctx, const struct world *w, const struct fate *fate)
{
	struct seen *seen = ctx;

	if (fate->code != PAM_SUCCESS)
		return;
	seen->successes++;
	seen->fails |= world_again(w, &fate->trail) != PAM_SUCCESS;
}

static uint32_t
first(void *ctx, const struct entry *e)
{
	const struct world *w = ctx;

	return w->answers[e - w->entry];
}

static int
second(void *ctx, const struct entry *e)
{
	const struct world *w = ctx;

	return w->second[e - w->entry];
}

/* What is shown happened: the first walk leads to success by these answers, and
 * the second to the code. */
static bool
shows(const struct world *w, const struct mishap *m)
{
	struct walk walk;
	size_t i = 0;

	walk_begin(&walk);
	for (; walk_next(&w->chain, &walk) && i < m->first.count; i++) {
		struct step step = { .answer = m->first.step[i].answer };

		if (walk_next(&w->chain, &walk) != m->first.step[i].entry)
			return false;
		walk_take(&w->chain, &walk, &step, step.answer, false);
	}
	return i == m->first.count && !walk_next(&w->chain, &walk) &&
	    verdict_end(&walk.verdict) == PAM_SUCCESS &&
	    world_again(w, &m->first) == m->code && m->code != PAM_SUCCESS;
}

static void
test_stack(uint64_t seed, size_t *mishaps)
{
	struct world w;
	const struct repeat r = { &w.chain, first, second, &w };
	struct seen seen = { 0 };
	struct mishap m;

	world_make(&w, seed);
	world_each(&w, see, &seen);
	if (repeat_try(&r, &m) < 0)
		exit(1);
	if (m.found != seen.fails || (m.found && !shows(&w, &m)))
		world_print(&w);
	CHECK_INT("found where it is", seen.fails, m.found);
	CHECK("what is found is shown", !m.found || shows(&w, &m));
	CHECK("nothing is left out", !m.cut);
	*mishaps += m.found;
	mishap_free(&m);
}

static void
test_alone(uint64_t seed)
{
	struct trail none = { 0 }, trail = { 0 };
	struct world w;
	const struct repeat r = { &w.chain, first, second, &w };

	world_make(&w, seed);
	CHECK_INT("alone", world_again(&w, &none), repeat_alone(&r, &trail));
	trail_free(&trail);
}

int
main(void)
{
	size_t mishaps = 0;

	for (uint64_t seed = 1; seed <= STACKS; seed++) {
		test_stack(seed, &mishaps);
		test_alone(seed);
	}
	CHECK("many stacks have one", mishaps > STACKS / 10);
	CHECK("many have none", mishaps < STACKS - STACKS / 10);
	return TEST_RESULT();
}
