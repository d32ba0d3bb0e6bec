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
#include "libpam/head.h"
#include "libpam/instance.h"
#include "libpam/item.h"
#include "libpam/log.h"
#include "libpam/recall.h"
#include "libpam/session.h"
#include "record/life.h"

/* A record that was found, and where. */
struct find {
	struct record_file file;
	struct store store;
	struct store_name name;
	bool lasting;		/* of an earlier boot: from STORE_UNDO */
};

static void
find_free(struct find *f)
{
	record_file_free(&f->file);
}

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
	space_self(&here);
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

/* ---- By id ---- */

struct wanted {
	const char *id;
	struct store_name *name;
};

static int
has_id(void *ctx, const struct store_name *name)
{
	const struct wanted *w = ctx;

	if (strcmp(strchr(name->text, '/') + 1, w->id) != 0)
		return 0;
	*w->name = *name;
	return 1;
}

/* In one of the two stores. 1 when it is there, 0, or -errno. */
static int
find_in(const char *path, const char *id, struct find *f)
{
	struct wanted wanted = { id, &f->name };
	_drop_(closep) int dir = -1;
	int rc;

	f->store = (struct store){ 0 };
	dir = store_open(path, &f->store);
	if (dir < 0)
		return dir;
	rc = store_each(dir, (uid_t)-1, has_id, &wanted);
	if (rc == 1)
		rc = record_read(dir, &f->name, &f->file);
	else
		rc = rc < 0 ? rc : -ENOENT;
	return rc < 0 ? rc : 1;
}

static int
find_id(const char *id, struct find *f)
{
	int rc = find_in(STORE_SESSIONS, id, f);

	if (rc != -ENOENT)
		return rc;
	record_file_free(&f->file);
	f->lasting = true;
	return find_in(STORE_UNDO, id, f);
}

/* Somebody is just opening it. */
static bool
is_busy(const struct record *r)
{
	return r->state == RECORD_OPENING && process_lives(&r->opener) &&
	    !process_is_above(&r->opener);
}

static bool
is_past(const struct record *r)
{
	char boot[BOOT_TEXT];

	return r->boot && strcmp(r->boot, boot_name(boot)) != 0;
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
	if (!f.lasting && is_past(&f.file.record))
		return PAM_SESSION_ERR;
	return is_busy(&f.file.record) ? PAM_TRY_AGAIN : take(pamh, &f);
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

/* ---- By what else a program knows of it ---- */

struct match {
	const pam_handle_t *pamh;
	int store;
	unsigned count;
	struct store_name name;
};

static bool
same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Who else may mean to close it. */
static bool
is_free(const struct record *r)
{
	return r->state == RECORD_DETACHED || !process_lives(&r->opener) ||
	    process_is_above(&r->opener);
}

static bool
is_meant(const pam_handle_t *pamh, const struct record *r)
{
	const char *host = pamh->item[PAM_RHOST];

	return r->was_open && same(r->service, pamh->item[PAM_SERVICE]) &&
	    same(r->user, pamh->item[PAM_USER]) &&
	    same(r->tty, pamh->item[PAM_TTY]) &&
	    (!host || same(r->rhost, host)) && !is_past(r) &&
	    r->state != RECORD_CLOSED && is_free(r);
}

static int
count_match(void *ctx, const struct store_name *name)
{
	_drop_(record_file_free) struct record_file f = { 0 };
	struct match *m = ctx;

	if (record_read(m->store, name, &f) < 0 ||
	    !is_meant(m->pamh, &f.record))
		return 0;
	m->name = *name;
	return ++m->count > 1;
}

void
attach_found(pam_handle_t *pamh)
{
	_drop_(find_free) struct find f = { 0 };
	_drop_(closep) int dir = -1;
	struct match m = { .pamh = pamh };

	if (geteuid() != 0 || !pamh->item[PAM_USER])
		return;
	dir = store_open(STORE_SESSIONS, &f.store);
	if (dir < 0)
		return;
	m.store = dir;
	store_each(dir, head_uid(pamh), count_match, &m);
	if (m.count > 1)
		pam_syslog(pamh, LOG_NOTICE, "more than one session of this "
		    "user, terminal and service: none is taken to be meant");
	if (m.count != 1 || record_read(dir, &m.name, &f.file) < 0)
		return;
	f.name = m.name;
	take(pamh, &f);
}
