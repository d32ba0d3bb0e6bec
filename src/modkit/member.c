/* SPDX-License-Identifier: BSD-2-Clause */
/* Who is in which group (C-7). The library's own pam_modutil_user_in_group
 * cannot tell "he is not" from "I could not find out": where a rule is about
 * those who are not in a group, that would let everybody in. */
#include <grp.h>

#include "modkit/modkit.h"

#define RECORD_MAX (1 << 20)
#define GROUPS_MAX (1 << 16)

/* What getpwnam_r and getgrnam_r have in common; 0 and *found false when there
 * is no such name. */
typedef int lookup_fn(const char *name, void *record, char *buf, size_t size,
    bool *found);

static int
lookup_user(const char *name, void *record, char *buf, size_t size, bool *found)
{
	struct passwd *got = NULL;
	const int rc = getpwnam_r(name, record, buf, size, &got);

	*found = got;
	return rc;
}

static int
lookup_group(const char *name, void *record, char *buf, size_t size,
    bool *found)
{
	struct group *got = NULL;
	const int rc = getgrnam_r(name, record, buf, size, &got);

	*found = got;
	return rc;
}

/* The man pages name these as "not found" too, and some services give them.
 * The others that they name are a service's trouble: no answer. */
static bool
means_none(int rc)
{
	return rc == ENOENT || rc == ESRCH;
}

/* 1 and *buf, which holds the record's strings; 0: no such name; -errno. */
static int
look_up(lookup_fn *lookup, const char *name, void *record, char **buf)
{
	bool found = false;
	int rc = ERANGE;

	for (size_t size = 1024; rc == ERANGE && size <= RECORD_MAX;
	    size *= 4) {
		char *more = realloc(*buf, size);

		if (!more)
			return -ENOMEM;
		*buf = more;
		rc = lookup(name, record, *buf, size, &found);
	}
	if (rc && !means_none(rc))
		return -rc;
	return found;
}

static bool
is_listed(const struct group *gr, const char *user)
{
	for (char **member = gr->gr_mem; *member; member++)
		if (strcmp(*member, user) == 0)
			return true;
	return false;
}

static bool
is_among(const gid_t *list, int n, gid_t gid)
{
	for (int i = 0; i < n; i++)
		if (list[i] == gid)
			return true;
	return false;
}

/* By all that the system knows of the user's groups: 1, 0 or -errno. */
static int
has_gid(const struct passwd *pw, gid_t gid)
{
	_drop_(freep) gid_t *list = NULL;
	int n = 64;

	for (int room = n; room <= GROUPS_MAX; room = n) {
		gid_t *more = reallocarray(list, (size_t)room, sizeof *list);

		if (!more)
			return -ENOMEM;
		list = more;
		if (getgrouplist(pw->pw_name, pw->pw_gid, list, &n) >= 0)
			return is_among(list, n, gid);
		/* It failed, and not for want of room. */
		if (n <= room)
			return -ENOMEM;
	}
	return -ERANGE;
}

int
call_member(const struct call *c, const char *user, const char *group)
{
	_drop_(freep) char *pw_buf = NULL, *gr_buf = NULL;
	struct passwd pw;
	struct group gr;
	int rc = look_up(lookup_user, user, &pw, &pw_buf);

	(void)c;
	if (rc > 0)
		rc = look_up(lookup_group, group, &gr, &gr_buf);
	if (rc <= 0)
		return rc;
	if (pw.pw_gid == gr.gr_gid || is_listed(&gr, pw.pw_name))
		return 1;
	return has_gid(&pw, gr.gr_gid);
}
