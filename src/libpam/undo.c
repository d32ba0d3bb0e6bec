/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_session_put(3), pam_session_get(3), pam_session_id(3). */
#include "libpam/undo.h"

#include <errno.h>
#include <security/pam_session.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/grow.h"
#include "libpam/instance.h"
#include "libpam/log.h"
#include "libpam/session.h"
#include "record/limits.h"

struct session_put *
session_find_put(const struct session *s, size_t entry, const char *key)
{
	for (size_t i = 0; s && i < s->puts; i++) {
		if (s->put[i].entry == entry &&
		    strcmp(s->put[i].key, key) == 0)
			return &s->put[i];
	}
	return NULL;
}

bool
session_has_put(const struct session *s, size_t entry, bool lasting)
{
	for (size_t i = 0; i < s->puts; i++) {
		if (s->put[i].entry == entry && s->put[i].value &&
		    (s->put[i].lasts || !lasting))
			return true;
	}
	return false;
}

int
session_remember_put(struct session *s, size_t entry, const char *key,
    const char *value, bool lasts)
{
	_drop_(freep) char *copy = value ? strdup(value) : NULL;
	struct session_put *p = session_find_put(s, entry, key);

	if ((value && !copy) || (!p && GROW(s->put, s->puts, s->put_cap) < 0))
		return -ENOMEM;
	if (!p) {
		p = &s->put[s->puts];
		*p = (struct session_put){ .entry = entry,
			.key = strdup(key) };
		if (!p->key)
			return -ENOMEM;
		s->puts++;
	}
	free(p->value);
	p->value = TAKE(copy);
	p->lasts |= lasts;
	return 0;
}

/* The number of the entry whose session function is running. */
static bool
running_entry(const pam_handle_t *pamh, size_t *entry)
{
	const enum call call = pamh->running.call;
	const struct entry *e = pamh->running.entry;
	const struct instance *in = session_instance(pamh, call);

	if (!e || (call != CALL_OPEN && call != CALL_CLOSE) || !pamh->session)
		return false;
	*entry = (size_t)(e -
	    in->plan->snapshot.policy->chain[FAC_SESSION].entry);
	return true;
}

static void
put_row(struct rows *to, const char *kind, size_t entry, const char *key,
    const char *value)
{
	row_begin(to, kind);
	row_number(to, entry);
	row_word(to, key);
	if (value)
		row_word(to, value);
	row_end(to);
}

/* The lasting file begins with the head that the record has. */
static int
begin_lasting(const struct session *s, int dir)
{
	_drop_(closep) int fd = store_create(dir, &s->name);
	const char *end;
	int rc;

	if (fd == -EEXIST)
		return 0;
	if (fd < 0)
		return fd;
	end = memmem(s->page.map, s->page.used, "\nopen ", 6);
	rc = write_all(fd, s->page.map, end ?
	    (size_t)(end - s->page.map) : s->page.used);
	if (rc < 0)
		store_remove(dir, &s->name);
	return rc;
}

/* Where a power cut does not reach it, before anything is changed. */
static int
put_lasting(struct session *s, const struct rows *rows)
{
	struct store store = { 0 };
	_drop_(closep) int dir = store_open(STORE_UNDO, &store);
	int rc;

	if (dir < 0)
		return dir;
	if (!s->page.map)
		return -EOPNOTSUPP;
	s->lasts = true;
	rc = begin_lasting(s, dir);
	if (rc == 0)
		rc = store_append(dir, &s->name, rows->text, rows->len);
	return rc < 0 ? rc : store_sync(dir, &s->name);
}

static int
write_put(struct session *s, size_t entry, const char *key, const char *value,
    bool lasts)
{
	_drop_(rows_free) struct rows rows = { 0 };
	_drop_(limits_drop) struct limits limits = { 0 };
	int rc = 0;

	put_row(&rows, lasts ? "put-lasting" : "put", entry, key, value);
	if (rows.lost)
		return -ENOMEM;
	limits_lift(&limits);
	if (lasts)
		rc = put_lasting(s, &rows);
	if (rc == 0 && s->page.map)
		rc = page_note(&s->page, &rows);
	return rc;
}

int
pam_session_put(pam_handle_t *pamh, const char *key, const char *value,
    int flags)
{
	const struct session_put *old;
	struct session *s;
	size_t entry;
	bool lasts;
	int rc;

	if (!pamh || !key || !*key || !running_entry(pamh, &entry))
		return PAM_BAD_ITEM;
	s = pamh->session;
	/* What has outlived a boot would come back with its old value. */
	old = session_find_put(s, entry, key);
	lasts = flags & PAM_SESSION_PERSIST || (old && old->lasts);
	rc = write_put(s, entry, key, value, lasts);
	if (rc < 0) {
		pam_syslog(pamh, LOG_ERR, "%s is not on record: %s", key,
		    strerrordesc_np(-rc));
		return rc == -ENOMEM ? PAM_BUF_ERR : PAM_SYSTEM_ERR;
	}
	return session_remember_put(s, entry, key, value, lasts) < 0 ?
	    PAM_BUF_ERR : PAM_SUCCESS;
}

int
pam_session_get(pam_handle_t *pamh, const char *key, const char **value)
{
	const struct session_put *p;
	size_t entry;

	if (!pamh || !key || !value || !running_entry(pamh, &entry))
		return PAM_BAD_ITEM;
	p = session_find_put(pamh->session, entry, key);
	if (!p || !p->value)
		return PAM_NO_MODULE_DATA;
	*value = p->value;
	return PAM_SUCCESS;
}

int
pam_session_id(pam_handle_t *pamh, const char **id)
{
	const struct session *s;

	if (!pamh || !id)
		return PAM_SYSTEM_ERR;
	s = session_of(pamh);
	if (!s)
		return PAM_BUF_ERR;
	*id = s->id;
	return PAM_SUCCESS;
}

static void
remove_lasting(struct session *s)
{
	_drop_(limits_drop) struct limits limits = { 0 };
	_drop_(closep) int dir = -1;
	struct store store = { 0 };

	limits_lift(&limits);
	dir = store_open(STORE_UNDO, &store);
	if (dir >= 0)
		store_remove(dir, &s->name);
	s->lasts = false;
}

void
undo_forget(struct session *s)
{
	/* Of one that is attached, the opener may have been killed when only
	 * the lasting file knew already. */
	if (s->lasts || s->attached)
		remove_lasting(s);
}
