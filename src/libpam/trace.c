/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/trace.h"

#include <security/pam_session.h>
#include <stdio.h>

#include "libpam/conf.h"
#include "libpam/events.h"
#include "libpam/instance.h"
#include "libpam/log.h"
#include "libpam/session.h"

static const char *
who(const struct entry *e)
{
	return e->name ? e->name : "a broken line";
}

/* What the answer did, as the policy would write it. */
static void
action_text(const struct step *s, char text[24])
{
	if (s->action == ACT_JUMP)
		snprintf(text, 24, "jump %u", s->jump);
	else
		snprintf(text, 24, "%s", action_word((enum action)s->action));
}

static void
trace_steps(const pam_handle_t *pamh, enum call call, const char *id)
{
	char action[24];

	for (size_t i = 0; i < pamh->trail.count; i++) {
		const struct step *s = &pamh->trail.step[i];

		action_text(s, action);
		pam_syslog(pamh, LOG_DEBUG,
		    "trail %s %s %s:%u %s %s -> %s, %u ms", id,
		    call_kinds[call].name, s->entry->at.file,
		    s->entry->at.line, who(s->entry), code_word(s->answer),
		    action, s->ms);
	}
}

/* Every refusal explains itself, in one line. */
static void
explain(const pam_handle_t *pamh, enum call call, int rc, const char *id)
{
	const struct step *s = trail_decider(&pamh->trail);

	if (!s) {
		pam_syslog(pamh, LOG_NOTICE,
		    "(%s) %s: %s: nobody said yes [%s]",
		    pamh->item[PAM_SERVICE], call_kinds[call].name,
		    code_word(rc), id);
		return;
	}
	pam_syslog(pamh, LOG_NOTICE, "(%s) %s: %s by %s at %s:%u [%s]",
	    pamh->item[PAM_SERVICE], call_kinds[call].name, code_word(rc),
	    who(s->entry), s->entry->at.file, s->entry->at.line, id);
}

void
trace(pam_handle_t *pamh, enum call call, int rc)
{
	const bool traced = conf_names(pamh->instance->plan->snapshot.conf->trace,
	    pamh->item[PAM_SERVICE]);
	const int told = events_call(pamh, call, rc, traced);
	char id[ID_TEXT];

	if (rc == PAM_SUCCESS && !(traced && told < 0))
		return;
	session_id(pamh, id);
	if (traced && told < 0)
		trace_steps(pamh, call, id);
	if (rc != PAM_SUCCESS)
		explain(pamh, call, rc, id);
}

int
pam_trail_step(const pam_handle_t *pamh, unsigned n,
    struct pam_trail_step *step)
{
	const struct step *s;

	if (!pamh || !step)
		return PAM_SYSTEM_ERR;
	if (n >= pamh->trail.count)
		return PAM_BAD_ITEM;
	s = &pamh->trail.step[n];
	*step = (struct pam_trail_step){
		.file = s->entry->at.file, .line = s->entry->at.line,
		.module = s->entry->name, .answer = s->answer,
		.action = action_word((enum action)s->action),
		.jump = s->action == ACT_JUMP ? s->jump : 0, .ms = s->ms,
		.decided = s == trail_decider(&pamh->trail),
	};
	return PAM_SUCCESS;
}
