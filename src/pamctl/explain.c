/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl explain: the ways in, in words: for each facility every smallest set
 * of modules whose success is enough, and whose failure stops everybody. */
#include <stdio.h>

#include "analysis/stops.h"
#include "analysis/ways.h"
#include "base/drop.h"
#include "base/text.h"
#include "pamctl/columns.h"
#include "pamctl/pamctl.h"
#include "pamctl/policies/modules.h"
#include "pamctl/policies/source.h"

#define USAGE "explain [options] SERVICE [auth|account|session|password]"

static const struct verb_option own[] = { { .name = NULL } };

enum { COL_FACILITY, COL_VERDICT, COL_WAY, COL_MODULE, COL_FILE, COL_LINE,
	COL_ANSWERS };

/* For programs: a row for each module of a way. */
static const struct column columns[] = {
	[COL_FACILITY] = { .name = "FACILITY" },
	[COL_VERDICT] = { .name = "VERDICT" },
	[COL_WAY] = { .name = "WAY", .number = true },
	[COL_MODULE] = { .name = "MODULE" },
	[COL_FILE] = { .name = "FILE" },
	[COL_LINE] = { .name = "LINE", .number = true },
	[COL_ANSWERS] = { .name = "ANSWERS" },
	{ .name = NULL },
};

static void
fill_row(struct columns *c, enum facility f, const char *verdict, size_t way,
    const struct entry *e)
{
	columns_row(c);
	columns_cell(c, COL_FACILITY, facility_word(f));
	columns_cell(c, COL_VERDICT, verdict);
	if (way)
		columns_number(c, COL_WAY, (long long)way);
	if (!e)
		return;
	columns_cell(c, COL_MODULE, e->name);
	columns_cell(c, COL_FILE, e->at.file);
	columns_number(c, COL_LINE, e->at.line);
}

/* A way on which nobody has to say yes is a row without a module. */
static void
fill_way(struct columns *c, enum facility f, const struct chain *chain,
    const struct ways *ways, size_t i)
{
	bool any = false;

	for (size_t at = 0; at < chain->count; at++) {
		if (!way_has(&ways->way[i], at))
			continue;
		fill_row(c, f, "succeeds", i + 1, &chain->entry[at]);
		any = true;
	}
	if (!any)
		fill_row(c, f, "succeeds", i + 1, NULL);
}

static void
fill_ways(struct columns *c, enum facility f, const struct chain *chain,
    const struct ways *ways)
{
	for (size_t i = 0; i < ways->count; i++)
		fill_way(c, f, chain, ways, i);
	if (ways->cut)
		fill_row(c, f, "undecided", 0, NULL);
	else if (ways->count == 0)
		fill_row(c, f, "refused", 0, NULL);
}

/* "acct_expired perm_denied", cut to size bytes. */
static void
write_codes(uint32_t codes, char *text, size_t size)
{
	size_t len = 0;

	*text = '\0';
	for (int code = 0; code < CODE_COUNT && len < size; code++) {
		if (codes >> code & 1)
			len += (size_t)snprintf(text + len, size - len,
			    "%s%s", len ? " " : "", code_word(code));
	}
}

/* A row for each module whose failure stops, with the answers that do. */
static void
fill_stops(struct columns *c, enum facility f, const struct stops *stops)
{
	char codes[CODE_COUNT * 24];

	for (size_t i = 0; i < stops->count; i++) {
		write_codes(stops->stop[i].codes, codes, sizeof codes);
		fill_row(c, f, "stops", 0, stops->stop[i].entry);
		columns_cell(c, COL_ANSWERS, codes);
	}
	if (stops->cut)
		fill_row(c, f, "undecided", 0, NULL);
}

static void
print_place(const struct entry *e)
{
	put(stdout, e->name);
	fputs(" (", stdout);
	put(stdout, text_base(e->at.file));
	printf(":%u)", e->at.line);
}

static void
print_stops(const struct stops *stops)
{
	char codes[CODE_COUNT * 24];

	if (stops->count)
		puts("  refused, whatever the others say, where one of "
		    "these is asked and fails");
	for (size_t i = 0; i < stops->count; i++) {
		const struct stop *s = &stops->stop[i];
		const bool few = __builtin_popcount(s->codes) <
		    __builtin_popcount(s->others);

		fputs("    ", stdout);
		print_place(s->entry);
		write_codes(few ? s->codes : s->others, codes, sizeof codes);
		if (s->others)
			printf(" %s %s", few ? "by" : "but not by", codes);
		putchar('\n');
	}
	if (stops->cut)
		puts("    and perhaps others: not everything could be tried");
}

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
		print_place(e);
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
explain(const struct chain *chain, enum facility f, struct modules *m,
    struct columns *c)
{
	const struct quest quest = modules_quest(m, chain, f);
	_drop_(stops_free) struct stops stops = { 0 };
	_drop_(ways_free) struct ways ways = { 0 };
	int rc = ways_find(&quest, &ways);

	/* Where nobody gets in, nothing is left to stop. */
	if (rc == 0 && (ways.count || ways.cut))
		rc = stops_find(&quest, &stops);
	if (rc < 0)
		return fail(STATUS_AGAIN, "out of memory");
	if (c) {
		fill_ways(c, f, chain, &ways);
		fill_stops(c, f, &stops);
	} else {
		print_ways(f, chain, &ways);
		print_stops(&stops);
	}
	return STATUS_CLEAN;
}

static int
explain_all(const struct options *o, const struct policy *policy, int only,
    struct modules *m)
{
	const bool wanted = o->json || o->raw || o->output;
	struct columns *c = wanted ? columns_new(o, "ways", columns) : NULL;
	int rc = wanted && !c ? STATUS_USAGE : STATUS_CLEAN, end;

	for (int f = 0; f < FAC_COUNT && rc == 0; f++) {
		if (only < 0 || only == f)
			rc = explain(&policy->chain[f], (enum facility)f, m,
			    c);
	}
	end = c ? columns_end(c) : STATUS_CLEAN;
	return rc ? rc : end;
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
	return rc ? rc : explain_all(&o, policy, only, &m);
}

const struct verb verb_explain = {
	"explain", "the ways in: whose success is enough", run_verb,
};
