/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the walk down a stack leads: lines that it never comes to, jumps that
 * end in the wrong place, stacks that nobody gets through. */
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "base/text.h"
#include "pamctl/check/families.h"

static bool
same_place(const struct place *a, const struct place *b)
{
	return a->line == b->line && strcmp(a->file, b->file) == 0;
}

/* Whether some way through some stack comes to the line of this entry. */
static bool
is_reached(const struct check *c, enum facility f, const struct entry *e)
{
	for (size_t i = 0; i < c->services; i++) {
		const struct study *st = &c->service[i].study[f];

		for (size_t j = 0; !c->service[i].part && st->x.reached &&
		    j < st->chain->count; j++) {
			if (st->x.reached[j] && same_place(&e->at,
			    &st->chain->entry[j].at))
				return true;
		}
	}
	return false;
}

/* A refusal that nobody comes to is there in case somebody does. */
static void
look_unreachable(struct scene *s)
{
	const struct study *st = s->study;
	const struct fact *fact = &st->known[s->at].first;

	if (st->x.cut || st->x.reached[s->at] ||
	    (!may_answer(fact, PAM_SUCCESS) && !may_answer(fact, PAM_IGNORE)) ||
	    is_reached(s->check, s->facility, s->entry))
		return;
	found(s, s->entry->at, "no way through the %s stack comes to %s",
	    facility_word(s->facility), s->entry->name);
}

/* The first entry behind at that is not deeper than depth. */
static size_t
behind(const struct chain *c, size_t at, unsigned depth)
{
	while (at < c->count && c->entry[at].depth > depth)
		at++;
	return at;
}

/* How many units are left in an entry's level behind it. */
static uint32_t
units_left(const struct chain *c, size_t at)
{
	const unsigned depth = c->entry[at].depth;
	uint32_t n = 0;

	for (at++; at < c->count && c->entry[at].depth >= depth; n++)
		at = behind(c, at + 1, depth);
	return n;
}

static void
look_jump_out(struct scene *s)
{
	const struct entry *e = s->entry;
	const uint32_t left = units_left(s->chain, s->at);
	const struct fact *fact = &s->study->known[s->at].first;
	uint32_t told = 0;

	for (int code = 0; e->jump && code < CODE_COUNT; code++) {
		const uint32_t n = e->jump[code];

		if (e->action[code] != ACT_JUMP || n <= left || n == told ||
		    !may_answer(fact, code))
			continue;
		told = n;
		found_as(s, e->action[PAM_SUCCESS] == ACT_JUMP &&
		    e->jump[PAM_SUCCESS] == n ? LEVEL_ERROR : LEVEL_WARNING,
		    e->at, "%s: the jump over %u is a refusal, as only %u of "
		    "the %s follow", e->name, n, left,
		    e->depth ? "substack's lines" : "stack's lines");
	}
}

/* A jump over n lines: the file that brings some of them and is not the jump's
 * own, or NULL; *within tells that it ends between lines of that file. */
static const char *
crossed(const struct chain *c, size_t at, uint32_t n, bool *within)
{
	const struct entry *from = &c->entry[at];
	const char *file = NULL;

	*within = false;
	for (at++; n && at < c->count && c->entry[at].depth >= from->depth;
	    n--) {
		if (strcmp(c->entry[at].at.file, from->at.file) != 0)
			file = c->entry[at].at.file;
		at = behind(c, at + 1, from->depth);
	}
	if (file && at < c->count)
		*within = strcmp(c->entry[at].at.file, file) == 0;
	return file;
}

static void
look_jump_into(struct scene *s)
{
	const struct entry *e = s->entry;
	uint32_t told = 0;

	for (int code = 0; e->jump && code < CODE_COUNT; code++) {
		bool within;
		const char *file;

		if (e->action[code] != ACT_JUMP || e->jump[code] == told)
			continue;
		told = e->jump[code];
		file = crossed(s->chain, s->at, told, &within);
		if (file)
			found_as(s, within ? LEVEL_WARNING : LEVEL_NOTE, e->at,
			    "%s: the jump over %u %s %s", e->name, told,
			    within ? "ends amid the lines of" :
			    "counts the lines of", text_base(file));
	}
}

static void
look_ignored(struct scene *s)
{
	const struct exploration *x = &s->study->x;
	struct trail trail = { 0 };
	const struct step *step;

	if (!x->ignores || x->ignored.marks & MARK_GUESS)
		return;
	explore_way(x, &x->ignored, &trail);
	step = trail_decider(&trail);
	if (step)
		found(s, step->entry->at, "the %s stack can end in "
		    "PAM_IGNORE, by %s", facility_word(s->facility),
		    step->entry->name);
	trail_free(&trail);
}

static bool
is_refusal(const struct entry *e, int code)
{
	return e->action[code] == ACT_BAD || e->action[code] == ACT_DIE;
}

static void
look_ignore_refused(struct scene *s)
{
	const struct fact *fact = &s->study->known[s->at].first;
	const struct entry *e = s->entry;

	if (fact->vague || !may_answer(fact, PAM_IGNORE) ||
	    !is_refusal(e, PAM_IGNORE) || is_refusal(e, PAM_SUCCESS))
		return;
	found(s, e->at, "%s answers ignore when it has nothing to say, and "
	    "[%s] makes that a refusal", e->name, e->control);
}

static void
look_cut(struct scene *s)
{
	if (s->study->x.cut)
		found(s, s->chain->entry[0].at, "the %s stack has more ways "
		    "through it than were tried", facility_word(s->facility));
}

const struct rule rules_walk[] = {
	{ "unreachable", LEVEL_WARNING, SCOPE_ENTRY, look_unreachable,
	  "a line that no way through the stack comes to",
	  "Lines before it end the stack or jump over it in any case, so it "
	  "has no effect: a restriction that is written down and not there. "
	  "Often a sufficient module that always succeeds stands before it, "
	  "or a requisite one that always fails. pamctl explain shows the "
	  "ways." },
	{ "jump-out", LEVEL_ERROR, SCOPE_ENTRY, look_jump_out,
	  "a jump leaves its stack or substack",
	  "A jump skips so many lines of its own level, a substack counting as "
	  "one. To its end is allowed, beyond is a refusal. In most cases "
	  "lines were removed and the figure was not: make it smaller." },
	{ "jump-into-include", LEVEL_WARNING, SCOPE_ENTRY, look_jump_into,
	  "a jump counts lines that another file brings",
	  "Lines that are included are counted one by one. The jump therefore "
	  "ends elsewhere as soon as the other file gains or loses a line, "
	  "and that file is often written by a program. Include it as a "
	  "substack, which counts as one, or put the jump behind it." },
	{ "ignore-outcome", LEVEL_WARNING, SCOPE_CHAIN, look_ignored,
	  "a stack can end in PAM_IGNORE",
	  "The control counts ignore as ok, so that the whole stack may answer "
	  "PAM_IGNORE. Usher makes a refusal of that. Other libraries hand it "
	  "to the program, which has no use for it, and some take whatever is "
	  "no known failure for a success. Write ignore=ignore." },
	{ "ignore-refused", LEVEL_WARNING, SCOPE_ENTRY, look_ignore_refused,
	  "a module with nothing to say refuses",
	  "Modules answer ignore when a matter does not concern them, as "
	  "pam_nologin when there is no such file. A list as [success=ok "
	  "default=die] takes that for a failure and keeps everybody out. Add "
	  "ignore=ignore." },
	{ "too-many-ways", LEVEL_NOTE, SCOPE_CHAIN, look_cut,
	  "a stack is too large to try everything",
	  "What was tried is what was found; that nothing else is wrong with "
	  "the stack is not shown." },
	{ .code = NULL },
};
