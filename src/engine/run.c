/* SPDX-License-Identifier: BSD-2-Clause */
#include "engine/run.h"

#include <security/_pam_types.h>

void
walk_begin(struct walk *w)
{
	w->at = 0;
	w->depth = 0;
	w->verdict = VERDICT_NONE;
	w->saved[0] = VERDICT_NONE;	/* the others when they are entered */
	w->bad_jump = NULL;
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

static bool
is_code(int answer)
{
	return answer >= 0 && answer < CODE_COUNT;
}

/* The action for an answer, or for what was answered the first time.:
 * what is no code is a refusal. */
static enum action
action_for(const struct entry *e, int key, int *answer)
{
	if (!is_code(*answer) || !is_code(key))
		*answer = PAM_PERM_DENIED;
	return is_code(key) ? (enum action)e->action[key] : ACT_BAD;
}

static bool
changed(const struct verdict *a, const struct verdict *b)
{
	return a->mood != b->mood || a->status != b->status;
}

/* Inlined below: a module costs less than these calls would. */
static inline const struct entry *
next(const struct chain *chain, struct walk *w)
{
	for (; w->at < chain->count; w->at++) {
		const struct entry *e = &chain->entry[w->at];

		if (e->depth != w->depth)
			enter(w, e->depth);
		if (e->kind != ENTRY_SUBSTACK)
			return e;
	}
	return NULL;
}

const struct entry *
walk_next(const struct chain *chain, struct walk *w)
{
	return next(chain, w);
}

/* True when the level ends with it. X-10: who now has nothing to say takes
 * back nothing either. */
static inline bool
judge(struct verdict *v, enum action action, int answer, int key)
{
	if (answer == PAM_IGNORE && key != PAM_IGNORE &&
	    (action == ACT_OK || action == ACT_DONE))
		return action == ACT_DONE && v->mood == MOOD_GOOD;
	return verdict_add(v, action, answer);
}

static void
take_any(const struct chain *chain, struct walk *w, struct step *s, int key,
    bool frozen)
{
	const struct entry *e = s->entry;
	const struct verdict before = w->verdict;
	int answer = s->answer;
	const enum action action = action_for(e, key, &answer);
	const enum action judged =
	    action == ACT_JUMP && frozen ? ACT_OK : action;
	bool over;

	if (action == ACT_RESET)
		w->verdict = w->saved[w->depth];
	over = judge(&w->verdict, judged, answer, key);
	s->answer = answer;
	s->action = (uint8_t)action;
	if (action == ACT_JUMP) {
		s->jump = e->jump[key];
		jump(chain, w, s->jump);
	} else if (over) {
		leave(chain, w);
	} else {
		w->at++;
	}
	s->decided = changed(&before, &w->verdict);
	s->granted = (judged == ACT_OK || judged == ACT_DONE) &&
	    answer == PAM_SUCCESS && w->verdict.mood == MOOD_GOOD;
}

/* What most entries of most logins say: yes, where nobody has said anything
 * else. */
static inline bool
is_one_more_yes(const struct walk *w, const struct entry *e, int answer,
    int key)
{
	return answer == PAM_SUCCESS && key == PAM_SUCCESS &&
	    e->action[PAM_SUCCESS] == ACT_OK &&
	    w->verdict.mood == MOOD_GOOD && w->verdict.status == PAM_SUCCESS;
}

static inline void
take(const struct chain *chain, struct walk *w, struct step *s, int key,
    bool frozen)
{
	const struct entry *e = &chain->entry[w->at];

	s->entry = e;
	s->jump = 0;
	if (!is_one_more_yes(w, e, s->answer, key)) {
		take_any(chain, w, s, key, frozen);
		return;
	}
	s->action = ACT_OK;
	s->decided = false;
	s->granted = true;
	w->at++;
}

void
walk_take(const struct chain *chain, struct walk *w, struct step *s, int key,
    bool frozen)
{
	take(chain, w, s, key, frozen);
}

int
run(const struct run *r, struct walk *w)
{
	const struct chain *chain = r->chain;
	const struct entry *e;

	while ((e = next(chain, w))) {
		struct step scratch, *s = trail_next(r->trail);
		int *kept = r->kept ? &r->kept[w->at] : NULL;
		bool frozen;

		if (!s)
			s = &scratch;
		s->ms = 0;
		s->answer = e->kind == ENTRY_MODULE ?
		    r->ask(r->ctx, e, &s->ms) : PAM_PERM_DENIED;
		if (s->answer == PAM_INCOMPLETE)
			return PAM_INCOMPLETE;
		if (kept && !r->follow)
			*kept = s->answer;
		frozen = r->follow && *kept != KEPT_NONE;
		take(chain, w, s, frozen ? *kept : s->answer, frozen);
		r->trail->count += s != &scratch;
	}
	return verdict_end(&w->verdict);
}
