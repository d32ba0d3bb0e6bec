/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl show: the stacks of a service as they are walked, each entry with the
 * line that it comes from. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "pamctl/columns.h"
#include "pamctl/pamctl.h"
#include "pamctl/source.h"

#define USAGE "show [options] SERVICE [auth|account|session|password]"

enum { COL_TYPE, COL_CONTROL, COL_MODULE, COL_ARGUMENTS, COL_FILE, COL_LINE,
	COL_DEPTH };

static const struct column columns[] = {
	[COL_TYPE] = { .name = "TYPE" },
	[COL_CONTROL] = { .name = "CONTROL" },
	[COL_MODULE] = { .name = "MODULE" },
	[COL_ARGUMENTS] = { .name = "ARGUMENTS" },
	[COL_FILE] = { .name = "FILE" },
	[COL_LINE] = { .name = "LINE", .number = true },
	[COL_DEPTH] = { .name = "DEPTH", .number = true, .hidden = true },
	{ .name = NULL },
};

static const struct verb_option own[] = { { .name = NULL } };

/* An argument as a policy has to write it: in brackets where it has blanks. */
static void
write_argument(FILE *to, const char *argument)
{
	const bool brackets = !*argument || *argument == '[' ||
	    strpbrk(argument, " \t");

	if (brackets)
		fputc('[', to);
	for (; *argument; argument++) {
		if (brackets && *argument == ']')
			fputc('\\', to);
		fputc(*argument, to);
	}
	if (brackets)
		fputc(']', to);
}

static char *
arguments(const struct entry *e)
{
	char *text = NULL;
	size_t len = 0;
	FILE *to = open_memstream(&text, &len);

	if (!to)
		return NULL;
	for (int i = 0; i < e->argc; i++) {
		if (i)
			fputc(' ', to);
		write_argument(to, e->argv[i]);
	}
	if (fclose(to) != 0) {
		free(text);
		return NULL;
	}
	return text;
}

/* The module two columns to the right for each substack around it. */
static char *
module(const struct entry *e)
{
	static const char *const kinds[] = {
		[ENTRY_MODULE] = "",
		[ENTRY_REFUSE] = "(always refuses) ",
		[ENTRY_SUBSTACK] = "substack ",
	};
	char *text;

	if (asprintf(&text, "%*s%s%s", 2 * e->depth, "", kinds[e->kind],
	    e->module ? e->module : "") < 0)
		return NULL;
	return text;
}

static void
show_entry(struct columns *c, enum facility f, const struct entry *e)
{
	_drop_(freep) char *args = arguments(e);
	_drop_(freep) char *mod = module(e);

	columns_row(c);
	columns_cell(c, COL_TYPE, facility_word(f));
	columns_cell(c, COL_CONTROL,
	    e->kind == ENTRY_SUBSTACK ? NULL : e->control);
	columns_cell(c, COL_MODULE, mod);
	columns_cell(c, COL_ARGUMENTS, args);
	columns_cell(c, COL_FILE, e->at.file);
	columns_number(c, COL_LINE, e->at.line);
	columns_number(c, COL_DEPTH, e->depth);
}

static int
show(const struct options *o, const struct policy *policy, int only)
{
	struct columns *c = columns_new(o, "entries", columns);

	if (!c)
		return STATUS_USAGE;
	for (int f = 0; f < FAC_COUNT; f++) {
		const struct chain *chain = &policy->chain[f];

		for (size_t i = 0; i < chain->count; i++) {
			if (only < 0 || only == f)
				show_entry(c, (enum facility)f,
				    &chain->entry[i]);
		}
	}
	return columns_end(c);
}

static void
policy_freep(struct policy **p)
{
	policy_free(*p);
}

static int
run(int argc, char **argv)
{
	_drop_(policy_freep) struct policy *policy = NULL;
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
	rc = source_policy(&o, o.argv[0], &policy);
	return rc ? rc : show(&o, policy, only);
}

const struct verb verb_show = {
	"show", "the stacks of a service, with the line of each entry", run,
};
