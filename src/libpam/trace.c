/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/trace.h"

#include <stdio.h>

#include "libpam/conf.h"
#include "libpam/instance.h"
#include "libpam/log.h"

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
trace(const pam_handle_t *pamh, enum call call, int rc)
{
	const bool traced = conf_names(pamh->instance->plan->snapshot.conf->trace,
	    pamh->item[PAM_SERVICE]);
	char id[ID_TEXT];

	if (rc == PAM_SUCCESS && !traced)
		return;
	id_text(&pamh->id, id);
	if (traced)
		trace_steps(pamh, call, id);
	if (rc != PAM_SUCCESS)
		explain(pamh, call, rc, id);
}
