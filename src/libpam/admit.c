/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_session_admit(3): counting sessions that live. */
#include <errno.h>
#include <security/pam_session.h>
#include <string.h>
#include <syslog.h>

#include "base/drop.h"
#include "libpam/conf.h"
#include "libpam/instance.h"
#include "libpam/log.h"
#include "libpam/session.h"
#include "record/life.h"
#include "record/limits.h"

#define PATIENCE 200		/* hundredths of a second */

struct count {
	int store;
	const char *scope, *own;
	struct look look;
	unsigned found, limit;
};

static bool
is_admitted(const struct record *r, const char *scope)
{
	for (size_t i = 0; i < r->admissions; i++) {
		if (strcmp(r->admitted[i], scope) == 0)
			return true;
	}
	return false;
}

/* One that nobody is in any more is not in anybody's way. */
static bool
counts(struct count *c, const struct record *r)
{
	const enum life life = life_of(&c->look, r);

	return life == LIFE_HERE || life == LIFE_ELSEWHERE;
}

static int
count_one(void *ctx, const struct store_name *name)
{
	_drop_(record_file_free) struct record_file f = { 0 };
	struct count *c = ctx;

	if (strcmp(name->text, c->own) == 0 ||
	    record_read(c->store, name, &f) < 0 ||
	    !is_admitted(&f.record, c->scope))
		return 0;
	c->found += counts(c, &f.record);
	return c->found >= c->limit;
}

/* 1: one more is one too many. */
static int
count_all(const pam_handle_t *pamh, int store, const char *scope,
    unsigned limit)
{
	struct count c = { .store = store, .scope = scope,
		.own = pamh->session->name.text, .limit = limit };
	int rc;

	life_look(&c.look);
	c.look.detached_max =
	    pamh->instance->plan->snapshot.conf->detached_max;
	rc = limit ? store_each(store, (uid_t)-1, count_one, &c) : 1;
	life_end(&c.look);
	return rc;
}

static int
admit(const pam_handle_t *pamh, const char *scope, unsigned limit)
{
	_drop_(rows_free) struct rows rows = { 0 };
	_drop_(limits_drop) struct limits limits = { 0 };
	_drop_(closep) int store = -1;
	_drop_(closep) int lock = -1;
	struct session *s = pamh->session;
	int rc;

	limits_lift(&limits);
	store = store_open(STORE_SESSIONS, &s->store);
	if (store < 0)
		return store;
	/* Who counts is alone with it until he has said what came out. */
	lock = store_lock(store, PATIENCE);
	if (lock < 0)
		return lock;
	rc = count_all(pamh, store, scope, limit);
	if (rc != 0)
		return rc;
	row_add(&rows, "admitted", scope);
	return page_note(&s->page, &rows);
}

int
pam_session_admit(pam_handle_t *pamh, const char *scope, unsigned limit)
{
	struct session *s = pamh ? pamh->session : NULL;
	int rc;

	if (!scope || !*scope || !s || pamh->running.call != CALL_OPEN ||
	    !pamh->running.entry)
		return PAM_BAD_ITEM;
	if (!s->page.map)
		return PAM_SYSTEM_ERR;
	rc = admit(pamh, scope, limit);
	if (rc == 1 || rc == -EBUSY)
		return PAM_PERM_DENIED;
	if (rc < 0)
		pam_syslog(pamh, LOG_ERR, "sessions cannot be counted: %s",
		    strerrordesc_np(-rc));
	return rc < 0 ? PAM_SYSTEM_ERR : PAM_SUCCESS;
}
