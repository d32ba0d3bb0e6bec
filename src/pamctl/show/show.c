/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl show: the stacks of a service as they are walked, each entry with the
 * line that it comes from; the way that setcred and close go behind another
 * call; or all of it as a picture. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "pamctl/columns.h"
#include "pamctl/pamctl.h"
#include "pamctl/policies/modules.h"
#include "pamctl/policies/source.h"
#include "pamctl/rehearsal/rehearsal.h"
#include "pamctl/show/picture.h"

#define USAGE "show [options] SERVICE [auth|account|session|password]"

enum { COL_TYPE, COL_CONTROL, COL_MODULE, COL_ARGUMENTS, COL_FILE, COL_LINE,
	COL_DEPTH, COL_FIRST, COL_SECOND };

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

/* With the answers of two calls. */
static const struct column frozen_columns[] = {
	[COL_TYPE] = { .name = "TYPE", .hidden = true },
	[COL_CONTROL] = { .name = "CONTROL" },
	[COL_MODULE] = { .name = "MODULE" },
	[COL_ARGUMENTS] = { .name = "ARGUMENTS", .hidden = true },
	[COL_FILE] = { .name = "FILE" },
	[COL_LINE] = { .name = "LINE", .number = true },
	[COL_DEPTH] = { .name = "DEPTH", .number = true, .hidden = true },
	[COL_FIRST] = { .name = "FIRST" },
	[COL_SECOND] = { .name = "SECOND" },
	{ .name = NULL },
};

/* What the verb was asked for besides. */
struct wish {
	struct rehearsal rehearsal;
	bool frozen, dot, svg;
};

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

/* "auth_err ignore": the answer, and what was done with it. */
static void
show_step(struct columns *c, size_t column, const struct trail *trail,
    const struct entry *e)
{
	for (size_t i = 0; i < trail->count; i++) {
		const struct step *s = &trail->step[i];
		char text[64];

		if (s->entry != e)
			continue;
		if (s->action == ACT_JUMP)
			snprintf(text, sizeof text, "%s jump %u",
			    code_word(s->answer), s->jump);
		else
			snprintf(text, sizeof text, "%s %s",
			    code_word(s->answer),
			    action_word((enum action)s->action));
		columns_cell(c, column, text);
	}
}

static void
show_rehearsal(struct columns *c, enum facility f, const struct chain *chain,
    const struct rehearsal *r)
{
	for (size_t i = 0; i < chain->count; i++) {
		const struct entry *e = &chain->entry[i];

		show_entry(c, f, e);
		show_step(c, COL_FIRST, &r->trail[0], e);
		show_step(c, COL_SECOND, &r->trail[1], e);
	}
}

/* The way that setcred takes behind authenticate, and close behind open. */
static int
show_frozen(const struct options *o, const struct chain *chain,
    enum facility f, struct rehearsal *r)
{
	struct columns *c;
	int rc;

	if (rehearsal_go(r, chain, f, false) < 0)
		return fail(STATUS_AGAIN, "out of memory");
	c = columns_new(o, "entries", frozen_columns);
	if (!c)
		return STATUS_USAGE;
	columns_fact(c, function_word(function_first(f)), code_word(r->code[0]));
	columns_fact(c, function_word(function_second(f)), code_word(r->code[1]));
	show_rehearsal(c, f, chain, r);
	rc = columns_end(c);
	if (rc == 0 && !o->json)
		printf("%s %s, then %s %s\n", function_word(function_first(f)),
		    code_word(r->code[0]), function_word(function_second(f)),
		    code_word(r->code[1]));
	return rc;
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

static int
draw(const struct options *o, const struct wish *wish,
    const struct policy *policy, int only)
{
	_drop_(modules_free) struct modules m = { 0 };
	const int rc = modules_read(o, &m);

	if (rc)
		return rc;
	if (wish->svg)
		return picture_svg(o->argv[0], policy, only, m.facts);
	picture_draw(stdout, o->argv[0], policy, only, m.facts);
	return STATUS_CLEAN;
}

static int
show_wish(const struct options *o, struct wish *wish)
{
	_drop_(policy_freep) struct policy *policy = NULL;
	int only = -1, rc = rehearsal_check(&wish->rehearsal, o);

	if (rc)
		return rc;
	if (o->argc == 2) {
		only = source_facility(o->argv[1]);
		if (only < 0)
			return STATUS_USAGE;
	}
	if (wish->frozen && only != FAC_AUTH && only != FAC_SESSION)
		return fail(STATUS_USAGE, "--frozen is for auth or session");
	rc = source_policy(o, o->argv[0], &policy);
	if (rc)
		return rc;
	if (wish->frozen)
		return show_frozen(o, &policy->chain[only],
		    (enum facility)only, &wish->rehearsal);
	return wish->dot || wish->svg ? draw(o, wish, policy, only) :
	    show(o, policy, only);
}

static int
run_verb(int argc, char **argv)
{
	struct wish wish = { 0 };
	struct verb_option own[REHEARSAL_OPTIONS + 4] = {
		[REHEARSAL_OPTIONS] = { .name = "frozen",
		    .what = "the way of setcred or close behind these answers",
		    .flag = &wish.frozen },
		[REHEARSAL_OPTIONS + 1] = { .name = "dot",
		    .what = "a picture, for Graphviz", .flag = &wish.dot },
		[REHEARSAL_OPTIONS + 2] = { .name = "svg",
		    .what = "a picture, by Graphviz", .flag = &wish.svg },
	};
	struct options o;
	bool done;
	int rc;

	rehearsal_options(&wish.rehearsal, own);
	rc = options_read(&o, USAGE, own, argc, argv, &done);
	if (rc == 0 && !done)
		rc = o.argc < 1 || o.argc > 2 ?
		    fail(STATUS_USAGE, "usage: pamctl " USAGE) :
		    show_wish(&o, &wish);
	rehearsal_end(&wish.rehearsal);
	return rc;
}

const struct verb verb_show = {
	"show", "the stacks of a service, with the line of each entry",
	run_verb,
};
