/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/events.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>

#include "base/drop.h"
#include "libpam/conf.h"
#include "libpam/instance.h"
#include "libpam/modutil/lookup.h"
#include "libpam/session.h"
#include "policy/code.h"
#include "record/event.h"

#define STEPS 128		/* more than a line has room for */

/* Names of events: when it went well (NULL: told only when traced), and when
 * it did not. */
static const struct {
	const char *well, *traced, *failed;
} names[CALL_COUNT] = {
	[CALL_AUTHENTICATE] = { "auth", "auth", "auth-failed" },
	[CALL_SETCRED] = { NULL, "setcred", "setcred-failed" },
	[CALL_ACCOUNT] = { NULL, "account", "account-failed" },
	[CALL_OPEN] = { "open", "open", "open-failed" },
	[CALL_CLOSE] = { "close", "close", "close" },
	[CALL_CHAUTHTOK] = { "chauthtok", "chauthtok", "chauthtok-failed" },
};

/* An entry without a module stands for a broken line. */
static struct event_step
step_of(const struct step *s)
{
	return (struct event_step){
		.file = s->entry->at.file, .line = s->entry->at.line,
		.module = s->entry->name, .answer = code_word(s->answer),
		.action = action_word((enum action)s->action),
		.jump = s->action == ACT_JUMP ? s->jump : 0, .ms = s->ms,
	};
}

static size_t
steps_of(const struct trail *trail, struct event_step steps[STEPS])
{
	size_t n = 0;

	for (; n < trail->count && n < STEPS; n++)
		steps[n] = step_of(&trail->step[n]);
	return n;
}

/* People type passwords where a name is asked for: only one that somebody has
 * is told. Who was looked up through this handle is known without asking. */
static void
fill_user(const pam_handle_t *pamh, struct event *e)
{
	const char *user = pamh->item[PAM_USER];
	const struct passwd *pw = user ? lookup_seen(pamh, user) : NULL;

	if (!pw)
		return;
	e->user = user;
	e->known = true;
	e->uid = pw->pw_uid;
}

static void
fill_session(const struct session *s, struct event *e)
{
	e->class = s->class;
	e->pid = s->opener.pid;
	if (s->no_record)
		e->no_record = strerrordesc_np(-s->no_record);
}

static int
write_event(pam_handle_t *pamh, struct event *e)
{
	char id[ID_TEXT], boot[BOOT_TEXT];
	int rc;

	e->id = session_id(pamh, id);
	e->boot = boot_name(boot);
	if (!*e->boot)
		e->boot = NULL;
	e->service = pamh->item[PAM_SERVICE];
	e->tty = pamh->item[PAM_TTY];
	e->rhost = pamh->item[PAM_RHOST];
	e->ruser = pamh->item[PAM_RUSER];
	fill_user(pamh, e);
	rc = event_write(e);
	pamh->no_log = rc == -ENOENT;
	return rc;
}

static bool
is_wanted(const pam_handle_t *pamh, int rc)
{
	const enum conf_events events =
	    pamh->instance->plan->snapshot.conf->events;

	return events == EVENTS_ALL ||
	    (events == EVENTS_FAILURES && rc != PAM_SUCCESS);
}

static int
tell(pam_handle_t *pamh, enum call call, int rc, bool traced, const char *name)
{
	const struct step *decider = trail_decider(&pamh->trail);
	struct event_step steps[STEPS], decided;
	struct event e = { .event = name, .result = code_word(rc) };

	if (rc != PAM_SUCCESS && decider) {
		decided = step_of(decider);
		decided.action = NULL;
		decided.jump = 0;
		e.decided = &decided;
	}
	if (rc != PAM_SUCCESS || traced) {
		e.steps = steps_of(&pamh->trail, steps);
		e.trail = steps;
	}
	if (call == CALL_OPEN && pamh->session)
		fill_session(pamh->session, &e);
	return write_event(pamh, &e);
}

int
events_call(pam_handle_t *pamh, enum call call, int rc, bool traced)
{
	const char *name = rc != PAM_SUCCESS ? names[call].failed :
	    traced ? names[call].traced : names[call].well;

	if (!name || !(traced || is_wanted(pamh, rc)))
		return -ECANCELED;
	/* A machine without a log gets none in the middle of a login. */
	if (pamh->no_log && call != CALL_AUTHENTICATE)
		return -ENOENT;
	return tell(pamh, call, rc, traced, name);
}

void
events_unusable(pam_handle_t *pamh, const struct plan *plan)
{
	const struct policy *p = plan->snapshot.policy;
	struct event e = {
		.event = "start-failed", .result = code_word(PAM_ABORT)
	};
	char reason[EVENT_STRING];

	for (size_t i = 0; i < p->faults && !e.reason; i++) {
		if (fault_severity(p->fault[i].kind) != SEVERITY_FATAL)
			continue;
		fault_text(&p->fault[i], reason, sizeof reason);
		e.reason = reason;
	}
	if (plan->snapshot.conf->events != EVENTS_NO)
		write_event(pamh, &e);
}

void
events_rollback(pam_handle_t *pamh, const struct trail *trail, int rc)
{
	struct event_step steps[STEPS];
	struct event e = {
		.event = "rollback", .result = code_word(rc),
		.trail = steps, .steps = steps_of(trail, steps),
	};

	if (pamh->instance->plan->snapshot.conf->events != EVENTS_NO)
		write_event(pamh, &e);
}
