/* SPDX-License-Identifier: BSD-2-Clause */
/* The second walk down the auth and session stacks: it can fail although the
 * first succeeded, and although every module does well. */
#include <string.h>

#include <security/_pam_types.h>

#include "analysis/repeat.h"
#include "base/drop.h"
#include "pamctl/check/families.h"
#include "pamctl/check/kinds.h"

static const struct known *
known_of(const struct scene *s, const struct entry *e)
{
	return &s->study->known[e - s->chain->entry];
}

static uint32_t
first(void *ctx, const struct entry *e)
{
	return likely_answers(&known_of(ctx, e)->first);
}

/* A module that does well: it succeeds, or has nothing to say. */
static int
second(void *ctx, const struct entry *e)
{
	const struct fact *fact = &known_of(ctx, e)->second;

	if (may_answer(fact, PAM_SUCCESS))
		return PAM_SUCCESS;
	return may_answer(fact, PAM_IGNORE) ? PAM_IGNORE :
	    __builtin_ctz(fact->answers);
}

static bool
can_succeed(const struct scene *s)
{
	return explore_find(&s->study->x, PAM_SUCCESS, MARK_GUESS, 0);
}

/* The line to blame: the one that made the verdict what it is, or the last. */
static const struct entry *
culprit(const struct scene *s, const struct trail *trail)
{
	const struct step *step = trail_decider(trail);

	if (step)
		return step->entry;
	return trail->count ? trail->step[trail->count - 1].entry :
	    &s->chain->entry[0];
}

static void
blame(const struct scene *s, enum level level, const char *what, int code,
    const struct trail *trail)
{
	const struct entry *e = culprit(s, trail);

	found_as(s, level, e->at, "%s %s, by %s, although every module does "
	    "well", what, code_word(code), e->name ? e->name :
	    "a broken line");
}

static void
look_behind(struct scene *s, enum facility f, const char *what)
{
	const struct repeat r = { s->chain, first, second, s };
	struct mishap m;

	if (s->facility != f || !can_succeed(s))
		return;
	if (repeat_try(&r, &m) < 0) {
		s->check->report.failed = true;
		return;
	}
	if (m.found)
		blame(s, s->rule->level, what, m.code, &m.second);
	mishap_free(&m);
}

static void
look_setcred(struct scene *s)
{
	look_behind(s, FAC_AUTH, "after a good authentication pam_setcred can "
	    "answer");
}

static void
look_close(struct scene *s)
{
	look_behind(s, FAC_SESSION, "a session that was opened can end in a "
	    "pam_close_session that answers");
}

static void
look_alone(struct scene *s, enum facility f, enum level level,
    const char *what)
{
	const struct repeat r = { s->chain, first, second, s };
	struct trail trail = { 0 };
	int code;

	if (s->facility != f || !can_succeed(s) || !s->service->own[f])
		return;
	code = repeat_alone(&r, &trail);
	if (code != PAM_SUCCESS)
		blame(s, level, what, code, &trail);
	trail_free(&trail);
}

static void
look_setcred_alone(struct scene *s)
{
	if (s->service->kind & KIND_UNASKED)
		look_alone(s, FAC_AUTH, LEVEL_WARNING,
		    "without an authentication before it, pam_setcred answers");
}

static void
look_close_alone(struct scene *s)
{
	look_alone(s, FAC_SESSION, LEVEL_NOTE, "in a process that did not open "
	    "the session, pam_close_session answers");
}

const struct rule rules_repeat[] = {
	{ "setcred-fails", LEVEL_WARNING, SCOPE_CHAIN, look_setcred,
	  "pam_setcred can fail where pam_authenticate succeeded",
	  "pam_setcred goes down the auth stack again. What a line does is "
	  "decided by what its module answered to pam_authenticate, and what "
	  "counts is what it answers now: a module that said yes and has "
	  "nothing to say about credentials gives no yes any more, and lines "
	  "that were skipped may be asked. Many programs end the login then. "
	  "All ways were tried, with modules that do as well as they can. A "
	  "pam_permit, optional, at the end most often mends it." },
	{ "setcred-alone", LEVEL_WARNING, SCOPE_CHAIN, look_setcred_alone,
	  "pam_setcred fails when nothing was authenticated before",
	  "sshd with a key, and cron, ask for credentials without an "
	  "authentication by this stack; sshd with a password does that in "
	  "another process. Each line is then judged by its answer about "
	  "credentials alone. A list as [success=1 default=bad] refuses a "
	  "module that has nothing to say about them: write ignore=ignore, and "
	  "an optional pam_permit at the end." },
	{ "close-fails", LEVEL_WARNING, SCOPE_CHAIN, look_close,
	  "pam_close_session can fail where pam_open_session succeeded",
	  "Closing goes down the session stack by the way that opening took, "
	  "and counts what modules answer now. A module that has nothing to "
	  "say at the end gives no yes; if nobody else does, closing fails, "
	  "and programs log an error for every session. All ways were tried, "
	  "with modules that do as well as they can." },
	{ "close-alone", LEVEL_NOTE, SCOPE_CHAIN, look_close_alone,
	  "pam_close_session fails in another process than the opener",
	  "Some programs close sessions in a process that did not open them. "
	  "Each line is then judged by its answer to closing alone." },
	{ .code = NULL },
};
