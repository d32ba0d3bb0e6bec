/* SPDX-License-Identifier: BSD-2-Clause */
/* The record of a session from before its first module runs until the walk is
 * over. */
#include <errno.h>
#include <security/pam_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <syslog.h>
#include <unistd.h>

#include "base/drop.h"
#include "libpam/conf.h"
#include "libpam/dispatch.h"
#include "libpam/env.h"
#include "libpam/head.h"
#include "libpam/instance.h"
#include "libpam/login_records.h"
#include "libpam/rollback.h"
#include "libpam/session.h"
#include "libpam/undo.h"
#include "record/limits.h"

/* A session begins: what was of an earlier one is gone. */
static void
begin_anew(struct session *s)
{
	if (s->kept)
		session_remove(s);
	free(TAKE(s->closed));
	free(TAKE(s->hopeless));
	session_forget_puts(s);
	s->opened_by = NULL;
	s->no_record = 0;
	s->recorded = s->kept = s->attached = false;
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

	if (err == -ENOMEM)
		return PAM_BUF_ERR;
	pamh->session->no_record = err;
	if (!conf->require_record && (excused || !is_setuid()))
		return PAM_SUCCESS;
	pam_syslog(pamh, LOG_ERR, "(%s) no session without a record, and none "
	    "can be made in %s: %s", pamh->item[PAM_SERVICE], STORE_SESSIONS,
	    strerrordesc_np(-err));
	return PAM_SESSION_ERR;
}

/* The record of what is open already, or a new one: also when somebody has
 * closed it. 0 or -errno. */
static int
make_record(pam_handle_t *pamh)
{
	struct session *s = pamh->session;
	int rc = -ENOENT;

	if (s->recorded)
		rc = page_open(&s->page, &s->store, &s->name);
	if (rc != -ENOENT)
		return rc;
	begin_anew(s);
	s->again = false;
	rc = head_write(pamh);
	if (rc < 0 || env_set_session(pamh, s->id) == PAM_SUCCESS)
		return rc;
	store_forget(&s->name);
	return -ENOMEM;
}

/* The record, or an answer why there is none. */
static int
begin_record(pam_handle_t *pamh)
{
	const struct conf *conf = pamh->instance->plan->snapshot.conf;
	_drop_(limits_drop) struct limits limits = { 0 };
	struct session *s = pamh->session;
	int rc;

	if (!conf->record)
		return PAM_SUCCESS;
	limits_lift_files(&limits);
	rc = make_record(pamh);
	if (rc < 0)
		return without_record(pamh, rc);
	s->recorded = true;
	return PAM_SUCCESS;
}

/* What became of it, and the environment that modules of another process may
 * need to close. */
static void
note_opened(pam_handle_t *pamh, uint32_t inner)
{
	_drop_(rows_free) struct rows rows = { 0 };
	struct session *s = pamh->session;

	if (!s->page.map)
		return;
	head_after(pamh, inner, &rows);
	row_add(&rows, "state", "open");
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
		session_remove(s);
	}
}

/* The walk is over, with whatever result. */
static int
end_open(pam_handle_t *pamh, int flags, int rc)
{
	struct session *s = pamh->session;
	const uint32_t inner = s->page.map ?
	    audit_session_again(&s->glance) : NO_AUDIT_SESSION;

	if (rc == PAM_INCOMPLETE) {
		s->state = SESSION_OPENING;
	} else if (rc == PAM_SUCCESS) {
		note_opened(pamh, inner);
		login_records_opened(pamh);
		s->state = SESSION_OPEN;
	} else {
		open_failed(pamh, flags);
	}
	s->written = s->page.used;
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
