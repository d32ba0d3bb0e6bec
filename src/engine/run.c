/* SPDX-License-Identifier: BSD-2-Clause */
#include "engine/run.h"

#include <string.h>

#include <security/_pam_types.h>

void
walk_begin(struct walk *w)
{
	memset(w, 0, sizeof *w);
	w->verdict = VERDICT_NONE;
	w->saved[0] = VERDICT_NONE;
}

/* a level remembers the verdict with which it began. */
static void
enter(struct walk *w, unsigned depth)
{
	while (w->depth < depth)
		w->saved[++w->depth] = w->verdict;
	w->depth = depth;
}

/* The first entry behind at that is not deeper than depth. */
static size_t
behind(const struct chain *c, size_t at, unsigned depth)
{
	while (at < c->count && c->entry[at].depth > depth)
		at++;
	return at;
}

/* go on at the next shallower entry. */
static void
leave(const struct chain *c, struct walk *w)
{
	const unsigned depth = c->entry[w->at].depth;

	w->at = depth ? behind(c, w->at, depth - 1) : c->count;
}

/* skip n units; a substack is one with all that belongs to it. */
static void
jump(const struct chain *c, struct walk *w, uint32_t n)
{
	const struct entry *from = &c->entry[w->at];
	size_t at = w->at + 1;

	for (; n; n--) {
		if (at >= c->count || c->entry[at].depth < from->depth) {
			w->verdict = (struct verdict){
				MOOD_BAD, PAM_PERM_DENIED
			};
			w->bad_jump = from;
			break;
		}
		at = behind(c, at + 1, from->depth);
	}
	w->at = at;
}

/* The action for an answer, or for what was answered the first time. */
static enum action
action_for(const struct entry *e, int key, int *answer)
{
	if (key >= 0 && key < CODE_COUNT)
		return (enum action)e->action[key];
	*answer = PAM_PERM_DENIED;
	return ACT_BAD;
}

static bool
changed(const struct verdict *a, const struct verdict *b)
{
	return a->mood != b->mood || a->status != b->status;
}

/* Judge one answer, note the step, move on. key is the answer that decides
 * what to do: in a frozen chain the one of the first time. */
static void
judge(const struct run *r, struct walk *w, struct step *s, int key)
{
	const struct entry *e = s->entry;
	const struct verdict before = w->verdict;
	const bool frozen = r->follow && r->kept[w->at] != KEPT_NONE;
	enum action judged;
	bool over;

	s->action = (uint8_t)action_for(e, key, &s->answer);
	judged = (enum action)s->action;
	if (judged == ACT_RESET)
		w->verdict = w->saved[w->depth];
	if (judged == ACT_JUMP && frozen)
		judged = ACT_OK;
	/* who now has nothing to say takes back nothing either. */
	if (s->answer == PAM_IGNORE && key != PAM_IGNORE &&
	    (judged == ACT_OK || judged == ACT_DONE))
		over = judged == ACT_DONE && w->verdict.mood == MOOD_GOOD;
	else
		over = verdict_add(&w->verdict, judged, s->answer);

	if (s->action == ACT_JUMP) {
		s->jump = e->jump[key];
		jump(r->chain, w, s->jump);
	} else if (over) {
		leave(r->chain, w);
	} else {
		w->at++;
	}
	s->decided = changed(&before, &w->verdict);
	s->granted = (judged == ACT_OK || judged == ACT_DONE) &&
	    s->answer == PAM_SUCCESS && w->verdict.mood == MOOD_GOOD;
	trail_add(r->trail, s);
}

int
run(const struct run *r, struct walk *w)
{
	while (w->at < r->chain->count) {
		const struct entry *e = &r->chain->entry[w->at];
		struct step step = { .entry = e, .answer = PAM_PERM_DENIED };
		int key;

		enter(w, e->depth);
		if (e->kind == ENTRY_SUBSTACK) {
			w->at++;
			continue;
		}
		if (e->kind == ENTRY_MODULE)
			step.answer = r->ask(r->ctx, e, &step.ms);
		if (step.answer == PAM_INCOMPLETE)
			return PAM_INCOMPLETE;
		key = step.answer;
		if (r->follow && r->kept[w->at] != KEPT_NONE)
			key = r->kept[w->at];
		else if (r->kept && !r->follow)
			r->kept[w->at] = key;
		judge(r, w, &step, key);
	}
	return verdict_end(&w->verdict);
}
