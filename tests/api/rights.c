/* SPDX-License-Identifier: BSD-2-Clause */
#include "rights.h"

#include <errno.h>
#include <grp.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/syscall.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

struct rights rights = { .fail = "" };

static bool
fails(const char *what)
{
	if (strcmp(rights.fail, what) != 0)
		return false;
	rights.calls++;
	errno = EPERM;
	return rights.calls >= rights.from && rights.calls <= rights.to;
}

EXPORT uid_t
geteuid(void)
{
	return rights.real ? (uid_t)syscall(SYS_geteuid) : rights.euid;
}

EXPORT int
getgroups(int n, gid_t *list)
{
	if (rights.real)
		return (int)syscall(SYS_getgroups, n, list);
	if (fails("getgroups"))
		return -1;
	if (n)
		memcpy(list, rights.groups,
		    (size_t)rights.count * sizeof *list);
	return rights.count;
}

EXPORT int
setgroups(size_t n, const gid_t *list)
{
	if (rights.real)
		return (int)syscall(SYS_setgroups, n, list);
	if (fails("setgroups"))
		return -1;
	if (n)
		memmove(rights.groups, list, n * sizeof *list);
	rights.count = (int)n;
	return 0;
}

EXPORT int
initgroups(const char *user, gid_t gid)
{
	const gid_t list[2] = { gid, 5000 };

	(void)user;
	return fails("initgroups") ? -1 : setgroups(2, list);
}

EXPORT int
setfsuid(uid_t uid)
{
	const uid_t old = rights.fsuid;

	if (rights.real)
		return (int)syscall(SYS_setfsuid, uid);
	if (uid != (uid_t)-1 && !fails("setfsuid"))
		rights.fsuid = uid;
	return (int)old;
}

EXPORT int
setfsgid(gid_t gid)
{
	const gid_t old = rights.fsgid;

	if (rights.real)
		return (int)syscall(SYS_setfsgid, gid);
	if (gid != (gid_t)-1 && !fails("setfsgid"))
		rights.fsgid = gid;
	return (int)old;
}

void
rights_begin(int groups, uid_t euid)
{
	memset(&rights, 0, sizeof rights);
	rights.euid = rights.fsuid = euid;
	rights.fsgid = (gid_t)euid;
	rights.fail = "";
	rights.to = 1000;
	rights.count = groups;
	for (int i = 0; i < groups; i++)
		rights.groups[i] = (gid_t)(100 + i);
}

bool
rights_are(uid_t uid, gid_t gid, const gid_t *groups, int count)
{
	return rights.fsuid == uid && rights.fsgid == gid &&
	    rights.count == count &&
	    (!count || memcmp(rights.groups, groups,
	    (size_t)count * sizeof *groups) == 0);
}
