/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_modutil_user_in_group(3): G-3. */
#include <security/pam_modutil.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "libpam/handle.h"

#define GROUPS_MAX 65536

static bool
named_in(const struct group *group, const char *user)
{
	for (char **member = group->gr_mem; member && *member; member++) {
		if (strcmp(*member, user) == 0)
			return true;
	}
	return false;
}

/* What initgroups(3) would give him. */
static bool
listed(const struct passwd *pw, gid_t gid)
{
	_drop_(freep) gid_t *list = NULL;
	int n = 64, room;

	do {
		gid_t *more = reallocarray(list, (size_t)n, sizeof *list);

		if (!more)
			return false;
		list = more;
		room = n;
		if (getgrouplist(pw->pw_name, pw->pw_gid, list, &n) >= 0)
			break;
	} while (n > room && n <= GROUPS_MAX);
	if (n > room)
		return false;
	for (int i = 0; i < n; i++) {
		if (list[i] == gid)
			return true;
	}
	return false;
}

static int
in_group(const struct passwd *pw, const struct group *group)
{
	return pw && group && (pw->pw_gid == group->gr_gid ||
	    named_in(group, pw->pw_name) || listed(pw, group->gr_gid));
}

int
pam_modutil_user_in_group_nam_nam(pam_handle_t *pamh, const char *user,
    const char *group)
{
	return in_group(pam_modutil_getpwnam(pamh, user),
	    pam_modutil_getgrnam(pamh, group));
}

int
pam_modutil_user_in_group_nam_gid(pam_handle_t *pamh, const char *user,
    gid_t group)
{
	return in_group(pam_modutil_getpwnam(pamh, user),
	    pam_modutil_getgrgid(pamh, group));
}

int
pam_modutil_user_in_group_uid_nam(pam_handle_t *pamh, uid_t user,
    const char *group)
{
	return in_group(pam_modutil_getpwuid(pamh, user),
	    pam_modutil_getgrnam(pamh, group));
}

int
pam_modutil_user_in_group_uid_gid(pam_handle_t *pamh, uid_t user, gid_t group)
{
	return in_group(pam_modutil_getpwuid(pamh, user),
	    pam_modutil_getgrgid(pamh, group));
}
