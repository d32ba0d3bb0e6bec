/* SPDX-License-Identifier: BSD-2-Clause */
/* In place of the C library's accounts and groups: it knows only these. */
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <shadow.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/drop.h"

#define EXPORT __attribute__((visibility("default")))

/* Some records need more room than others. */
static const struct account {
	const char *name;
	uid_t uid;
	gid_t gid;
	size_t room;
	int error;
} accounts[] = {
	{ "alice", 1000, 1000, 100, 0 },
	{ "bob", 1001, 100, 1024, 0 },
	{ "carol", 1002, 100, 1025, 0 },
	{ "dave", 1003, 100, 16385, 0 },
	{ "erin", 1004, 100, 262144, 0 },
	{ "frank", 1005, 100, 262145, 0 },
	{ "grace", 1006, 100, 0, EIO },
};

static const struct team {
	const char *name;
	gid_t gid;
	const char *members[3];
	size_t room;
} teams[] = {
	{ "alice", 1000, { NULL }, 0 },
	{ "users", 100, { NULL }, 0 },
	{ "wheel", 10, { "bob", "alicia", NULL }, 0 },
	{ "empty", 11, { NULL }, 0 },
	{ "large", 12, { "alice" }, 20000 },
	{ "directory", 13, { NULL }, 0 },	/* bob, by getgrouplist */
	{ "far", 14, { NULL }, 0 },		/* carol, her 2000th */
};

static int
find_account(const char *name, uid_t uid, size_t n, const struct account **out)
{
	*out = NULL;
	for (size_t i = 0; i < COUNT(accounts); i++) {
		const struct account *a = &accounts[i];

		if (name ? strcmp(name, a->name) != 0 : uid != a->uid)
			continue;
		if (a->error)
			return a->error;
		if (n < a->room || n < 64)
			return ERANGE;
		*out = a;
	}
	return 0;
}

static int
give_account(const char *name, uid_t uid, struct passwd *pw, char *buf,
    size_t n, struct passwd **result)
{
	const struct account *a;
	const int rc = find_account(name, uid, n, &a);

	*result = a ? pw : NULL;
	if (!a)
		return rc;
	memset(buf, 0x5a, n);
	*pw = (struct passwd){ .pw_name = strcpy(buf, a->name),
		.pw_uid = a->uid, .pw_gid = a->gid,
		.pw_passwd = strcpy(buf + 32, "x") };
	return 0;
}

EXPORT int
getpwnam_r(const char *name, struct passwd *pw, char *buf, size_t n,
    struct passwd **result)
{
	return give_account(name, 0, pw, buf, n, result);
}

EXPORT int
getpwuid_r(uid_t uid, struct passwd *pw, char *buf, size_t n,
    struct passwd **result)
{
	return give_account(NULL, uid, pw, buf, n, result);
}

EXPORT int
getspnam_r(const char *name, struct spwd *sp, char *buf, size_t n,
    struct spwd **result)
{
	const struct account *a;
	const int rc = find_account(name, 0, n, &a);

	*result = a ? sp : NULL;
	if (!a)
		return rc;
	*sp = (struct spwd){ .sp_namp = strcpy(buf, a->name),
		.sp_pwdp = strcpy(buf + 32, "$y$hash") };
	return 0;
}

static int
give_team(const char *name, gid_t gid, struct group *gr, char *buf, size_t n,
    struct group **result)
{
	*result = NULL;
	for (size_t i = 0; i < COUNT(teams); i++) {
		const struct team *t = &teams[i];

		if (name ? strcmp(name, t->name) != 0 : gid != t->gid)
			continue;
		if (n < t->room || n < 64)
			return ERANGE;
		*gr = (struct group){ .gr_name = strcpy(buf, t->name),
			.gr_gid = t->gid,
			.gr_mem = (char **)(size_t)t->members };
		*result = gr;
	}
	return 0;
}

EXPORT int
getgrnam_r(const char *name, struct group *gr, char *buf, size_t n,
    struct group **result)
{
	return give_team(name, 0, gr, buf, n, result);
}

EXPORT int
getgrgid_r(gid_t gid, struct group *gr, char *buf, size_t n,
    struct group **result)
{
	return give_team(NULL, gid, gr, buf, n, result);
}

/* How many groups a name is in; the last is the one that matters. */
EXPORT int
getgrouplist(const char *user, gid_t gid, gid_t *list, int *n)
{
	const bool carol = strcmp(user, "carol") == 0;
	const bool dave = strcmp(user, "dave") == 0;
	const int have = dave ? 70000 : carol ? 2000 : 2;
	const int room = *n;

	*n = have;
	for (int i = 0; i < have && i < room; i++)
		list[i] = i ? (gid_t)(20000 + i) : gid;
	if (have <= room && !dave)
		list[have - 1] = carol ? 14 :
		    strcmp(user, "bob") == 0 ? 13 : 999;
	return have <= room ? have : -1;
}

EXPORT int
getlogin_r(char *name, size_t n)
{
	static int asked;

	(void)n;
	strcpy(name, "at the door");
	return asked++ ? ENXIO : 0;
}
