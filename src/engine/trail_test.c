/* SPDX-License-Identifier: BSD-2-Clause */
/* What is told about a walk, and who is named as the one that decided. */
#include "engine/trail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "check.h"
#include "engine/test_stack.h"

/* Steps are "name answer action", with "jump" and how far, "granted" when the
 * success counted, "decided" when the verdict changed; then who decided. */
static const struct {
	const char *label, *stack, *want;
} rows[] = {
	{ "nobody was asked: nobody decided", "", "by nobody" },
	{ "each entry that was reached has its step",
	  "required a:success | requisite b:auth_err | required c:success",
	  "a success ok granted decided, b auth_err die decided, by b" },
	{ "the first failure decides, not the last",
	  "required a:user_unknown | required b:auth_err",
	  "a user_unknown bad decided, b auth_err bad, by a" },
	{ "a second success grants and does not decide: AU-2",
	  "required a:success | required b:success",
	  "a success ok granted decided, b success ok granted, by a" },
	{ "what counts without being a success grants nothing",
	  "required a:new_authtok_reqd",
	  "a new_authtok_reqd ok decided, by a" },
	{ "after a failure no success grants",
	  "required a:auth_err | sufficient b:success",
	  "a auth_err bad decided, b success done, by a" },
	{ "who is ignored does neither",
	  "optional a:auth_err | required b:success",
	  "a auth_err ignore, b success ok granted decided, by b" },
	{ "all ignored: nobody decided", "optional a:auth_err",
	  "a auth_err ignore, by nobody" },
	{ "a jump tells how far, and skipped ones have no step",
	  "[success=1 default=bad] a:success | requisite b:auth_err | "
	  "required c:success",
	  "a success jump1, c success ok granted decided, by c" },
	{ "a jump that leads out decides",
	  "required a:success | [success=1 default=bad] b:success",
	  "a success ok granted decided, b success jump1 decided, by b" },
	{ "a line that refuses has a step without a name",
	  "required !", "- perm_denied bad decided, by -" },
	{ "a substack has none, what is in it does",
	  "{ | required a:auth_err | }", "a auth_err bad decided, by a" },
	{ "who resets decides", "required a:auth_err | "
	  "[default=reset] b:success",
	  "a auth_err bad decided, b success reset decided, by b" },
	{ "an impossible answer is a refusal: X-8", "optional a:99",
	  "a perm_denied bad decided, by a" },
	{ "who is not ready has no step yet",
	  "required a:success | required b:incomplete",
	  "a success ok granted decided, by a" },
};

static int
ask(void *ctx, const struct entry *e, uint32_t *ms)
{
	*ms = 7;
	return stack_answer(ctx, e);
}

static const char *
who(const struct step *s)
{
	return s->entry->name ? s->entry->name : "-";
}

static void
tell_step(FILE *f, const struct step *s)
{
	fprintf(f, "%s %s %s", who(s), code_word(s->answer),
	    action_word((enum action)s->action));
	if (s->jump)
		fprintf(f, "%u", s->jump);
	fprintf(f, "%s%s, ", s->granted ? " granted" : "",
	    s->decided ? " decided" : "");
}

static char *
tell(const struct trail *t)
{
	const struct step *decider = trail_decider(t);
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	for (size_t i = 0; i < t->count; i++)
		tell_step(f, &t->step[i]);
	fprintf(f, "by %s", decider ? who(decider) : "nobody");
	fclose(f);
	return text;
}

static void
check_rows(void)
{
	struct trail trail = { 0 };

	for (size_t i = 0; i < COUNT(rows); i++) {
		_drop_(freep) char *got = NULL;
		struct stack stack;
		struct walk walk;
		const struct run r = { .chain = &stack.chain, .ask = ask,
			.ctx = &stack, .trail = &trail };

		stack_read(&stack, rows[i].stack);
		walk_begin(&walk);
		run(&r, &walk);
		got = tell(&trail);
		CHECK_STR(rows[i].label, rows[i].want, got);
		trail_clear(&trail);
	}
	trail_free(&trail);
	CHECK("freed", !trail.step && !trail.count);
}

/* A login does not fail for want of memory for its trail, and a trail that was
 * cut says so. */
static void
check_cut(void)
{
	struct trail t = { .cut = true };
	const struct step step = { .decided = true };

	trail_add(&t, &step);
	CHECK_INT("behind a gap nothing is added", 0, t.count);
	trail_clear(&t);
	CHECK("a new one has no gap", !t.cut);
	for (int i = 0; i < 1000; i++)
		trail_add(&t, &step);
	CHECK_INT("it grows", 1000, t.count);
	CHECK("the last that decided", trail_decider(&t) == &t.step[999]);
	trail_free(&t);
}

int
main(void)
{
	check_rows();
	check_cut();
	return TEST_RESULT();
}
