/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_session_attach(3). */
#include "libpam/attach.h"

#include <errno.h>
#include <security/pam_session.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "base/drop.h"
#include "libpam/env.h"
#include "libpam/find.h"
#include "libpam/head.h"
#include "libpam/instance.h"
#include "libpam/item.h"
#include "libpam/log.h"
#include "libpam/recall.h"
#include "libpam/session.h"
#include "record/life.h"

/* The last attempt leaves out what the others have died of, so that the rest of
 * the session is closed all the same. */
static bool
is_hopeless(const struct record *r, size_t entry)
{
	return r->attempts >= LIFE_ATTEMPTS && !r->stuck &&
	    r->entry[entry].asked >= LIFE_ATTEMPTS - 1 &&
	    r->entry[entry].closed == NO_ANSWER;
}

int
attach_marks(struct session *s, const struct record *r)
{
	_drop_(freep) int *closed = calloc(r->entries + 1, sizeof *closed);
	_drop_(freep) bool *hopeless = calloc(r->entries + 1, sizeof *hopeless);

	if (!closed || !hopeless)
		return -ENOMEM;
	for (size_t i = 0; i < r->entries; i++) {
		closed[i] = r->entry[i].closed;
		hopeless[i] = is_hopeless(r, i);
	}
	free(s->closed);
	free(s->hopeless);
	s->closed = TAKE(closed);
	s->hopeless = TAKE(hopeless);
	s->entries = r->entries;
	return 0;
}

/* The answers of the opener: X-20. */
static void
take_answers(struct instance *in, const struct record *r)
{
	const struct chain *chain = in->plan->snapshot.policy->chain;

	for (size_t i = 0; i < r->entries && i < chain[FAC_SESSION].count; i++)
		in->kept[FAC_SESSION][i] = r->entry[i].answer;
}

static void
take_auth(struct instance *in, const struct record *r)
{
	const struct chain *chain = in->plan->snapshot.policy->chain;

	for (size_t i = 0; i < r->auths && i < chain[FAC_AUTH].count; i++)
		in->kept[FAC_AUTH][i] = r->auth[i];
}

/* The present policy, if it is the one that opened; else what is on record of
 * that one. PAM_SUCCESS or why not. */
static int
take_entries(pam_handle_t *pamh, const struct record *r)
{
	struct session *s = pamh->session;
	int rc = PAM_SUCCESS;

	if (r->policy == pamh->instance->plan->mark) {
		take_auth(pamh->instance, r);
		take_answers(pamh->instance, r);
		return PAM_SUCCESS;
	}
	rc = recall_instance(pamh, r, &s->recalled);
	if (rc == PAM_SUCCESS)
		take_answers(s->recalled, r);
	return rc;
}

static int
take_puts(struct session *s, const struct record *r)
{
	for (size_t i = 0; i < r->puts; i++) {
		const struct record_put *p = &r->put[i];

		if (session_remember_put(s, p->entry, p->key, p->value,
		    p->lasts) < 0)
			return PAM_BUF_ERR;
	}
	return PAM_SUCCESS;
}

static int
take_items(pam_handle_t *pamh, const struct record *r)
{
	int rc = item_set(pamh, PAM_USER, r->user);

	if (rc == PAM_SUCCESS)
		rc = item_set(pamh, PAM_TTY, r->tty);
	if (rc == PAM_SUCCESS)
		rc = item_set(pamh, PAM_RHOST, r->rhost);
	if (rc == PAM_SUCCESS)
		rc = item_set(pamh, PAM_RUSER, r->ruser);
	for (size_t i = 0; i < r->envs && rc == PAM_SUCCESS; i++)
		rc = pam_putenv(pamh, r->env[i]);
	return rc == PAM_SUCCESS ? env_set_session(pamh, r->id) : rc;
}

/* Whether the name still means the one who came. */
static bool
is_stranger(pam_handle_t *pamh, const struct record *r)
{
	return r->uid != head_uid(pamh);
}

static int
take(pam_handle_t *pamh, const struct find *f)
{
	const struct record *r = &f->file.record;
	struct session *s = session_of(pamh);
	struct space here;
	int rc;

	if (!s)
		return PAM_BUF_ERR;
	space_self(&here, getpid());
	strcpy(s->id, r->id);
	s->store = f->store;
	s->name = f->name;
	s->opener = r->opener;
	s->lasting = f->lasting;
	s->elsewhere = !f->lasting && !space_same_paths(&here, &r->space);
	s->attached = true;
	s->recorded = !f->lasting;
	s->kept = r->state == RECORD_CLOSED;
	s->state = s->kept ? SESSION_CLOSED :
	    r->was_open ? SESSION_OPEN : SESSION_OPENING;
	pamh->established = r->established;
	rc = take_items(pamh, r);
	s->stranger = is_stranger(pamh, r);
	if (rc == PAM_SUCCESS)
		rc = take_entries(pamh, r);
	if (rc == PAM_SUCCESS)
		rc = take_puts(s, r);
	if (rc == PAM_SUCCESS && attach_marks(s, r) < 0)
		rc = PAM_BUF_ERR;
	if (rc != PAM_SUCCESS)
		session_forget(pamh);
	return rc;
}

static int
attach_id(pam_handle_t *pamh, const char *id)
{
	_drop_(find_free) struct find f = { 0 };
	const char *user = pamh->item[PAM_USER];
	const int rc = find_id(id, &f);

	if (rc < 0)
		pam_syslog(pamh, LOG_NOTICE, "no session %s to attach to: %s",
		    id, strerrordesc_np(-rc));
	if (rc < 0)
		return rc == -ENOMEM ? PAM_BUF_ERR : PAM_SESSION_ERR;
	if (user && (!f.file.record.user ||
	    strcmp(user, f.file.record.user) != 0))
		return PAM_PERM_DENIED;
	if (!f.lasting && find_is_past(&f.file.record))
		return PAM_SESSION_ERR;
	return find_is_busy(&f.file.record) ? PAM_TRY_AGAIN : take(pamh, &f);
}

int
pam_session_attach(pam_handle_t *pamh, const char *id)
{
	if (!pamh || !id || handle_is_busy(pamh))
		return PAM_SYSTEM_ERR;
	if (pamh->session && pamh->session->state != SESSION_NONE)
		return PAM_SYSTEM_ERR;
	if (geteuid() != 0)
		return PAM_PERM_DENIED;
	return store_is_id(id) ? attach_id(pamh, id) : PAM_SESSION_ERR;
}

int
attach_found(pam_handle_t *pamh)
{
	_drop_(find_free) struct find f = { 0 };
	int count;

	if (geteuid() != 0 || !pamh->item[PAM_USER])
		return PAM_SUCCESS;
	count = find_meant(pamh, &f);
	if (count < 0)
		return count == -ENOMEM ? PAM_BUF_ERR : PAM_SESSION_ERR;
	if (count > 1)
		pam_syslog(pamh, LOG_NOTICE, "more than one session of this "
		    "user, terminal and service: none is taken to be meant");
	return count == 1 ? take(pamh, &f) : PAM_SUCCESS;
}
