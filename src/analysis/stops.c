/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/stops.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/grow.h"

/* So many places are tried in all, which takes a fraction of a second. */
#define EFFORT 600000

#define BIT(n) (UINT32_C(1) << (n))
#define NO_FAILURE (BIT(PAM_SUCCESS) | BIT(PAM_IGNORE) | BIT(PAM_INCOMPLETE))

/* One entry, and its failures by what they do; those of a class lead to the
 * same. */
struct suspect {
	const struct quest *quest;
	const struct entry *entry;
	uint32_t class_of[CODE_COUNT];	/* a bit; 0: no failure */
};

static uint32_t
answers(void *ctx, const struct entry *e)
{
	const struct suspect *s = ctx;

	return s->quest->answers(s->quest->ctx, e);
}

static uint32_t
marks(void *ctx, const struct entry *e, int answer)
{
	const struct suspect *s = ctx;

	return e == s->entry ? s->class_of[answer] : 0;
}

static bool
does_same(const struct entry *e, int a, int b)
{
	return e->action[a] == e->action[b] &&
	    (e->action[a] != ACT_JUMP || e->jump[a] == e->jump[b]);
}

static void
classify(struct suspect *s, uint32_t failures)
{
	memset(s->class_of, 0, sizeof s->class_of);
	for (int code = 0; code < CODE_COUNT; code++) {
		if (!(failures & BIT(code)))
			continue;
		s->class_of[code] = BIT(code);
		for (int like = code - 1; like >= 0; like--) {
			if (failures & BIT(like) &&
			    does_same(s->entry, like, code))
				s->class_of[code] = s->class_of[like];
		}
	}
}

/* Those failures with which some way leads to success. */
static int
find_harmless(struct suspect *s, uint32_t *codes, bool *reached, size_t *effort)
{
	const struct quest quest = { .chain = s->quest->chain,
		.answers = answers, .marks = marks, .ctx = s,
		.grain = GRAIN_SUCCESS };
	struct exploration x;

	if (explore(&quest, &x) < 0)
		return -ENOMEM;
	*codes = 0;
	*effort = x.cut || x.places.count > *effort ? 0 :
	    *effort - x.places.count;
	*reached = x.reached[s->entry - quest.chain->entry];
	for (int code = 0; code < CODE_COUNT; code++) {
		const uint32_t mark = s->class_of[code];

		if (mark && explore_find(&x, PAM_SUCCESS, mark, mark))
			*codes |= BIT(code);
	}
	explore_end(&x);
	return 0;
}

static int
try_entry(const struct quest *quest, const struct entry *e, size_t *effort,
    struct stops *out)
{
	struct suspect s = { .quest = quest, .entry = e };
	const uint32_t all = quest->answers(quest->ctx, e);
	const uint32_t failures = all & ~NO_FAILURE;
	uint32_t harmless;
	bool reached;

	if (!failures || failures == (all & ~BIT(PAM_INCOMPLETE)))
		return 0;
	classify(&s, failures);
	if (find_harmless(&s, &harmless, &reached, effort) < 0)
		return -ENOMEM;
	out->cut |= *effort == 0;
	if (out->cut || !reached || harmless == failures)
		return 0;
	if (GROW(out->stop, out->count, out->cap) < 0)
		return -ENOMEM;
	out->stop[out->count++] = (struct stop){ e, failures & ~harmless,
		harmless };
	return 0;
}

int
stops_find(const struct quest *quest, struct stops *out)
{
	size_t effort = EFFORT;
	int rc = 0;

	memset(out, 0, sizeof *out);
	for (size_t i = 0; i < quest->chain->count && !out->cut && rc == 0;
	    i++) {
		const struct entry *e = &quest->chain->entry[i];

		if (e->kind == ENTRY_MODULE)
			rc = try_entry(quest, e, &effort, out);
	}
	if (rc < 0)
		stops_free(out);
	return rc;
}

void
stops_free(struct stops *stops)
{
	free(stops->stop);
	memset(stops, 0, sizeof *stops);
}
