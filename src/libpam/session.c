/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "libpam/conf.h"
#include "libpam/instance.h"
#include "libpam/log.h"
#include "policy/code.h"

struct session *
session_of(pam_handle_t *pamh)
{
	if (!pamh->session) {
		pamh->session = calloc(1, sizeof *pamh->session);
		if (pamh->session)
			id_text(&pamh->id, pamh->session->id);
	}
	return pamh->session;
}

const char *
session_id(const pam_handle_t *pamh, char room[ID_TEXT])
{
	if (!pamh->session) {
		id_text(&pamh->id, room);
		return room;
	}
	return memcpy(room, pamh->session->id, ID_TEXT);
}

struct instance *
session_instance(const pam_handle_t *pamh, enum call call)
{
	const struct session *s = pamh->session;

	if (!s || (call != CALL_OPEN && call != CALL_CLOSE))
		return pamh->instance;
	if (s->recalled)
		return s->recalled;
	return s->opened_by ? s->opened_by : pamh->instance;
}

void
session_forget_puts(struct session *s)
{
	for (size_t i = 0; i < s->puts; i++) {
		free(s->put[i].key);
		free(s->put[i].value);
	}
	s->puts = 0;
}

/* What is on record is closed as it was opened. Without a record a change of
 * service forgets all, as elsewhere. */
void
session_policy_changes(pam_handle_t *pamh)
{
	struct session *s = pamh->session;

	if (!s || s->opened_by || s->recalled)
		return;
	if (s->recorded && s->state == SESSION_OPEN)
		s->opened_by = pamh->instance;
	else
		session_forget_puts(s);
}

void
session_forget(pam_handle_t *pamh)
{
	struct session *s = pamh->session;

	if (!s)
		return;
	page_close(&s->page);
	instance_free(s->recalled);
	session_forget_puts(s);
	free(s->put);
	free(s->closed);
	free(s->hopeless);
	*s = (struct session){ 0 };
	id_text(&pamh->id, s->id);
}

void
session_free(pam_handle_t *pamh)
{
	session_forget(pamh);
	free(TAKE(pamh->session));
}

static bool
is_well(int answer)
{
	return answer == PAM_SUCCESS || answer == PAM_IGNORE;
}

int
session_excused(const pam_handle_t *pamh, const struct entry *e, int answer)
{
	const struct conf *conf = pamh->instance->plan->snapshot.conf;

	if (!pamh->session->attached || is_well(answer) ||
	    answer == PAM_INCOMPLETE ||
	    !conf_names(conf->self_closing, e->name))
		return answer;
	pam_syslog(pamh, LOG_INFO, "%s of %s does not count: what it began "
	    "ends with its processes", code_word(answer), e->name);
	return PAM_IGNORE;
}

void
session_answered(pam_handle_t *pamh, enum call call, size_t entry, int answer,
    bool ran)
{
	struct session *s = pamh->session;
	const int *kept;

	if (call == CALL_OPEN) {
		if (s->page.map && answer >= 0)
			page_note_answer(&s->page, "open", entry, answer);
		return;
	}
	/* What did not go well is on record as not closed: to be tried again,
	 * if there is anything to undo. */
	kept = session_instance(pamh, call)->kept[FAC_SESSION];
	if (!is_well(answer) && ran) {
		if (s->attached && s->page.map)
			page_note_answer(&s->page, "answered", entry, answer);
		s->untidy |= kept[entry] == PAM_SUCCESS ||
		    session_has_put(s, entry, false);
		return;
	}
	if (s->page.map)
		page_note_answer(&s->page, "closed", entry, answer);
}

/* Only who reaps comes back to what somebody has died of. */
void
session_asks(struct session *s, size_t entry)
{
	if (s->attached && s->page.map)
		page_note_answer(&s->page, "asked", entry, 0);
}

/* Nothing of it is to be undone from here. */
static bool
is_left_alone(const struct session *s, size_t entry)
{
	const bool put = session_has_put(s, entry, false);
	const bool lasts = session_has_put(s, entry, true);

	/* It was never asked to open. */
	if (s->recalled && s->state == SESSION_OPEN && !put &&
	    s->recalled->kept[FAC_SESSION][entry] == KEPT_NONE)
		return true;
	return (s->elsewhere && put && !lasts) || (s->stranger && !put) ||
	    (s->lasting && !lasts);
}

bool
session_spares(struct session *s, size_t entry, int *answer)
{
	const bool known = entry < s->entries;

	if (known && s->hopeless && s->hopeless[entry]) {
		s->untidy = true;
		*answer = PAM_SYSTEM_ERR;
		return true;
	}
	if (known && s->closed && s->closed[entry] != NO_ANSWER) {
		*answer = s->closed[entry];
		return true;
	}
	*answer = PAM_SUCCESS;
	return is_left_alone(s, entry);
}

/* The record goes once nothing is left of the session. */
void
session_remove(struct session *s)
{
	if (s->recorded)
		store_forget(&s->name);
}
