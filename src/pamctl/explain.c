/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl explain: the ways in, in words: for each facility every smallest set
 * of modules whose success is enough. */
#include <stdio.h>

#include "analysis/ways.h"
#include "base/drop.h"
#include "base/text.h"
#include "pamctl/modules.h"
#include "pamctl/pamctl.h"
#include "pamctl/source.h"

#define USAGE "explain [options] SERVICE [auth|account|session|password]"

static const struct verb_option own[] = { { .name = NULL } };

static void
print_way(const struct chain *chain, const struct way *way)
{
	const char *between = "";

	fputs("  ", stdout);
	for (size_t i = 0; i < chain->count; i++) {
		const struct entry *e = &chain->entry[i];

		if (!way_has(way, i))
			continue;
		fputs(between, stdout);
		put(stdout, e->name);
		fputs(" (", stdout);
		put(stdout, text_base(e->at.file));
		printf(":%u)", e->at.line);
		between = " and ";
	}
	puts(*between ? "" : "nobody has to say yes");
}

static void
print_ways(enum facility f, const struct chain *chain,
    const struct ways *ways)
{
	printf("%s:", facility_word(f));
	if (chain->count == 0) {
		puts(" always refused, there is no entry");
		return;
	}
	if (ways->count == 0 && !ways->cut) {
		puts(" always refused");
		return;
	}
	printf(" succeeds %s\n", ways->count > 1 ?
	    "in each of these ways" : "in this way");
	for (size_t i = 0; i < ways->count; i++)
		print_way(chain, &ways->way[i]);
	if (ways->cut)
		puts("  and in more ways than can be counted here");
}

static int
explain(const struct chain *chain, enum facility f, struct modules *m)
{
	const struct quest quest = modules_quest(m, chain, f);
	struct ways ways;

	if (ways_find(&quest, &ways) < 0)
		return fail(STATUS_AGAIN, "out of memory");
	print_ways(f, chain, &ways);
	ways_free(&ways);
	return STATUS_CLEAN;
}

static void
policy_freep(struct policy **p)
{
	policy_free(*p);
}

static int
run_verb(int argc, char **argv)
{
	_drop_(policy_freep) struct policy *policy = NULL;
	_drop_(modules_free) struct modules m = { 0 };
	struct options o;
	bool done;
	int rc = options_read(&o, USAGE, own, argc, argv, &done), only = -1;

	if (rc != 0 || done)
		return rc;
	if (o.argc < 1 || o.argc > 2)
		return fail(STATUS_USAGE, "usage: pamctl " USAGE);
	if (o.argc == 2) {
		only = source_facility(o.argv[1]);
		if (only < 0)
			return STATUS_USAGE;
	}
	rc = modules_read(&o, &m);
	if (rc == 0)
		rc = source_policy(&o, o.argv[0], &policy);
	for (int f = 0; f < FAC_COUNT && rc == 0; f++) {
		if (only < 0 || only == f)
			rc = explain(&policy->chain[f], (enum facility)f, &m);
	}
	return rc;
}

const struct verb verb_explain = {
	"explain", "the ways in: whose success is enough", run_verb,
};
