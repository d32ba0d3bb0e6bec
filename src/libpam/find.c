/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/find.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "libpam/handle.h"
#include "libpam/head.h"

void
find_free(struct find *f)
{
	record_file_free(&f->file);
}

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

int
find_id(const char *id, struct find *f)
{
	int rc = find_in(STORE_SESSIONS, id, f);

	if (rc != -ENOENT)
		return rc;
	record_file_free(&f->file);
	f->lasting = true;
	return find_in(STORE_UNDO, id, f);
}

/* The opener is somebody else, who may yet close it himself. Where pids are
 * others nobody can tell. */
static bool
is_anothers(const struct record *r)
{
	struct space here;

	space_self(&here, getpid());
	if (r->space.pids && r->space.pids != here.pids)
		return true;
	return process_lives(&r->opener) && !process_is_above(&r->opener);
}

bool
find_is_busy(const struct record *r)
{
	return r->state == RECORD_OPENING && is_anothers(r);
}

bool
find_is_past(const struct record *r)
{
	char boot[BOOT_TEXT];

	return r->boot && strcmp(r->boot, boot_name(boot)) != 0;
}

struct match {
	const pam_handle_t *pamh;
	int store;
	int count;
	struct store_name name;
};

static bool
same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool
is_meant(const pam_handle_t *pamh, const struct record *r)
{
	const char *host = pamh->item[PAM_RHOST];

	return r->was_open && same(r->service, pamh->item[PAM_SERVICE]) &&
	    same(r->user, pamh->item[PAM_USER]) &&
	    same(r->tty, pamh->item[PAM_TTY]) &&
	    (!host || same(r->rhost, host)) && !find_is_past(r) &&
	    r->state != RECORD_CLOSED &&
	    (r->state == RECORD_DETACHED || !is_anothers(r));
}

static int
count_match(void *ctx, const struct store_name *name)
{
	_drop_(record_file_free) struct record_file f = { 0 };
	struct match *m = ctx;
	const int rc = record_read(m->store, name, &f);

	if (file_cannot(rc))
		return rc;
	if (rc < 0 || !is_meant(m->pamh, &f.record))
		return 0;
	m->name = *name;
	return ++m->count > 1;
}

int
find_meant(pam_handle_t *pamh, struct find *f)
{
	_drop_(closep) int dir = store_open(STORE_SESSIONS, &f->store);
	struct match m = { .pamh = pamh, .store = dir };
	int rc;

	if (dir < 0)
		return file_cannot(dir) ? dir : 0;
	rc = store_each(dir, head_uid(pamh), count_match, &m);
	if (file_cannot(rc))
		return rc;
	if (m.count != 1)
		return m.count;
	f->name = m.name;
	rc = record_read(dir, &f->name, &f->file);
	return file_cannot(rc) ? rc : rc == 0;
}
