/* SPDX-License-Identifier: BSD-2-Clause */
/* The walk down a chain. Three bytes make an entry, the rest are answers; the
 * chain is walked twice, the second time by the answers of the first. */
#include <stdbool.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "engine/run.h"
#include "target.h"

#define ENTRIES 48

static const char *const controls[] = { "required", "requisite", "sufficient",
	"optional", "binding", "definitive", "success=1 default=ignore",
	"success=ok default=1", "success=2 default=die", "default=reset",
	"success=reset default=bad", "ignore=ok default=2", "default=ok",
	"success=done default=3", "default=2147483647",
	"success=ok auth_err=reset ignore=1 default=done" };

struct stack {
	struct chain chain;
	struct entry entry[ENTRIES];
	struct control control[ENTRIES];
	int kept[ENTRIES];
	const uint8_t *answers;
	size_t left;
	/* The walk as it is seen from outside. */
	const struct entry *last;
	int given[ENTRIES];
};

/* ---- Making one ---- */

static void
make_entry(struct stack *s, size_t i, const uint8_t bytes[3], unsigned *depth)
{
	struct entry *e = &s->entry[i];
	enum control_kind kind;
	const char *rest;

	/* Deeper only behind a mark, and up as far as one likes. */
	if (bytes[0] & 4)
		*depth -= *depth ? bytes[0] >> 3 & 3 & *depth : 0;
	e->depth = (uint8_t)*depth;
	e->kind = bytes[0] % 4 == 3 && *depth < DEPTH_MAX - 1 ?
	    ENTRY_SUBSTACK : bytes[0] % 4 == 2 && bytes[0] & 0x80 ?
	    ENTRY_REFUSE : ENTRY_MODULE;
	control_parse(controls[bytes[1] % COUNT(controls)], &kind,
	    &s->control[i], &rest);
	memcpy(e->action, s->control[i].action, sizeof e->action);
	e->jump = s->control[i].jump;
	/* One code of its own, for what no keyword gives. */
	e->action[bytes[2] % CODE_COUNT] = bytes[2] >> 5 < ACT_JUMP ?
	    bytes[2] >> 5 : e->action[bytes[2] % CODE_COUNT];
	*depth += e->kind == ENTRY_SUBSTACK;
	s->kept[i] = KEPT_NONE;
}

static void
make(struct stack *s, const uint8_t *data, size_t size)
{
	const size_t n = size ? data[0] % (ENTRIES + 1) : 0;
	unsigned depth = 0;

	s->chain.entry = s->entry;
	while (s->chain.count < n && size > 1 + 3 * (s->chain.count + 1)) {
		make_entry(s, s->chain.count, data + 1 + 3 * s->chain.count,
		    &depth);
		s->chain.count++;
	}
	s->answers = data + (size ? 1 : 0) + 3 * s->chain.count;
	s->left = size - (size_t)(s->answers - data);
}

/* ---- Walking it ---- */

/* Without answers left: refused. Some are none that a module may give. */
static int
next_answer(struct stack *s)
{
	static const int odd[] = { -1, 32, 99, -2147483647 - 1 };

	if (!s->left)
		return PAM_AUTH_ERR;
	s->left--;
	return *s->answers < 0xf0 ? *s->answers++ % CODE_COUNT :
	    odd[*s->answers++ % COUNT(odd)];
}

static int
ask(void *ctx, const struct entry *e, uint32_t *ms)
{
	struct stack *s = ctx;

	PROMISE("only modules are asked", e->kind == ENTRY_MODULE);
	PROMISE("each once, in their order", !s->last || e > s->last);
	*ms = 0;
	s->last = e;
	s->given[e - s->entry] = next_answer(s);
	return s->given[e - s->entry];
}

/* Again and again until it is not put off; the same entry is asked again. */
static int
walk(struct stack *s, bool follow, struct trail *trail, struct walk *w)
{
	const struct run r = { .chain = &s->chain, .kept = s->kept,
		.follow = follow, .ask = ask, .ctx = s, .trail = trail };
	int rc;

	s->last = NULL;
	walk_begin(w);
	for (;;) {
		const struct entry *waiting;

		rc = run(&r, w);
		if (rc != PAM_INCOMPLETE)
			break;
		waiting = s->last;
		PROMISE("it stands where it was put off",
		    &s->entry[w->at] == waiting);
		s->last = waiting > s->entry ? waiting - 1 : NULL;
	}
	PROMISE("it comes to an end", w->at == s->chain.count);
	return rc;
}

/* ---- What is promised ---- */

static bool
counts(const struct step *s, bool follow)
{
	return s->answer == PAM_SUCCESS && (s->action == ACT_OK ||
	    s->action == ACT_DONE || (follow && s->action == ACT_JUMP));
}

static size_t
index_of(const struct stack *s, const struct entry *e)
{
	return (size_t)(e - s->entry);
}

/* The first entry from at on that is not deeper than depth. */
static size_t
skip_deeper(const struct stack *s, size_t at, int depth)
{
	while (at < s->chain.count && s->entry[at].depth > depth)
		at++;
	return at;
}

/* where a jump leads. It passes over whole substacks, and stops where its
 * own ends. */
static size_t
jump_target(const struct stack *s, const struct step *step)
{
	const int depth = step->entry->depth;
	size_t at = index_of(s, step->entry) + 1;

	for (uint32_t n = step->jump; n && at < s->chain.count &&
	    s->entry[at].depth >= depth; n--)
		at = skip_deeper(s, at + 1, depth);
	return at;
}

/* Where the walk must go on behind a step; done ends only what went well. */
static bool
leads_to(const struct stack *s, const struct step *step, size_t next)
{
	const size_t behind = index_of(s, step->entry) + 1;
	const size_t outside = skip_deeper(s, behind,
	    step->entry->depth - 1);

	switch ((enum action)step->action) {
	case ACT_JUMP:
		return next == jump_target(s, step);
	case ACT_DIE:
		return next == outside;
	case ACT_DONE:
		return next == outside || next == behind;
	case ACT_IGNORE:
	case ACT_OK:
	case ACT_BAD:
	case ACT_RESET:
		return next == behind;
	}
	return false;
}

/* Marks are passed without a step. */
static bool
leads_past_marks(const struct stack *s, const struct step *step, size_t next)
{
	while (!leads_to(s, step, next)) {
		if (next == 0 || s->entry[--next].kind != ENTRY_SUBSTACK)
			return false;
	}
	return true;
}

static bool
is_code(int answer)
{
	return answer >= 0 && answer < CODE_COUNT;
}

/* what is no code, now or the first time, refuses. */
static int
judged_answer(const struct stack *s, const struct entry *e, bool follow)
{
	const size_t i = index_of(s, e);
	const bool frozen = follow && s->kept[i] != KEPT_NONE;

	if (e->kind == ENTRY_REFUSE || !is_code(s->given[i]) ||
	    (frozen && !is_code(s->kept[i])))
		return PAM_PERM_DENIED;
	return s->given[i];
}

static void
check_steps(const struct stack *s, const struct trail *t, bool follow)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct step *step = &t->step[i];

		PROMISE("a mark is no step",
		    step->entry->kind != ENTRY_SUBSTACK);
		PROMISE("what is judged is the answer, or a refusal",
		    step->answer ==
		    judged_answer(s, step->entry, follow));
		PROMISE("the next step is where this one leads",
		    leads_past_marks(s, step, i + 1 < t->count ?
		    index_of(s, step[1].entry) : s->chain.count));
	}
}

static bool
has_reset(const struct trail *t)
{
	for (size_t i = 0; i < t->count; i++) {
		if (t->step[i].action == ACT_RESET)
			return true;
	}
	return false;
}

static void
check(const struct stack *s, const struct trail *t, const struct walk *w,
    int rc, bool follow)
{
	size_t yes = 0;

	for (size_t i = 0; i < t->count; i++)
		yes += counts(&t->step[i], follow);
	PROMISE("the answer is a code, and not a shrug", rc >= 0 &&
	    rc < CODE_COUNT && rc != PAM_IGNORE);
	PROMISE("success is somebody's", rc != PAM_SUCCESS || yes);
	PROMISE("a jump that leads nowhere refuses",
	    rc != PAM_SUCCESS || !w->bad_jump || has_reset(t));
	check_steps(s, t, follow);
}

static void
walk_and_check(struct stack *s, bool follow)
{
	struct trail trail = { 0 };
	struct walk w;
	const int rc = walk(s, follow, &trail, &w);

	check(s, &trail, &w, rc, follow);
	trail_free(&trail);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct stack s;

	memset(&s, 0, sizeof s);
	make(&s, data, size);
	walk_and_check(&s, false);
	walk_and_check(&s, true);
	return 0;
}
