/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_modutil_drop_priv(3), pam_modutil_regain_priv(3): G-6, G-7. Only the ids
 * that files are judged by change. The two file ids belong to the thread; the
 * groups are, by the C library, those of all threads. */
#include <grp.h>
#include <security/pam_modutil.h>
#include <stdlib.h>
#include <sys/fsuid.h>
#include <unistd.h>

#include "libpam/log.h"

/* States of is_dropped: nothing; groups and ids; nothing had to be done. */
enum { KEPT, DROPPED, NOT_NEEDED };

/* setfsuid and setfsgid never say whether they worked: ask afterwards, with an
 * id that is never valid. */
static int
change_fsuid(uid_t uid, uid_t *old)
{
	*old = (uid_t)setfsuid(uid);
	return (uid_t)setfsuid((uid_t)-1) == uid ? 0 : -1;
}

static int
change_fsgid(gid_t gid, gid_t *old)
{
	*old = (gid_t)setfsgid(gid);
	return (gid_t)setfsgid((gid_t)-1) == gid ? 0 : -1;
}

static int
save_groups(struct pam_modutil_privs *p)
{
	const int n = getgroups(0, NULL);

	if (n < 0)
		return -1;
	if (n > p->number_of_groups) {
		gid_t *more = calloc((size_t)n, sizeof *more);

		if (!more)
			return -1;
		p->grplist = more;
		p->allocated = 1;
	}
	p->number_of_groups = getgroups(n, p->grplist);
	return p->number_of_groups < 0 ? -1 : 0;
}

static void
forget_groups(struct pam_modutil_privs *p)
{
	if (p->allocated)
		free(p->grplist);
	p->grplist = NULL;
	p->allocated = 0;
	p->number_of_groups = 0;
	p->old_gid = (gid_t)-1;
	p->old_uid = (uid_t)-1;
	p->is_dropped = KEPT;
}

static int
restore_groups(const struct pam_modutil_privs *p)
{
	return setgroups((size_t)p->number_of_groups, p->grplist);
}

/* The user's groups, or none at all: never the ones of who calls. */
static int
take_groups(const struct passwd *pw)
{
	if (initgroups(pw->pw_name, pw->pw_gid) == 0)
		return 0;
	return setgroups(0, NULL);
}

static int
take_ids(struct pam_modutil_privs *p, const struct passwd *pw)
{
	uid_t uid;
	gid_t gid;

	if (change_fsgid(pw->pw_gid, &p->old_gid) < 0) {
		change_fsgid(p->old_gid, &gid);
		return -1;
	}
	if (change_fsuid(pw->pw_uid, &p->old_uid) == 0)
		return 0;
	change_fsuid(p->old_uid, &uid);
	change_fsgid(p->old_gid, &gid);
	return -1;
}

int
pam_modutil_drop_priv(pam_handle_t *pamh, struct pam_modutil_privs *p,
    const struct passwd *pw)
{
	int rc;

	if (p->is_dropped != KEPT) {
		pam_syslog(pamh, LOG_CRIT, "privileges are dropped already");
		return -1;
	}
	if (geteuid() != 0 || pw->pw_uid == 0) {
		p->is_dropped = NOT_NEEDED;
		return 0;
	}
	if (save_groups(p) < 0) {
		pam_syslog(pamh, LOG_CRIT, "groups of this process: %m");
		forget_groups(p);
		return -1;
	}
	rc = take_groups(pw);
	if (rc == 0)
		rc = take_ids(p, pw);
	if (rc == 0) {
		p->is_dropped = DROPPED;
		return 0;
	}
	pam_syslog(pamh, LOG_CRIT, "unable to act as user %s", pw->pw_name);
	if (restore_groups(p) < 0)
		pam_syslog(pamh, LOG_CRIT, "groups not restored: %m");
	forget_groups(p);
	return -1;
}

int
pam_modutil_regain_priv(pam_handle_t *pamh, struct pam_modutil_privs *p)
{
	uid_t uid;
	gid_t gid;
	int rc = 0;

	if (p->is_dropped == KEPT) {
		pam_syslog(pamh, LOG_CRIT, "no privileges were dropped");
		return -1;
	}
	if (p->is_dropped == DROPPED) {
		if (change_fsuid(p->old_uid, &uid) < 0 ||
		    change_fsgid(p->old_gid, &gid) < 0 ||
		    restore_groups(p) < 0) {
			pam_syslog(pamh, LOG_CRIT, "privileges not restored");
			rc = -1;
		}
	}
	forget_groups(p);
	return rc;
}
