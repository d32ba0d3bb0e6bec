/* SPDX-License-Identifier: BSD-2-Clause */
/* How a session ends: closed from here, or left to others. */
#include <errno.h>
#include <security/pam_appl.h>
#include <security/pam_ext.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"
#include "libpam/attach.h"
#include "libpam/dispatch.h"
#include "libpam/instance.h"
#include "libpam/login_records.h"
#include "libpam/rollback.h"
#include "libpam/session.h"
#include "libpam/undo.h"
#include "record/limits.h"

/* What others have done to the session meanwhile. 0 or -ENOMEM. */
static int
catch_up(struct session *s)
{
	_drop_(record_free) struct record r = { 0 };
	_drop_(freep) char *text = NULL;
	int rc;

	if (s->page.used == s->written)
		return 0;
	text = malloc(s->page.used + 1);
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
	struct session *s = pamh->session;
	int rc;

	row_add(&rows, "state", "closing");
	rc = page_open(&s->page, &s->store, &s->name);
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

	if (s->untidy || !(s->page.map || s->lasting))
		return;
	undo_forget(s);
	if (!s->page.map)
		return;
	if (!pamh->established) {
		session_remove(s);
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

	/* Where no module can be asked, everything is left to be undone. */
	s->untidy = instance_prepare(session_instance(pamh, CALL_CLOSE),
	    CALL_CLOSE) != PAM_SUCCESS;
	if (s->untidy)
		return PAM_BUF_ERR;
	login_records_closing(pamh);
	if (s->attached && s->state == SESSION_OPENING)
		rc = rollback(pamh, flags);
	else
		rc = dispatch(pamh, CALL_CLOSE, flags);
	if (rc == PAM_INCOMPLETE)
		page_close(&s->page);
	else
		s->state = SESSION_CLOSED;
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
	const struct session *s = session_of(pamh);
	int rc = PAM_SUCCESS;

	if (!s)
		return PAM_BUF_ERR;
	if (s->state == SESSION_NONE)
		rc = attach_found(pamh);
	if (rc != PAM_SUCCESS)
		return rc;
	if (is_over(s))
		return PAM_SUCCESS;
	if (s->recorded)
		return close_recorded(pamh, flags);
	return walk_close(pamh, flags);
}

void
session_settle(pam_handle_t *pamh)
{
	struct session *s = pamh->session;

	if (!s)
		return;
	if (s->state == SESSION_CLOSED)
		finish_record(pamh);
	page_close(&s->page);
}

static void
append(struct session *s, const struct rows *rows)
{
	_drop_(limits_drop) struct limits limits = { 0 };
	_drop_(closep) int dir = -1;

	limits_lift(&limits);
	dir = store_open(STORE_SESSIONS, &s->store);
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
		session_remove(s);
		s->kept = false;
	} else if (s->state == SESSION_OPEN || s->state == SESSION_OPENING) {
		row_add(&rows, "cred", deletes ? "deleted" : "established");
		append(s, &rows);
	}
}

void
session_end(pam_handle_t *pamh, int status)
{
	_drop_(rows_free) struct rows rows = { 0 };
	struct session *s = pamh->session;

	/* A child that ends its copy has nothing to say. */
	if (!s || !s->recorded || s->attached || s->opener.pid != getpid())
		return;
	if (s->kept) {
		session_remove(s);
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
