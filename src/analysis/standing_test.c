/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/standing.h"

#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "check.h"

/* The place of a walk that has gone as deep as walks go. */
static struct walk
deep(void)
{
	struct walk w;

	walk_begin(&w);
	w.at = 70000;
	w.depth = DEPTH_MAX;
	w.verdict = (struct verdict){ MOOD_BAD, PAM_MODULE_UNKNOWN };
	for (unsigned d = 1; d <= DEPTH_MAX; d++)
		w.saved[d] = (struct verdict){ MOOD_GOOD, (int)d };
	return w;
}

static void
test_back(void)
{
	const struct walk before = deep();
	const struct standing s = standing_of(&before, 7);
	const struct walk after = standing_walk(&s);

	CHECK_INT("place", before.at, after.at);
	CHECK_INT("depth", before.depth, after.depth);
	CHECK_INT("mood", before.verdict.mood, after.verdict.mood);
	CHECK_INT("status", before.verdict.status, after.verdict.status);
	for (unsigned d = 0; d <= DEPTH_MAX; d++) {
		CHECK_INT("mood of a level", before.saved[d].mood,
		    after.saved[d].mood);
		CHECK_INT("status of a level", before.saved[d].status,
		    after.saved[d].status);
	}
}

static const struct {
	const char *label;
	struct verdict verdict;
	int code, status;
} ends[] = {
	{ "nobody said anything", { MOOD_NONE, PAM_PERM_DENIED },
	  PAM_PERM_DENIED, PAM_PERM_DENIED },
	{ "success", { MOOD_GOOD, PAM_SUCCESS }, PAM_SUCCESS, PAM_SUCCESS },
	{ "a success that nobody granted", { MOOD_BAD, PAM_SUCCESS },
	  PAM_PERM_DENIED, PAM_SUCCESS },
	{ "ignore is a refusal", { MOOD_GOOD, PAM_IGNORE }, PAM_PERM_DENIED,
	  PAM_IGNORE },
	{ "the last code", { MOOD_BAD, PAM_INCOMPLETE }, PAM_INCOMPLETE,
	  PAM_INCOMPLETE },
};

static void
test_ends(void)
{
	for (size_t i = 0; i < COUNT(ends); i++) {
		struct walk w;
		struct standing s;

		walk_begin(&w);
		w.verdict = ends[i].verdict;
		s = standing_of(&w, 0);
		CHECK_INT(ends[i].label, ends[i].code, standing_code(&s));
		CHECK_INT(ends[i].label, ends[i].status, standing_status(&s));
	}
}

/* Comparable byte by byte: what a walk carries beside does not count. */
static void
test_same(void)
{
	struct walk a = deep(), b = deep();
	struct standing s, t;

	a.depth = b.depth = 2;
	b.saved[3] = (struct verdict){ MOOD_BAD, PAM_ABORT };
	s = standing_of(&a, 1);
	t = standing_of(&b, 1);
	CHECK("levels that were left do not count", !memcmp(&s, &t, sizeof s));
	b.saved[2] = (struct verdict){ MOOD_BAD, PAM_ABORT };
	t = standing_of(&b, 1);
	CHECK("levels above do", memcmp(&s, &t, sizeof s));
	t = standing_of(&a, 2);
	CHECK("so do marks", memcmp(&s, &t, sizeof s));
}

int
main(void)
{
	test_back();
	test_ends();
	test_same();
	return TEST_RESULT();
}
