/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/newcomer.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"
#include "pamctl/apply/process.h"
#include "record/record.h"
#include "record/store.h"

/* ---- By the records of sessions ---- */

struct look {
	int store;
	uint32_t audit_session;	/* that we are in */
	unsigned long long opened;	/* the session's, ticks since boot; 0:
					 * none is found */
};

/* The session that we came in by: nobody was logged in around it. */
static bool
is_ours(const struct look *l, const struct record *r)
{
	return r->was_open && r->outer == NO_AUDIT_SESSION &&
	    (process_is_above(&r->opener) ||
	    (r->inner != NO_AUDIT_SESSION && r->inner == l->audit_session));
}

static int
look_at(void *ctx, const struct store_name *name)
{
	_drop_(record_file_free) struct record_file f = { 0 };
	struct look *l = ctx;

	if (record_read(l->store, name, &f) == 0 && is_ours(l, &f.record) &&
	    (!l->opened || f.record.opener.seen < l->opened))
		l->opened = f.record.opener.seen;
	return 0;
}

/* The oldest counts: who is in by two of them was there before. */
static int
by_record(const struct timespec *swap)
{
	struct store store = { 0 };
	_drop_(closep) int dir = store_open(STORE_SESSIONS, &store);
	struct look l = { .store = dir,
		.audit_session = audit_session_self() };
	const long ticks = sysconf(_SC_CLK_TCK);

	if (dir < 0 || store_each(dir, (uid_t)-1, look_at, &l) < 0 ||
	    !l.opened)
		return -ENODATA;
	return l.opened > (unsigned long long)(swap->tv_sec * ticks +
	    swap->tv_nsec * ticks / 1000000000);
}

/* ---- By the kernel's audit sessions, where there are no records ---- */

/* Whoever is left of a session tells how old it is at least. */
static int
by_audit_session(const struct timespec *swap)
{
	_drop_(closedirp) DIR *proc = NULL;
	const uint32_t session = process_session("self");
	const struct dirent *d;

	if (session == NO_SESSION)
		return -ENODATA;
	proc = opendir("/proc");
	if (!proc)
		return -errno;
	while ((d = readdir(proc))) {
		if (isdigit((unsigned char)*d->d_name) &&
		    process_session(d->d_name) == session &&
		    process_older(d->d_name, swap))
			return 0;
	}
	return 1;
}

int
newcomer_since(const struct timespec *swap)
{
	const int rc = by_record(swap);

	return rc == -ENODATA ? by_audit_session(swap) : rc;
}
