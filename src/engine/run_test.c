/* SPDX-License-Identifier: BSD-2-Clause */
/* The walk. A stack is written as
 *     required a:success | { | sufficient b:auth_err | } | optional !
 * with braces around a substack, "!" for a line that refuses, and the answers
 * of one call after the other behind a module's name. What happens is
 *     k a b = success; f a = cred_err
 * where k keeps answers as authenticate does, f follows them as setcred does,
 * w does neither, and the names are those that were asked. */
#include "engine/run.h"

#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "check.h"
#include "engine/test_stack.h"

static const struct {
	const char *label, *stack, *want;
} rows[] = {
	{ "an empty stack refuses: X-17", "", "w = perm_denied" },
	{ "the first failure wins",
	  "required a:user_unknown | required b:auth_err | optional c:success",
	  "w a b c = user_unknown" },
	{ "only failing optionals refuse: X-17",
	  "optional a:auth_err | optional b:acct_expired",
	  "w a b = perm_denied" },
	{ "all ignored refuse", "required a:ignore | requisite b:ignore",
	  "w a b = perm_denied" },
	{ "ignore that counts refuses: W-17",
	  "[default=ok] a:ignore", "w a = perm_denied" },
	{ "PAM_ABORT is a code as any other",
	  "optional a:abort | required b:success", "w a b = success" },
	{ "a line that refuses: X-6", "required ! | required a:success",
	  "w a = perm_denied" },
	{ "judged by its control", "optional ! | required a:success",
	  "w a = success" },
	{ "an answer that is no code is bad: X-8",
	  "optional a:32 | required b:success", "w a b = perm_denied" },
	{ "a negative one too",
	  "[default=ok] a:-1 | required b:success", "w a b = perm_denied" },
	{ "a far one too", "sufficient a:2147483647", "w a = perm_denied" },
	{ "done after a failure goes on: X-10",
	  "required a:auth_err | sufficient b:success | required c:success",
	  "w a b c = auth_err" },
	{ "die ends", "required a:success | requisite b:maxtries | "
	  "required c:success", "w a b = maxtries" },
	{ "binding: success ends, failure stays: Q-1",
	  "binding a:success | required b:auth_err", "w a = success" },
	{ "binding: failure goes on",
	  "binding a:auth_err | required b:success", "w a b = auth_err" },
	{ "definitive: failure ends: O-1",
	  "definitive a:auth_err | required b:success", "w a = auth_err" },

	{ "a substack has no verdict of its own: X-14",
	  "{ | required a:auth_err | } | required b:success",
	  "w a b = auth_err" },
	{ "an empty one says nothing", "{ | } | required a:success",
	  "w a = success" },
	{ "alone it refuses", "{ | }", "w = perm_denied" },
	{ "done ends only its own level: X-15",
	  "{ | sufficient a:success | required b:auth_err | } | "
	  "required c:success", "w a c = success" },
	{ "die ends only its own level",
	  "{ | requisite a:auth_err | required b:success | } | "
	  "required c:success", "w a c = auth_err" },
	{ "from two levels down to the next",
	  "{ | { | requisite a:auth_err | required b:success | } | "
	  "required c:success | } | required d:success",
	  "w a c d = auth_err" },
	{ "two substacks side by side are two",
	  "{ | sufficient a:success | } | { | required b:auth_err | }",
	  "w a b = auth_err" },

	{ "reset forgets all: X-12",
	  "required a:auth_err | [default=reset] b:success | "
	  "required c:success", "w a b c = success" },
	{ "at the end nothing is left",
	  "required a:success | [default=reset] b:success",
	  "w a b = perm_denied" },
	{ "in a substack, what it began with stays",
	  "required a:success | { | required b:auth_err | "
	  "[default=reset] c:success | }", "w a b c = success" },
	{ "and a failure from outside too",
	  "required a:auth_err | { | [default=reset] b:success | "
	  "required c:success | }", "w a b c = auth_err" },
	{ "behind a substack it goes back to the outer beginning",
	  "{ | required a:auth_err | } | [default=reset] b:success | "
	  "required c:success", "w a b c = success" },
	{ "each level has its own beginning",
	  "required a:success | { | required b:auth_err | { | "
	  "[default=reset] c:success | } | [default=reset] d:success | }",
	  "w a b c d = success" },
	{ "a second substack begins with what the first left",
	  "{ | required a:auth_err | } | { | [default=reset] b:success | }",
	  "w a b = auth_err" },

	{ "a jump skips so many: X-13",
	  "[success=2 default=ignore] a:success | requisite b:auth_err | "
	  "requisite c:auth_err | required d:success", "w a d = success" },
	{ "as Debian writes it",
	  "[success=1 default=ignore] a:auth_err | requisite b:auth_err | "
	  "required c:success", "w a b = auth_err" },
	{ "to the very end it is allowed",
	  "required a:success | [success=1 default=bad] b:success | "
	  "required c:auth_err", "w a b = success" },
	{ "by itself it says nothing: X-17",
	  "[success=1 default=bad] a:success | required b:auth_err",
	  "w a = perm_denied" },
	{ "beyond the end it refuses",
	  "required a:success | [success=2 default=bad] b:success | "
	  "required c:success", "w a b = perm_denied bad jump" },
	{ "over an earlier failure too",
	  "required a:auth_err | [success=1 default=bad] b:success",
	  "w a b = perm_denied bad jump" },
	{ "the longest of them ends as well",
	  "[default=2147483647] a:success | required b:success",
	  "w a = perm_denied bad jump" },
	{ "a substack is one unit, with all that is in it",
	  "[success=1 default=bad] a:success | { | required b:auth_err | "
	  "{ | required c:auth_err | } | } | required d:success",
	  "w a d = success" },
	{ "an empty one too",
	  "[success=1 default=bad] a:success | { | } | required b:success",
	  "w a b = success" },
	{ "it does not leave its substack",
	  "{ | [success=1 default=bad] a:success | } | required b:success",
	  "w a b = perm_denied bad jump" },
	{ "to the end of its substack it is allowed",
	  "{ | [success=1 default=bad] a:success | required b:auth_err | "
	  "} | required c:success", "w a c = success" },

	/* a second walk after a first. */
	{ "only who ran runs again: X-23",
	  "sufficient a:success,cred_err | required b:success",
	  "k a = success; f a = cred_err" },
	{ "who failed and did not count does not count again",
	  "sufficient a:auth_err,success | required b:success,cred_err",
	  "k a b = success; f a b = cred_err" },
	{ "success that counted must be success again: X-22",
	  "optional a:success,cred_err", "k a = success; f a = cred_err" },
	{ "a failure stays one",
	  "required a:auth_err,success", "k a = auth_err; "
	  "f a = perm_denied" },
	{ "under its own new code",
	  "required a:auth_err,cred_err", "k a = auth_err; f a = cred_err" },
	{ "an ignored one stays ignored",
	  "optional a:auth_err,cred_err | required b:success",
	  "k a b = success; f a b = success" },
	{ "who counted and now ignores takes nothing back: X-10",
	  "required a:success,ignore | required b:success",
	  "k a b = success; f a b = success" },
	{ "but alone it is a refusal", "required a:success,ignore",
	  "k a = success; f a = perm_denied" },
	{ "and does not end what it ended",
	  "sufficient a:success,ignore | required b:success",
	  "k a = success; f a b = success" },
	{ "a jump counts as ok first",
	  "[success=1 default=bad] a:success,success | required b:auth_err",
	  "k a = perm_denied; f a = success" },
	{ "and jumps as before, whatever the answer",
	  "[success=1 default=bad] a:success,cred_err | "
	  "requisite b:auth_err | required c:success",
	  "k a c = success; f a c = cred_err" },
	{ "reset stays reset",
	  "required a:auth_err,auth_err | "
	  "[success=reset default=bad] b:success,auth_err | "
	  "required c:success", "k a b c = success; f a b c = success" },
	{ "who was not reached runs unfrozen: X-21",
	  "sufficient a:success,ignore | required b:cred_err",
	  "k a = success; f a b = cred_err" },
	{ "an answer of -1 is not kept",
	  "optional a:-1,success", "k a = perm_denied; f a = success" },
	{ "another impossible one is",
	  "optional a:99,success", "k a = perm_denied; f a = perm_denied" },
	{ "an impossible answer never reaches a program: X-19",
	  "required a:success,-5", "k a = success; f a = perm_denied" },
	{ "nor by a jump that counts",
	  "[default=1] a:success,99 | required b:success",
	  "k a = perm_denied; f a = perm_denied" },
	{ "a line that refuses keeps its refusal",
	  "required ! | optional a:success", "k a = perm_denied; "
	  "f a = perm_denied" },
	{ "without a first walk there is nothing to follow: X-25",
	  "required a:cred_err | required b:success", "f a b = cred_err" },
	{ "a new first walk overwrites what it reaches: X-24",
	  "sufficient a:auth_err,success,success | "
	  "required b:success,cred_err",
	  "k a b = success; k a = success; f a = success" },
	{ "and leaves the rest",
	  "sufficient a:auth_err,success,ignore | required b:auth_err,success",
	  "k a b = auth_err; k a = success; f a b = perm_denied" },
	{ "as often as one likes",
	  "sufficient a:success | required b:auth_err",
	  "k a = success; f a = success; f a = success" },
	{ "the account walk neither keeps nor follows",
	  "required a:auth_err,success,success",
	  "k a = auth_err; w a = success; f a = perm_denied" },

	/* the same walk again, where it stopped. */
	{ "who is not ready is asked again, and nobody before him",
	  "required a:success | required b:incomplete,success | "
	  "required c:success", "w a b = incomplete; w b c = success" },
	{ "as often as he wants",
	  "required a:incomplete,incomplete,auth_err",
	  "w a = incomplete; w a = incomplete; w a = auth_err" },
	{ "whatever his control says: X-7",
	  "[default=ignore incomplete=die] a:incomplete,success | "
	  "required b:success", "w a = incomplete; w a b = success" },
	{ "in a substack, with what it began with",
	  "required a:success | { | required b:auth_err | "
	  "[default=reset] c:incomplete,success | }",
	  "w a b c = incomplete; w c = success" },
	{ "his first answer is not kept",
	  "sufficient a:incomplete,auth_err,success | required b:success",
	  "k a = incomplete; k a b = success; f a b = success" },
	{ "following can be interrupted too",
	  "required a:success | required b:success,incomplete,cred_err",
	  "k a b = success; f a b = incomplete; f b = cred_err" },
};

/* One row while it runs. */
struct play {
	struct stack stack;
	int kept[STACK_MAX];
	struct walk walk;
	bool waiting;		/* for the same walk to go on */
	char got[256];
};

static void
note(struct play *p, const char *text)
{
	strncat(p->got, text, sizeof p->got - strlen(p->got) - 1);
}

static int
ask(void *ctx, const struct entry *e, uint32_t *ms)
{
	struct play *p = ctx;

	*ms = 0;
	note(p, " ");
	note(p, e->name);
	return stack_answer(&p->stack, e);
}

/* The kinds of walk, by their letter. */
static void
walk_once(struct play *p, char kind)
{
	struct trail trail = { 0 };
	const struct run r = {
		.chain = &p->stack.chain,
		.kept = kind == 'w' ? NULL : p->kept,
		.follow = kind == 'f',
		.ask = ask, .ctx = p, .trail = &trail,
	};
	const char letter[] = { kind, '\0' };
	int rc;

	if (!p->waiting)
		walk_begin(&p->walk);
	note(p, *p->got ? "; " : "");
	note(p, letter);
	rc = run(&r, &p->walk);
	note(p, " = ");
	note(p, code_word(rc));
	p->waiting = rc == PAM_INCOMPLETE;
	if (!p->waiting && p->walk.bad_jump)
		note(p, " bad jump");
	trail_free(&trail);
}

static void
play(size_t row)
{
	struct play p = { .got = "" };
	const char *want = rows[row].want;

	stack_read(&p.stack, rows[row].stack);
	for (size_t i = 0; i < STACK_MAX; i++)
		p.kept[i] = KEPT_NONE;
	for (const char *at = want; at; at = strstr(at, "; ")) {
		at += at != want ? 2 : 0;
		walk_once(&p, *at);
	}
	CHECK_STR(rows[row].label, want, p.got);
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		play(i);
	return TEST_RESULT();
}
