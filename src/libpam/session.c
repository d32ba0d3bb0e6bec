/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/session.h"

#include <errno.h>
#include <security/pam_appl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "base/drop.h"
#include "libpam/attach.h"
#include "libpam/conf.h"
#include "libpam/dispatch.h"
#include "libpam/env.h"
#include "libpam/events.h"
#include "libpam/head.h"
#include "libpam/instance.h"
#include "libpam/log.h"
#include "libpam/rollback.h"
#include "libpam/undo.h"
#include "record/limits.h"

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

static void
forget_puts(struct session *s)
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
		forget_puts(s);
}

/* A session begins: what was of an earlier one is gone. */
static void
begin_anew(struct session *s)
{
	free(TAKE(s->closed));
	forget_puts(s);
	s->opened_by = NULL;
	s->recorded = s->kept = s->attached = false;
}

void
session_free(pam_handle_t *pamh)
{
	struct session *s = pamh->session;

	if (!s)
		return;
	page_close(&s->page);
	instance_free(s->recalled);
	forget_puts(s);
	free(s->put);
	free(s->closed);
	free(s);
	pamh->session = NULL;
}

static bool
is_well(int answer)
{
	return answer == PAM_SUCCESS || answer == PAM_IGNORE;
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
		s->untidy |= kept[entry] == PAM_SUCCESS ||
		    session_has_put(s, entry, false);
		return;
	}
	if (s->page.map)
		page_note_answer(&s->page, "closed", entry, answer);
}

bool
session_spares(const struct session *s, size_t entry, int *answer)
{
	const bool put = session_has_put(s, entry, false);

	if (s->closed && entry < s->entries && s->closed[entry] != NO_ANSWER) {
		*answer = s->closed[entry];
		return true;
	}
	*answer = PAM_SUCCESS;
	return (s->recalled && s->state == SESSION_OPEN && !put &&
	    s->recalled->kept[FAC_SESSION][entry] == KEPT_NONE) ||
	    (s->elsewhere && put) || (s->stranger && !put) ||
	    (s->lasting && !session_has_put(s, entry, true));
}

/* Whoever runs this was given more rights than he had. */
static bool
is_setuid(void)
{
	return getauxval(AT_SECURE) || getuid() != geteuid();
}

/* No record: whether that is a refusal. */
static int
without_record(pam_handle_t *pamh, int err)
{
	const struct conf *conf = pamh->instance->plan->snapshot.conf;
	const bool excused = err == -ENOENT || err == -EROFS || geteuid() != 0;

	pamh->session->no_record = err;
	if (!conf->require_record && (excused || !is_setuid()))
		return PAM_SUCCESS;
	pam_syslog(pamh, LOG_ERR, "(%s) no session without a record, and none "
	    "can be made in %s: %s", pamh->item[PAM_SERVICE], STORE_SESSIONS,
	    strerrordesc_np(-err));
	return PAM_SESSION_ERR;
}

/* The record, or an answer why there is none. */
static int
begin_record(pam_handle_t *pamh)
{
	const struct conf *conf = pamh->instance->plan->snapshot.conf;
	_drop_(limits_drop) struct limits limits;
	struct session *s = pamh->session;
	int rc = -EACCES;

	if (!conf->record)
		return PAM_SUCCESS;
	limits_lift(&limits);
	if (s->recorded)
		rc = page_open(&s->page, &s->store, &s->name, HEAD_ROOM);
	else if (geteuid() == 0)
		rc = head_write(pamh);
	if (rc < 0)
		return without_record(pamh, rc);
	s->recorded = true;
	return env_set_session(pamh, s->id);
}

/* What became of it, and the environment that modules of another process may
 * need to close. */
static void
note_opened(pam_handle_t *pamh)
{
	_drop_(rows_free) struct rows rows = { 0 };
	_drop_(limits_drop) struct limits limits;
	struct session *s = pamh->session;

	if (!s->page.map)
		return;
	head_after(pamh, &rows);
	row_add(&rows, "state", "open");
	limits_lift(&limits);
	if (page_note(&s->page, &rows) < 0)
		pam_syslog(pamh, LOG_ERR, "(%s) the record of session %s is "
		    "not complete", pamh->item[PAM_SERVICE], s->id);
}

static bool
rolls_back(const pam_handle_t *pamh)
{
	const struct conf *conf = pamh->instance->plan->snapshot.conf;

	return conf->rollback && !pamh->session->again &&
	    !conf_names(conf->rollback_except, pamh->item[PAM_SERVICE]);
}

/* The record goes once nothing is left of the session. */
static void
remove_record(struct session *s)
{
	_drop_(limits_drop) struct limits limits;
	_drop_(closep) int dir = -1;

	limits_lift(&limits);
	dir = store_again(&s->store);
	if (s->recorded && dir >= 0)
		store_remove(dir, &s->name);
}

static void
open_failed(pam_handle_t *pamh, int flags)
{
	struct session *s = pamh->session;

	if (!rolls_back(pamh)) {
		s->state = s->again ? SESSION_OPEN : SESSION_OPENING;
		return;
	}
	rollback(pamh, flags);
	s->state = SESSION_UNDONE;
	if (!s->untidy) {
		undo_forget(s);
		remove_record(s);
	}
}

/* The walk is over, with whatever result. */
static int
end_open(pam_handle_t *pamh, int flags, int rc)
{
	struct session *s = pamh->session;

	if (rc == PAM_INCOMPLETE) {
		s->state = SESSION_OPENING;
	} else if (rc == PAM_SUCCESS) {
		note_opened(pamh);
		s->state = SESSION_OPEN;
	} else {
		open_failed(pamh, flags);
	}
	page_close(&s->page);
	return rc;
}

int
session_open(pam_handle_t *pamh, int flags)
{
	struct session *s = session_of(pamh);
	int rc;

	if (!s)
		return PAM_BUF_ERR;
	s->again = s->state == SESSION_OPEN;
	s->untidy = false;
	if (!s->again && s->state != SESSION_OPENING)
		begin_anew(s);
	rc = begin_record(pamh);
	if (rc != PAM_SUCCESS)
		return rc;
	return end_open(pamh, flags, dispatch(pamh, CALL_OPEN, flags));
}

/* What others have done to the session meanwhile. 0 or -ENOMEM. */
static int
catch_up(struct session *s)
{
	_drop_(record_free) struct record r = { 0 };
	_drop_(freep) char *text = malloc(s->page.used + 1);
	int rc;

	if (!text)
		return -ENOMEM;
	memcpy(text, s->page.map, s->page.used);
	rc = record_parse(text, s->page.used, &r);
	return rc < 0 ? rc : attach_marks(s, &r);
}

/* The session's record, for this call alone. 0; -ENOENT when somebody has
 * closed it; -EBUSY when somebody is about to; other -errno when it cannot be
 * reached from here. */
static int
take_record(pam_handle_t *pamh)
{
	_drop_(rows_free) struct rows rows = { 0 };
	_drop_(limits_drop) struct limits limits;
	struct session *s = pamh->session;
	int rc;

	limits_lift(&limits);
	row_add(&rows, "state", "closing");
	rc = page_open(&s->page, &s->store, &s->name, HEAD_ROOM);
	if (rc == 0)
		rc = catch_up(s);
	return rc < 0 ? rc : page_note(&s->page, &rows);
}

/* Credentials are deleted by who closes, afterwards: until then the record
 * says that they are there. */
static void
finish_record(pam_handle_t *pamh)
{
	_drop_(rows_free) struct rows rows = { 0 };
	struct session *s = pamh->session;

	if (!s->page.map || s->untidy)
		return;
	undo_forget(s);
	if (!pamh->established) {
		remove_record(s);
		return;
	}
	row_add(&rows, "state", "closed");
	s->kept = page_note(&s->page, &rows) == 0;
}

static int
walk_close(pam_handle_t *pamh, int flags)
{
	struct session *s = pamh->session;
	int rc;

	s->untidy = false;
	if (s->attached && s->state == SESSION_OPENING)
		rc = rollback(pamh, flags);
	else
		rc = dispatch(pamh, CALL_CLOSE, flags);
	if (rc != PAM_INCOMPLETE) {
		finish_record(pamh);
		s->state = SESSION_CLOSED;
	}
	page_close(&s->page);
	return rc;
}

static int
close_recorded(pam_handle_t *pamh, int flags)
{
	struct session *s = pamh->session;
	const int rc = take_record(pamh);

	if (rc == -ENOENT) {
		/* Somebody has closed it: as it should be. */
		page_close(&s->page);
		s->state = SESSION_CLOSED;
		return PAM_SUCCESS;
	}
	if (rc == -EBUSY) {
		pam_syslog(pamh, LOG_ERR, "(%s) session %s is being closed by "
		    "somebody else", pamh->item[PAM_SERVICE], s->id);
		return PAM_SESSION_ERR;
	}
	return walk_close(pamh, flags);
}

/* It has no effect any more, or never had one. A close that failed has left
 * some: to be tried again. */
static bool
is_over(const struct session *s)
{
	return s->state == SESSION_UNDONE ||
	    (s->state == SESSION_CLOSED && s->recorded && !s->untidy);
}

int
session_close(pam_handle_t *pamh, int flags)
{
	struct session *s = session_of(pamh);

	if (!s)
		return PAM_BUF_ERR;
	if (s->state == SESSION_NONE)
		attach_found(pamh);
	if (is_over(s))
		return PAM_SUCCESS;
	if (s->recorded)
		return close_recorded(pamh, flags);
	return walk_close(pamh, flags);
}

static void
append(struct session *s, const struct rows *rows)
{
	_drop_(limits_drop) struct limits limits;
	_drop_(closep) int dir = -1;

	limits_lift(&limits);
	dir = store_again(&s->store);
	if (dir >= 0 && !rows->lost)
		store_append(dir, &s->name, rows->text, rows->len);
}

void
session_credentials(pam_handle_t *pamh, int flags)
{
	const bool deletes = flags & PAM_DELETE_CRED;
	const bool sets = flags & (PAM_ESTABLISH_CRED | PAM_REINITIALIZE_CRED);
	_drop_(rows_free) struct rows rows = { 0 };
	struct session *s = pamh->session;

	if (!(deletes || sets) || pamh->established == !deletes)
		return;
	pamh->established = !deletes;
	if (!s || !s->recorded)
		return;
	if (s->kept) {
		remove_record(s);
		s->kept = false;
	} else if (s->state == SESSION_OPEN || s->state == SESSION_OPENING) {
		row_add(&rows, "cred", deletes ? "deleted" : "established");
		append(s, &rows);
	}
}

/* A child that ends its copy has nothing to say. */
static bool
is_opener(const struct session *s)
{
	struct process self;

	if (s->opener.pid != getpid())
		return false;
	self = process_self();
	return process_same(&self, &s->opener);
}

void
session_end(pam_handle_t *pamh, int status)
{
	_drop_(rows_free) struct rows rows = { 0 };
	struct session *s = pamh->session;

	if (!s || !s->recorded || s->attached || !is_opener(s))
		return;
	if (s->kept) {
		remove_record(s);
		return;
	}
	if ((s->state != SESSION_OPEN && s->state != SESSION_OPENING) ||
	    status & PAM_DATA_SILENT)
		return;
	if (status == PAM_SUCCESS && s->state == SESSION_OPEN) {
		row_add(&rows, "state", "detached");
		row_add_number(&rows, "detached", (unsigned long long)
		    time(NULL));
	} else {
		row_add(&rows, "state", "abandoned");
	}
	append(s, &rows);
}
