/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/rollback.h"

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

/* Answers are kept from one opening to the next: only those count that
 * this one has got. On record there are no others. */
static bool
was_reached(const pam_handle_t *pamh, const struct entry *e)
{
	const struct trail *t = &pamh->trail;

	for (size_t i = 0; i < t->count; i++) {
		if (t->step[i].entry == e)
			return true;
	}
	return t->cut || pamh->session->attached;
}

static bool
is_to_undo(const pam_handle_t *pamh, const int *kept, const struct entry *e,
    size_t at)
{
	return e->kind == ENTRY_MODULE && was_reached(pamh, e) &&
	    (kept[at] == PAM_SUCCESS ||
	    session_has_put(pamh->session, at, false));
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

		if (i - 1 != broken &&
		    !is_to_undo(pamh, kept, &chain->entry[i - 1], i - 1))
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
