/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/diff/words.h"

#include <security/_pam_types.h>

static const char *const seconds[FAC_COUNT] = {
	[FAC_AUTH] = "setcred",
	[FAC_SESSION] = "close",
};

static const char *const firsts[FAC_COUNT] = {
	[FAC_AUTH] = "authenticate",
	[FAC_SESSION] = "open",
};

static void
write_entry(FILE *to, const struct entry *e)
{
	fputs(e->name ? e->name : "a broken line", to);
	for (int i = 0; i < e->argc; i++)
		fprintf(to, "%s%s%s", i ? " " : " (", e->argv[i],
		    i == e->argc - 1 ? ")" : "");
}

static void
write_label(const struct telling *t, size_t label)
{
	write_entry(t->to, match_entry(&t->all->match, label));
}

static void
write_way(const struct telling *t)
{
	const struct chain *chain = t->all->match.chain[t->d->side];
	const char *between = "";

	for (size_t i = 0; i < chain->count; i++) {
		if (!way_has(&t->d->way, i))
			continue;
		fputs(between, t->to);
		write_entry(t->to, &chain->entry[i]);
		between = " and ";
	}
	if (!*between)
		fputs("nobody has to say yes", t->to);
}

/* What both walks heard, each answer once. */
static void
write_answers(const struct telling *t, enum lane lane)
{
	const struct trail *old = &t->d->account.trail[SIDE_OLD][lane];
	const struct trail *new = &t->d->account.trail[SIDE_NEW][lane];
	const struct match *m = &t->all->match;
	const char *before = lane == LANE_FIRST ? " when " : ", then ";

	for (size_t i = 0; i < old->count + new->count; i++) {
		const enum side s = i >= old->count;
		const struct step *step = s ? &new->step[i - old->count] :
		    &old->step[i];
		const uint32_t label = m->label[s][step->entry -
		    m->chain[s]->entry];
		bool told = label == NO_LABEL;

		for (size_t j = 0; s && j < old->count; j++)
			told |= m->label[SIDE_OLD][old->step[j].entry -
			    m->chain[SIDE_OLD]->entry] == label;
		if (told)
			continue;
		fprintf(t->to, "%s%s=%s", before, step->entry->name,
		    code_word(step->answer));
		before = " ";
	}
}

static void
tell_way(const struct telling *t)
{
	write_way(t);
	if (t->d->less)
		fprintf(t->to, "; %s lets in with less",
		    t->d->side == SIDE_OLD ? "new" : "old");
}

static void
tell_case(const struct telling *t)
{
	fputs("success", t->to);
	write_answers(t, LANE_FIRST);
}

static void
write_codes(const struct telling *t, enum lane lane)
{
	fprintf(t->to, "%s, was %s",
	    code_word(t->d->account.code[SIDE_NEW][lane]),
	    code_word(t->d->account.code[SIDE_OLD][lane]));
}

static void
tell_code(const struct telling *t)
{
	if (t->d->all_fail)
		fputs("programs see, when everything fails: ", t->to);
	else
		fputs("programs see: ", t->to);
	write_codes(t, LANE_FIRST);
	if (!t->d->all_fail)
		write_answers(t, LANE_FIRST);
}

static void
tell_again(const struct telling *t)
{
	fprintf(t->to, "%s behind a success of %s: ", seconds[t->facility],
	    firsts[t->facility]);
	write_codes(t, LANE_SECOND);
	write_answers(t, LANE_FIRST);
	write_answers(t, LANE_SECOND);
}

/* The walk of the second function went in the place of the first. */
static void
tell_alone(const struct telling *t)
{
	fprintf(t->to, "%s without %s: ", seconds[t->facility],
	    firsts[t->facility]);
	write_codes(t, LANE_FIRST);
	write_answers(t, LANE_FIRST);
}

static void
tell_asked(const struct telling *t)
{
	fputs("asks ", t->to);
	write_label(t, t->d->label);
	if (!t->d->never)
		fputs(" on more ways", t->to);
}

static void
tell_order(const struct telling *t)
{
	fputs("asks ", t->to);
	write_label(t, t->d->label);
	fputs(" before ", t->to);
	write_label(t, t->d->before);
	fputs(", was behind it", t->to);
}

static void
tell_undecided(const struct telling *t)
{
	fputs("more ways than can be tried: there may be more differences",
	    t->to);
}

static const struct {
	const char *word;
	void (*tell)(const struct telling *t);
	bool sided;
} kinds[] = {
	[DIFFERENCE_WAY] = { "way", tell_way, true },
	[DIFFERENCE_CASE] = { "case", tell_case, true },
	[DIFFERENCE_CODE] = { "code", tell_code, false },
	[DIFFERENCE_AGAIN] = { "again", tell_again, false },
	[DIFFERENCE_ALONE] = { "alone", tell_alone, false },
	[DIFFERENCE_ASKED] = { "asked", tell_asked, true },
	[DIFFERENCE_ORDER] = { "order", tell_order, false },
	[DIFFERENCE_UNDECIDED] = { "undecided", tell_undecided, false },
};

void
words_write(const struct telling *t)
{
	kinds[t->d->kind].tell(t);
}

const char *
words_kind(enum difference_kind kind)
{
	return kinds[kind].word;
}

bool
words_sided(enum difference_kind kind)
{
	return kinds[kind].sided;
}

static void
write_place(FILE *to, const struct entry *e)
{
	fprintf(to, "%s%s:%u", ftell(to) > 0 ? " " : "", e->at.file,
	    e->at.line);
}

/* Who said yes, where it succeeded; or else who decided. */
static void
write_trail(FILE *to, const struct trail *trail, bool success)
{
	const struct step *decider = trail_decider(trail);

	for (size_t i = 0; success && i < trail->count; i++) {
		if (trail->step[i].answer == PAM_SUCCESS &&
		    trail->step[i].entry->kind == ENTRY_MODULE)
			write_place(to, trail->step[i].entry);
	}
	if (!success && decider)
		write_place(to, decider->entry);
}

static void
write_label_place(const struct telling *t, enum side s, size_t label)
{
	const struct match *m = &t->all->match;

	if (m->entry[s][label] != NO_ENTRY)
		write_place(t->to, &m->chain[s]->entry[m->entry[s][label]]);
}

static void
write_way_places(const struct telling *t, enum side s)
{
	const struct chain *chain = t->all->match.chain[s];

	for (size_t i = 0; i < chain->count && s == t->d->side; i++) {
		if (way_has(&t->d->way, i))
			write_place(t->to, &chain->entry[i]);
	}
}

void
words_write_lines(const struct telling *t, enum side s)
{
	const struct difference *d = t->d;
	const enum lane lane = d->kind == DIFFERENCE_AGAIN;

	if (d->kind == DIFFERENCE_WAY)
		write_way_places(t, s);
	if (d->kind == DIFFERENCE_ASKED || d->kind == DIFFERENCE_ORDER)
		write_label_place(t, s, d->label);
	if (d->kind == DIFFERENCE_ORDER)
		write_label_place(t, s, d->before);
	else if (d->told && ftell(t->to) == 0)
		write_trail(t->to, &d->account.trail[s][lane],
		    d->account.code[s][lane] == PAM_SUCCESS);
}
