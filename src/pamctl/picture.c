/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/picture.h"

#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "base/text.h"
#include "engine/run.h"

#define WIDTH 34		/* of arguments in a box, in characters */
#define CODES_TOLD 3
#define BIT(code) (UINT32_C(1) << (code))

#define GREEN "#1a7f37"
#define RED "#cf222e"
#define GREY "#57606a"

/* The stack that is drawn. */
struct drawing {
	FILE *to;
	enum facility facility;
	const struct chain *chain;
	const struct facts *facts;
	bool *reached;		/* by entry, or NULL: not known */
};

/* Where some answers of an entry lead, and what they do. */
struct arrow {
	uint32_t codes;
	uint8_t action;
	uint32_t skips;
	size_t to;		/* an entry, or the number of entries: the end */
	bool refused;		/* a jump that leads out of its level */
};

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

static uint32_t
answers_of(const struct drawing *d, const struct entry *e)
{
	if (e->kind != ENTRY_MODULE)
		return BIT(PAM_PERM_DENIED);
	return facts_of(d->facts, e, facts_first(d->facility)).answers &
	    ~BIT(PAM_INCOMPLETE);
}

/* Where the library goes on behind an answer, if nobody has refused so far. */
static struct arrow
arrow_for(const struct drawing *d, size_t at, int code)
{
	const struct entry *e = &d->chain->entry[at];
	struct step step = { .answer = code };
	struct walk w;
	const struct entry *next;

	walk_begin(&w);
	w.at = at;
	walk_next(d->chain, &w);
	w.verdict = (struct verdict){ MOOD_GOOD, PAM_SUCCESS };
	walk_take(d->chain, &w, &step, code, false);
	next = walk_next(d->chain, &w);
	return (struct arrow){ BIT(code), e->action[code], step.jump,
		next ? (size_t)(next - d->chain->entry) : d->chain->count,
		w.bad_jump };
}

static size_t
find_arrows(const struct drawing *d, size_t at, struct arrow *arrow)
{
	const uint32_t may = answers_of(d, &d->chain->entry[at]);
	size_t n = 0;

	for (int code = 0; code < CODE_COUNT; code++) {
		const struct arrow a = arrow_for(d, at, code);
		size_t i = 0;

		if (!(may >> code & 1))
			continue;
		while (i < n && (arrow[i].action != a.action ||
		    arrow[i].to != a.to || arrow[i].refused != a.refused))
			i++;
		if (i < n)
			arrow[i].codes |= a.codes;
		else
			arrow[n++] = a;
	}
	return n;
}

static int
size_of(uint32_t codes)
{
	return __builtin_popcount(codes);
}

static void
write_codes(FILE *to, uint32_t codes)
{
	const char *between = "";
	int told = 0;

	for (int code = 0; code < CODE_COUNT; code++) {
		if (!(codes >> code & 1))
			continue;
		if (told++ == CODES_TOLD && size_of(codes) > CODES_TOLD + 1) {
			fputs(", ...", to);
			return;
		}
		fprintf(to, "%s%s", between, code_word(code));
		between = ", ";
	}
}

/* The answers of an arrow. The largest group is all the others. */
static void
write_when(FILE *to, const struct arrow *arrow, size_t n, size_t i)
{
	size_t largest = n;

	for (size_t j = 0; j < n; j++) {
		if (!(arrow[j].codes & BIT(PAM_SUCCESS)) && (largest == n ||
		    size_of(arrow[j].codes) > size_of(arrow[largest].codes)))
			largest = j;
	}
	if (n == 1 && size_of(arrow[i].codes) > 1)
		fputs("whatever it says", to);
	else if (n > 1 && i == largest && size_of(arrow[i].codes) > 1)
		fputs("otherwise", to);
	else
		write_codes(to, arrow[i].codes);
}

/* Whether an entry above may have refused without ending the stack. */
static bool
refused_before(const struct drawing *d, size_t at)
{
	for (size_t i = 0; i < at; i++) {
		const struct entry *e = &d->chain->entry[i];
		const uint32_t may = answers_of(d, e);

		for (int code = 0; code < CODE_COUNT; code++) {
			if (e->kind != ENTRY_SUBSTACK && may >> code & 1 &&
			    e->action[code] == ACT_BAD)
				return true;
		}
	}
	return false;
}

static void
write_then(const struct drawing *d, const struct arrow *a, size_t at)
{
	static const char *const words[] = {
		[ACT_IGNORE] = ": \\n  ignored",
		[ACT_OK] = "",
		[ACT_DONE] = ": \\n  done",
		[ACT_BAD] = ": \\n  refused in the end",
		[ACT_DIE] = ": \\n  refused at once",
		[ACT_RESET] = ": \\n  forget what was said",
		[ACT_JUMP] = "",
	};

	fputs(words[a->action], d->to);
	if (a->action == ACT_OK && !(a->codes & BIT(PAM_SUCCESS)))
		fputs(a->codes == BIT(PAM_IGNORE) ? ": \\n  ignored" :
		    ": \\n  that is the answer", d->to);
	if (a->action == ACT_DONE && refused_before(d, at))
		fputs(" unless refused above", d->to);
	if (a->refused)
		fputs(": \\n  jumps too far, refused", d->to);
	else if (a->action == ACT_JUMP)
		fprintf(d->to, ": \\n  skips %u", a->skips);
}

static const char *
colour_of(const struct arrow *a)
{
	if (a->action == ACT_BAD || a->action == ACT_DIE || a->refused)
		return RED;
	return a->codes & BIT(PAM_SUCCESS) && a->action != ACT_IGNORE ?
	    GREEN : GREY;
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
	const size_t n = find_arrows(d, at, arrow);

	for (size_t i = 0; i < n; i++) {
		const char *colour = colour_of(&arrow[i]);

		fprintf(d->to, "%s%zu -> ", facility_word(d->facility), at);
		write_target(d, &arrow[i]);
		fputs(" [label=\"  ", d->to);
		write_when(d->to, arrow, n, i);
		write_then(d, &arrow[i], at);
		fprintf(d->to, " \" color=\"%s\" fontcolor=\"%s\" weight=%d];\n",
		    colour, colour, arrow[i].to == at + 1 ? 20 : 1);
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

/* The entries of one level from at on, in frames; inside is the file whose frame
 * is around them. Gives the first entry behind them. */
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
		    find_arrows(d, i, arrow) : 0;

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
