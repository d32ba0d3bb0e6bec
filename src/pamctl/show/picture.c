/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/show/picture.h"

#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/text.h"
#include "engine/run.h"
#include "pamctl/show/arrow.h"

#define WIDTH 34		/* of arguments in a box, in characters */

/* What it is called to get through a facility, and not to. */
static const struct {
	const char *yes, *no;
} ends[FAC_COUNT] = {
	[FAC_AUTH] = { "authenticated", "refused" },
	[FAC_ACCOUNT] = { "may come in", "kept out" },
	[FAC_SESSION] = { "session opens", "no session" },
	[FAC_PASSWORD] = { "password changed", "not changed" },
};

/* Text of others inside of a label. */
static void
write_text(FILE *to, const char *text)
{
	_drop_(freep) char *copy = strdup(text);

	if (!copy)
		return;
	text_defuse(copy);
	for (const char *s = copy; *s; s++) {
		if (strchr("&<>\"", *s))
			fprintf(to, "&#%d;", *s);
		else
			fputc(*s, to);
	}
}

/* Arguments in lines that are not too long. */
static void
write_arguments(FILE *to, const struct entry *e)
{
	size_t at = 0;

	if (e->argc == 0)
		return;
	fputs("<TR><TD ALIGN=\"LEFT\"><FONT POINT-SIZE=\"11\">", to);
	for (int i = 0; i < e->argc; i++) {
		const size_t len = strlen(e->argv[i]);

		if (at && at + len > WIDTH) {
			fputs("<BR ALIGN=\"LEFT\"/>", to);
			at = 0;
		} else if (at) {
			fputc(' ', to);
		}
		write_text(to, e->argv[i]);
		at += len + 1;
	}
	fputs("<BR ALIGN=\"LEFT\"/></FONT></TD></TR>", to);
}

/* As a policy has to write it. */
static void
write_control(FILE *to, const char *control)
{
	const bool brackets = strchr(control, '=');

	fputs(brackets ? "[" : "", to);
	write_text(to, control);
	fputs(brackets ? "]" : "", to);
}

static void
draw_entry(const struct drawing *d, size_t i)
{
	const struct entry *e = &d->chain->entry[i];
	const bool unreached = d->reached && !d->reached[i];
	FILE *to = d->to;

	fprintf(to, "%s%zu [label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" "
	    "CELLSPACING=\"0\" CELLPADDING=\"1\"><TR><TD ALIGN=\"LEFT\"><B>",
	    facility_word(d->facility), i);
	write_text(to, e->kind == ENTRY_REFUSE ? "broken line: refuses" :
	    e->name);
	fputs("</B></TD></TR>", to);
	write_arguments(to, e);
	fputs("<TR><TD ALIGN=\"LEFT\"><FONT POINT-SIZE=\"10\" COLOR=\"" GREY
	    "\">", to);
	write_control(to, e->control ? e->control : "");
	fprintf(to, "   line %u%s</FONT></TD></TR></TABLE>>%s%s];\n",
	    e->at.line, unreached ? ", never reached" : "",
	    e->kind == ENTRY_REFUSE ? " color=\"" RED "\"" : "",
	    unreached ? " style=\"rounded,dashed\"" : "");
}

static void
write_target(const struct drawing *d, const struct arrow *a)
{
	const char *word = facility_word(d->facility);

	if (a->to < d->chain->count)
		fprintf(d->to, "%s%zu", word, a->to);
	else if (a->action == ACT_DIE || a->refused)
		fprintf(d->to, "%s_no", word);
	else if (a->action == ACT_DONE)
		fprintf(d->to, "%s_yes", word);
	else
		fprintf(d->to, "%s_end", word);
}

static void
draw_arrows(const struct drawing *d, size_t at)
{
	struct arrow arrow[CODE_COUNT];
	const size_t n = arrows_find(d, at, arrow);

	for (size_t i = 0; i < n; i++) {
		const char *colour = arrow_colour(&arrow[i]);

		fprintf(d->to, "%s%zu -> ", facility_word(d->facility), at);
		write_target(d, &arrow[i]);
		fputs(" [label=\"  ", d->to);
		arrow_write(d, at, arrow, n, i);
		fprintf(d->to, " \" color=\"%s\" fontcolor=\"%s\" "
		    "weight=%d];\n", colour, colour, arrow[i].to == at + 1 ? 20 : 1);
	}
}

/* A frame for entries of one file, or for a substack, until close_frame. */
static void
open_frame(const struct drawing *d, size_t at, const char *before,
    const char *name)
{
	fprintf(d->to, "subgraph \"cluster_%s_%zu%s\" { label=<%s",
	    facility_word(d->facility), at, before, before);
	write_text(d->to, name);
	fputs(">;\n", d->to);
}

static void
close_frame(const struct drawing *d)
{
	fputs("}\n", d->to);
}

/* The entries of one level from at on, in frames; inside is the file whose
 * frame is around them. Gives the first entry behind them. */
static size_t
draw_level(const struct drawing *d, size_t at, unsigned depth,
    const char *inside)
{
	const struct entry *entry = d->chain->entry;
	const char *file = inside;

	while (at < d->chain->count && entry[at].depth >= depth) {
		const struct entry *e = &entry[at];
		const char *own = text_base(e->at.file);

		if (strcmp(own, file) != 0) {
			if (file != inside)
				close_frame(d);
			file = strcmp(own, inside) == 0 ? inside : own;
			if (file != inside)
				open_frame(d, at, "", own);
		}
		if (e->kind != ENTRY_SUBSTACK) {
			draw_entry(d, at++);
			continue;
		}
		open_frame(d, at, "substack ", e->module);
		at = draw_level(d, at + 1, depth + 1, text_base(e->module));
		close_frame(d);
	}
	if (file != inside)
		close_frame(d);
	return at;
}

static size_t
first_entry(const struct chain *chain)
{
	const struct entry *e;
	struct walk w;

	walk_begin(&w);
	e = walk_next(chain, &w);
	return e ? (size_t)(e - chain->entry) : chain->count;
}

/* Arrows only lead forward. */
static void
find_reached(struct drawing *d)
{
	d->reached = calloc(d->chain->count + 1, sizeof *d->reached);
	if (!d->reached)
		return;
	d->reached[first_entry(d->chain)] = true;
	for (size_t i = 0; i < d->chain->count; i++) {
		struct arrow arrow[CODE_COUNT];
		const size_t n = d->reached[i] ?
		    arrows_find(d, i, arrow) : 0;

		for (size_t j = 0; j < n; j++)
			d->reached[arrow[j].to] = true;
	}
}

static void
draw_ends(const struct drawing *d)
{
	const char *word = facility_word(d->facility);

	fprintf(d->to, "%s_yes [label=\"%s\" shape=box style=\"rounded,filled\""
	    " fillcolor=\"" GREEN "\" fontcolor=white color=\"" GREEN "\"];\n",
	    word, ends[d->facility].yes);
	fprintf(d->to, "%s_no [label=\"%s\" shape=box style=\"rounded,filled\""
	    " fillcolor=\"" RED "\" fontcolor=white color=\"" RED "\"];\n",
	    word, ends[d->facility].no);
	fprintf(d->to, "%s_end [label=\"end of the stack\" shape=plain "
	    "fontcolor=\"" GREY "\"];\n", word);
	fprintf(d->to, "%s_end -> %s_yes [label=\" somebody said yes,\\n "
	    "nobody refused \" color=\"" GREEN "\" fontcolor=\"" GREEN
	    "\"];\n", word, word);
	fprintf(d->to, "%s_end -> %s_no [label=\" otherwise \" color=\"" RED
	    "\" fontcolor=\"" RED "\"];\n", word, word);
}

static void
draw_stack(const struct drawing *d, const char *file)
{
	const char *word = facility_word(d->facility);

	fprintf(d->to, "%s_start [label=\"%s\" shape=plain fontsize=16];\n",
	    word, word);
	fprintf(d->to, "%s_start -> ", word);
	write_target(d, &(struct arrow){ .to = first_entry(d->chain) });
	fputs(" [weight=20];\n", d->to);
	open_frame(d, 0, "", file);
	draw_level(d, 0, 0, file);
	close_frame(d);
	draw_ends(d);
	for (size_t i = 0; i < d->chain->count; i++) {
		if (d->chain->entry[i].kind != ENTRY_SUBSTACK)
			draw_arrows(d, i);
	}
}

void
picture_draw(FILE *to, const char *service, const struct policy *policy,
    int only, const struct facts *facts)
{
	fputs("digraph policy {\n"
	    "fontname=\"Helvetica,Arial,sans-serif\"; fontsize=12; "
	    "fontcolor=\"" GREY "\"; labeljust=l; ranksep=0.45; nodesep=0.5; "
	    "color=\"#d0d7de\"; style=\"rounded,filled\"; "
	    "fillcolor=\"#f6f8fa\"; bgcolor=white; pad=0.2;\n"
	    "node [fontname=\"Helvetica,Arial,sans-serif\" fontsize=13 "
	    "shape=box margin=\"0.15,0.06\" style=\"rounded,filled\" "
	    "fillcolor=white "
	    "color=\"" GREY "\"];\n"
	    "edge [fontname=\"Helvetica,Arial,sans-serif\" fontsize=10 "
	    "arrowsize=0.7 color=\"" GREY "\"];\n", to);
	for (int f = 0; f < FAC_COUNT; f++) {
		struct drawing d = { to, (enum facility)f, &policy->chain[f],
			facts, NULL };

		if (!d.chain->count || (only >= 0 && only != f))
			continue;
		find_reached(&d);
		draw_stack(&d, service);
		free(d.reached);
	}
	fputs("}\n", to);
}
