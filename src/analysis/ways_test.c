/* SPDX-License-Identifier: BSD-2-Clause */
/* The smallest sets of modules whose success is enough are those that trying
 * every combination of answers shows. */
#include "analysis/ways.h"

#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "analysis/test_world.h"
#include "base/drop.h"
#include "check.h"

#define STACKS 4000
#define SETS (1u << WORLD_ENTRIES)
#define SUCCESS_ONLY (UINT32_C(1) << PAM_SUCCESS)

static void
see(void *ctx, const struct world *w, const struct fate *fate)
{
	bool *seen = ctx;
	unsigned set = 0;

	if (fate->code != PAM_SUCCESS)
		return;
	for (size_t i = 0; i < fate->trail.count; i++) {
		const struct step *s = &fate->trail.step[i];
		const size_t at = (size_t)(s->entry - w->entry);

		if (s->answer == PAM_SUCCESS && w->answers[at] != SUCCESS_ONLY)
			set |= 1u << at;
	}
	seen[set] = true;
}

static bool
is_smallest(const bool *seen, unsigned set)
{
	for (unsigned s = 0; s < set; s++) {
		if (seen[s] && (s & ~set) == 0)
			return false;
	}
	return seen[set];
}

static bool
found(const struct ways *ways, unsigned set)
{
	for (size_t i = 0; i < ways->count; i++) {
		if (ways->way[i].entry[0] == set)
			return true;
	}
	return false;
}

static bool
agree(const bool *seen, const struct ways *ways)
{
	size_t n = 0;

	for (unsigned set = 0; set < SETS; set++) {
		if (!is_smallest(seen, set))
			continue;
		n++;
		if (!found(ways, set))
			return false;
	}
	return n == ways->count && !ways->cut;
}

static void
test_stack(uint64_t seed)
{
	bool seen[SETS] = { false };
	struct world w;
	struct quest quest;
	struct ways ways;

	world_make(&w, seed);
	world_each(&w, see, seen);
	quest = world_quest(&w);
	if (ways_find(&quest, &ways) < 0)
		exit(1);
	if (!agree(seen, &ways))
		world_print(&w);
	CHECK("the smallest sets", agree(seen, &ways));
	ways_free(&ways);
}

static uint32_t
two_answers(void *ctx, const struct entry *e)
{
	(void)ctx, (void)e;
	return 1u << PAM_SUCCESS | 1u << PAM_AUTH_ERR;
}

/* Pairs of lines of which one is enough: 2 to the power of pairs sets. */
static void
test_many(const char *label, size_t pairs, bool cut)
{
	static struct entry entry[WAY_ENTRIES + 2];
	struct chain chain = { entry, 2 * pairs, COUNT(entry) };
	const struct quest quest = { .chain = &chain, .answers = two_answers };
	uint32_t over[CODE_COUNT] = { [PAM_SUCCESS] = 1 };
	struct ways ways;

	memset(entry, 0, sizeof entry);
	for (size_t i = 0; i < 2 * pairs; i++) {
		memset(entry[i].action, ACT_BAD, sizeof entry[i].action);
		entry[i].action[PAM_SUCCESS] = i % 2 ? ACT_OK : ACT_JUMP;
		entry[i].action[PAM_AUTH_ERR] = i % 2 ? ACT_BAD : ACT_IGNORE;
		entry[i].jump = i % 2 ? NULL : over;
	}
	/* A jump is no yes: somebody has to say it at the end. */
	entry[chain.count - 2].action[PAM_SUCCESS] = ACT_DONE;
	CHECK_INT(label, 0, ways_find(&quest, &ways));
	CHECK_INT(label, cut, ways.cut);
	CHECK(label, ways.count > 0 || cut);
	if (!cut)
		CHECK_INT(label, 1LL << pairs, ways.count);
	ways_free(&ways);
}

int
main(void)
{
	for (uint64_t seed = 1; seed <= STACKS; seed++)
		test_stack(seed);
	test_many("a thousand sets are all told", 10, false);
	test_many("more than can be told", 20, true);
	test_many("longer than any stack", WAY_ENTRIES / 2 + 1, true);
	return TEST_RESULT();
}
