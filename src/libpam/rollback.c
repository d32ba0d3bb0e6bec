/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/rollback.h"

#include <security/pam_ext.h>
#include <stdlib.h>
#include <syslog.h>

#include "base/drop.h"
#include "libpam/dispatch.h"
#include "libpam/events.h"
#include "libpam/instance.h"
#include "libpam/session.h"

/* The entry that was asked and had not answered; count when there is none. */
static size_t
in_flight(const struct chain *chain, const int *kept)
{
	const struct entry *e;
	struct walk w;

	walk_begin(&w);
	while ((e = walk_next(chain, &w))) {
		struct step s = { .answer = kept[w.at] };

		if (e->kind == ENTRY_REFUSE)
			s.answer = PAM_PERM_DENIED;
		else if (s.answer == KEPT_NONE)
			return w.at;
		walk_take(chain, &w, &s, s.answer, false);
	}
	return chain->count;
}

static bool
is_to_undo(const struct session *s, const int *kept, size_t at, size_t broken)
{
	return kept[at] == PAM_SUCCESS || at == broken ||
	    session_has_put(s, at, false);
}

int
rollback(pam_handle_t *pamh, int flags)
{
	struct session *s = pamh->session;
	struct instance *in = session_instance(pamh, CALL_CLOSE);
	const struct chain *chain =
	    &in->plan->snapshot.policy->chain[FAC_SESSION];
	const int *kept = in->kept[FAC_SESSION];
	const size_t broken = s->attached ? in_flight(chain, kept) :
	    chain->count;
	struct trail trail = { 0 };
	int rc = PAM_SUCCESS;

	if (instance_prepare(in, CALL_CLOSE) != PAM_SUCCESS) {
		s->untidy = true;
		return PAM_BUF_ERR;
	}
	for (size_t i = chain->count; i > 0; i--) {
		struct step step;

		if (chain->entry[i - 1].kind != ENTRY_MODULE ||
		    !is_to_undo(s, kept, i - 1, broken))
			continue;
		dispatch_one(pamh, CALL_CLOSE, i - 1, flags, &step);
		/* Nobody is going to ask it again. */
		s->untidy |= step.answer == PAM_INCOMPLETE;
		trail_add(&trail, &step);
		if (rc == PAM_SUCCESS && s->untidy)
			rc = step.answer;
	}
	if (trail.count)
		events_rollback(pamh, &trail, rc);
	trail_free(&trail);
	return rc;
}
