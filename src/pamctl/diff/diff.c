/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl diff: what do two trees of policies allow that the other does not? By
 * meaning, not by text: trees that read differently and mean the same have no
 * difference. */
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "pamctl/diff/pairs.h"
#include "pamctl/diff/print.h"
#include "pamctl/diff/shared.h"
#include "pamctl/pamctl.h"
#include "pamctl/policies/modules.h"
#include "pamctl/policies/source.h"

#define USAGE "diff [options] OLD NEW"

/* What the verb was asked for besides. */
struct wish {
	const char **service, **facility;
	bool text;
	bool of[FAC_COUNT];
};

/* The modules of a facility. */
struct modules_of {
	const struct facts *facts;
	enum facility facility;
};

static uint32_t
answers(void *ctx, const struct entry *e, enum lane lane)
{
	const struct modules_of *m = ctx;

	return facts_of(m->facts, e, lane == LANE_FIRST ?
	    function_first(m->facility) : function_second(m->facility)).answers;
}

static bool
proves(void *ctx, const struct entry *e)
{
	const struct modules_of *m = ctx;

	return facts_of(m->facts, e, FUNCTION_AUTH).proof == PROOF_CREDENTIAL;
}

/* Where everything is compared, and what comes of it. */
struct comparison {
	const struct facts *facts;
	const struct wish *wish;
	struct shared shared;
	struct remarks remarks;
};

static int
compare_stacks(struct comparison *c, const struct pair *pair, enum facility f)
{
	struct modules_of m = { c->facts, f };
	const struct inquiry in = {
		.chain = { &pair->policy[SIDE_OLD]->chain[f],
		    &pair->policy[SIDE_NEW]->chain[f] },
		.answers = answers, .proves = proves, .ctx = &m,
		.twice = function_first(f) != function_second(f),
	};
	const struct differences *d;
	const int rc = shared_find(&c->shared, f, &in, &d);

	return rc ? rc : remarks_add(&c->remarks, pair->service, f, d);
}

/* Whose a stack is, where that is not the same in both. */
static int
compare_owners(const struct pair *pair, enum facility f,
    struct remarks *remarks)
{
	const enum side s = pair->own[SIDE_OLD][f] ? SIDE_OLD : SIDE_NEW;
	const struct remark like = {
		.service = pair->service, .facility = (int)f, .kind = "other",
		.sign = s == SIDE_OLD ? '-' : '+',
	};

	if (pair->own[SIDE_OLD][f] == pair->own[SIDE_NEW][f] ||
	    !pair->listed[SIDE_OLD] || !pair->listed[SIDE_NEW])
		return 0;
	return remarks_add_text(remarks, &like, "has lines of its own; "
	    "without them \"other\" decides");
}

static int
compare_policies(const struct pair *pair, struct remarks *remarks)
{
	const enum side listed = pair->listed[SIDE_OLD] ? SIDE_OLD : SIDE_NEW;
	const enum side works = pair->policy[SIDE_OLD]->refused ?
	    SIDE_NEW : SIDE_OLD;
	struct remark like = { .service = pair->service, .facility = -1,
		.kind = "service", .sign = listed == SIDE_OLD ? '-' : '+' };
	int rc = 0;

	if (pair->listed[SIDE_OLD] != pair->listed[SIDE_NEW])
		rc = remarks_add_text(remarks, &like, "has a policy of its "
		    "own; without it \"other\" decides");
	like.sign = works == SIDE_OLD ? '-' : '+';
	if (rc == 0 && pair->policy[SIDE_OLD]->refused !=
	    pair->policy[SIDE_NEW]->refused)
		rc = remarks_add_text(remarks, &like, "can be started; in the "
		    "%s tree every program is refused",
		    works == SIDE_OLD ? "new" : "old");
	return rc;
}

static int
compare_pair(struct comparison *c, const struct pair *pair)
{
	int rc = compare_policies(pair, &c->remarks);

	if (pair->policy[SIDE_OLD]->refused || pair->policy[SIDE_NEW]->refused)
		return rc;
	for (int f = 0; f < FAC_COUNT && rc == 0; f++) {
		if (!c->wish->of[f])
			continue;
		rc = compare_owners(pair, (enum facility)f, &c->remarks);
		if (rc == 0)
			rc = compare_stacks(c, pair, (enum facility)f);
	}
	return rc;
}

static void
comparison_end(struct comparison *c)
{
	shared_free(&c->shared);
	remarks_free(&c->remarks);
}

static int
compare_all(const struct options *o, const struct wish *wish,
    const struct facts *facts, const struct pairs *pairs)
{
	_drop_(comparison_end) struct comparison c = { facts, wish, { 0 },
		{ 0 } };
	int rc = 0;

	for (size_t i = 0; i < pairs->count && rc == 0; i++) {
		if (!pairs->pair[i].part)
			rc = compare_pair(&c, &pairs->pair[i]);
	}
	if (rc < 0)
		return fail(STATUS_AGAIN, "out of memory");
	if (o->json || o->raw || o->output)
		rc = remarks_print_columns(o, &c.remarks);
	else
		rc = remarks_print(&c.remarks, wish->text);
	if (rc)
		return rc;
	return c.remarks.count ? STATUS_FINDINGS : STATUS_CLEAN;
}

static int
diff(const struct options *o, const struct wish *wish)
{
	_drop_(modules_free) struct modules m = { 0 };
	_drop_(pairs_free) struct pairs pairs = { 0 };
	int rc = modules_read(o, &m);

	if (rc == 0)
		rc = pairs_read(o, wish->service, &pairs);
	return rc ? rc : compare_all(o, wish, m.facts, &pairs);
}

static int
read_facilities(struct wish *wish)
{
	for (int f = 0; f < FAC_COUNT; f++)
		wish->of[f] = !wish->facility;
	for (size_t i = 0; wish->facility && wish->facility[i]; i++) {
		const int f = source_facility(wish->facility[i]);

		if (f < 0)
			return STATUS_USAGE;
		wish->of[f] = true;
	}
	return 0;
}

static int
run_verb(int argc, char **argv)
{
	struct wish wish = { 0 };
	const struct verb_option own[] = {
		{ .name = "service", .argument = "SERVICE",
		    .what = "only this service; may be given again",
		    .values = &wish.service },
		{ .name = "facility", .argument = "FACILITY",
		    .what = "only this facility; may be given again",
		    .values = &wish.facility },
		{ .name = "text", .what = "with the lines that make it so",
		    .flag = &wish.text },
		{ .name = NULL },
	};
	struct options o;
	bool done;
	int rc = options_read(&o, USAGE, own, argc, argv, &done);

	if (rc == 0 && !done && o.argc != 2)
		rc = fail(STATUS_USAGE, "usage: pamctl " USAGE);
	if (rc == 0 && !done)
		rc = read_facilities(&wish);
	if (rc == 0 && !done)
		rc = diff(&o, &wish);
	free(wish.service);
	free(wish.facility);
	return rc;
}

const struct verb verb_diff = {
	"diff", "what do two trees allow that the other does not?", run_verb,
};
