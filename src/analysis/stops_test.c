/* SPDX-License-Identifier: BSD-2-Clause */
/* Failures that are said to stop everybody are those with which no combination
 * of answers leads to success; and none is left out. */
#include "analysis/stops.h"

#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "analysis/test_world.h"
#include "check.h"

#define STACKS 3000
#define BIT(n) (UINT32_C(1) << (n))
#define NO_FAILURE (BIT(PAM_SUCCESS) | BIT(PAM_IGNORE) | BIT(PAM_INCOMPLETE))

struct seen {
	uint32_t asked;			/* entries */
	uint32_t good[WORLD_ENTRIES];	/* answers on ways to success */
};

static void
see(void *ctx, const struct world *w, const struct fate *fate)
{
	struct seen *seen = ctx;

	for (size_t i = 0; i < fate->trail.count; i++) {
		const struct step *s = &fate->trail.step[i];
		const size_t at = (size_t)(s->entry - w->entry);

		seen->asked |= BIT(at);
		if (fate->code == PAM_SUCCESS)
			seen->good[at] |= BIT(s->answer);
	}
}

static uint32_t
told(const struct stops *stops, const struct entry *e)
{
	for (size_t i = 0; i < stops->count; i++) {
		if (stops->stop[i].entry == e)
			return stops->stop[i].codes;
	}
	return 0;
}

static bool
agrees(const struct world *w, const struct seen *seen,
    const struct stops *stops, size_t at)
{
	const uint32_t failures = w->answers[at] & ~NO_FAILURE;
	const bool counts = w->entry[at].kind == ENTRY_MODULE &&
	    seen->asked & BIT(at) && w->answers[at] & ~failures;

	return told(stops, &w->entry[at]) ==
	    (counts ? failures & ~seen->good[at] : 0);
}

static void
test_stack(uint64_t seed)
{
	struct seen seen = { 0 };
	struct world w;
	struct quest quest;
	struct stops stops;
	bool good;

	world_make(&w, seed);
	world_each(&w, see, &seen);
	quest = world_quest(&w);
	if (stops_find(&quest, &stops) < 0)
		exit(1);
	good = !stops.cut;
	for (size_t i = 0; i < w.chain.count; i++)
		good &= agrees(&w, &seen, &stops, i);
	if (!good)
		world_print(&w);
	CHECK("what stops everybody", good);
	stops_free(&stops);
}

int
main(void)
{
	for (uint64_t seed = 1; seed <= STACKS; seed++)
		test_stack(seed);
	return TEST_RESULT();
}
