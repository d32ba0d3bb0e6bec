/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/diff/print.h"

#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/text.h"
#include "pamctl/columns.h"
#include "pamctl/pamctl.h"

/* Rows of one service and facility stand together. */
struct group {
	const struct remark *remark;
	size_t count;
	bool told;		/* with another group */
};

struct groups {
	struct group *group;
	size_t count;
};

static bool
same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool
same_group(const struct group *a, const struct group *b)
{
	if (a->remark->facility != b->remark->facility || a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		const struct remark *r = &a->remark[i], *s = &b->remark[i];

		if (r->sign != s->sign || r->open != s->open ||
		    strcmp(r->text, s->text) != 0 ||
		    !same_text(r->lines[SIDE_OLD], s->lines[SIDE_OLD]) ||
		    !same_text(r->lines[SIDE_NEW], s->lines[SIDE_NEW]))
			return false;
	}
	return true;
}

static int
groups_make(const struct remarks *remarks, struct groups *out)
{
	out->count = 0;
	out->group = calloc(remarks->count + 1, sizeof *out->group);
	if (!out->group)
		return fail(STATUS_AGAIN, "out of memory");
	for (size_t i = 0; i < remarks->count; i++) {
		const struct remark *remark = &remarks->remark[i];
		struct group *last = out->count ?
		    &out->group[out->count - 1] : NULL;

		if (last && last->remark->facility == remark->facility &&
		    strcmp(last->remark->service, remark->service) == 0)
			last->count++;
		else
			out->group[out->count++] = (struct group){ remark, 1,
				false };
	}
	return 0;
}

/* The services for which the same is to be said. */
static void
print_heading(struct groups *g, size_t at)
{
	const struct group *first = &g->group[at];

	put(stdout, first->remark->service);
	for (size_t i = at + 1; i < g->count; i++) {
		if (g->group[i].told || !same_group(first, &g->group[i]))
			continue;
		g->group[i].told = true;
		fputs(", ", stdout);
		put(stdout, g->group[i].remark->service);
	}
	if (first->remark->facility >= 0)
		printf(": %s",
		    facility_word((enum facility)first->remark->facility));
	putchar('\n');
}

static void
print_places(const char *side, const char *lines)
{
	if (!lines)
		return;
	printf("      %s", side);
	while (*lines) {
		const size_t len = strcspn(lines, " ");
		_drop_(freep) char *place = strndup(lines, len);

		putchar(' ');
		put(stdout, place ? text_base(place) : "");
		lines += len + (lines[len] == ' ');
	}
	putchar('\n');
}

static void
print_remark(const struct remark *remark, bool text)
{
	printf("  %c ", remark->sign);
	put(stdout, remark->text);
	puts(remark->open ? "   without a credential" : "");
	if (!text)
		return;
	print_places("old", remark->lines[SIDE_OLD]);
	print_places("new", remark->lines[SIDE_NEW]);
}

int
remarks_print(const struct remarks *remarks, bool text)
{
	struct groups g;
	const int rc = groups_make(remarks, &g);

	if (rc)
		return rc;
	for (size_t i = 0; i < g.count; i++) {
		if (g.group[i].told)
			continue;
		print_heading(&g, i);
		for (size_t j = 0; j < g.group[i].count; j++)
			print_remark(&g.group[i].remark[j], text);
	}
	free(g.group);
	return STATUS_CLEAN;
}

enum { COL_SERVICE, COL_FACILITY, COL_SIDE, COL_KIND, COL_TEXT, COL_CREDENTIAL,
	COL_OLD, COL_NEW };

static const struct column columns[] = {
	[COL_SERVICE] = { .name = "SERVICE" },
	[COL_FACILITY] = { .name = "FACILITY" },
	[COL_SIDE] = { .name = "SIDE" },
	[COL_KIND] = { .name = "KIND" },
	[COL_TEXT] = { .name = "TEXT" },
	[COL_CREDENTIAL] = { .name = "CREDENTIAL" },
	[COL_OLD] = { .name = "OLD" },
	[COL_NEW] = { .name = "NEW" },
	{ .name = NULL },
};

static const char *
side_word(char sign)
{
	return sign == '-' ? "old" : sign == '+' ? "new" : "both";
}

static void
fill_row(struct columns *c, const struct remark *remark)
{
	columns_row(c);
	columns_cell(c, COL_SERVICE, remark->service);
	columns_cell(c, COL_FACILITY, remark->facility < 0 ? NULL :
	    facility_word((enum facility)remark->facility));
	columns_cell(c, COL_SIDE, side_word(remark->sign));
	columns_cell(c, COL_KIND, remark->kind);
	columns_cell(c, COL_TEXT, remark->text);
	columns_cell(c, COL_CREDENTIAL, remark->open ? "none" : NULL);
	columns_cell(c, COL_OLD, remark->lines[SIDE_OLD]);
	columns_cell(c, COL_NEW, remark->lines[SIDE_NEW]);
}

int
remarks_print_columns(const struct options *o, const struct remarks *remarks)
{
	struct columns *c = columns_new(o, "differences", columns);

	if (!c)
		return STATUS_USAGE;
	for (size_t i = 0; i < remarks->count; i++)
		fill_row(c, &remarks->remark[i]);
	return columns_end(c);
}
