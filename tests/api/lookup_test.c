/* SPDX-License-Identifier: BSD-2-Clause */
/* Accounts and groups of a C library that knows only those in people.c: G-1,
 * G-3, G-4, W-28. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"
#include <security/pam_modutil.h>

#define NOBODY ((uid_t)-2)

/* G-1: a record of any size up to 256 KiB, by name and by number. */
static const struct {
	const char *name;
	uid_t uid;
	bool found;
} records[] = {
	{ "alice", 1000, true }, { "bob", 1001, true },
	{ "carol", 1002, true }, { "dave", 1003, true },
	{ "erin", 1004, true }, { "frank", 1005, false },
	{ "grace", 1006, false }, { "nobody", NOBODY, false },
	{ "", NOBODY, false }, { "alice ", NOBODY, false },
};

static void
check_records(pam_handle_t *pamh)
{
	for (size_t i = 0; i < COUNT(records); i++) {
		const char *name = records[i].name;
		struct passwd *by_name = pam_modutil_getpwnam(pamh, name);
		struct passwd *by_id = pam_modutil_getpwuid(pamh,
		    records[i].uid);
		struct spwd *shadow = pam_modutil_getspnam(pamh, name);

		CHECK_INT(name, records[i].found, by_name != NULL);
		CHECK_INT(name, records[i].found, by_id != NULL);
		CHECK_INT(name, records[i].found, shadow != NULL);
		if (records[i].found) {
			CHECK_STR("name", name, by_name->pw_name);
			CHECK_INT("number", records[i].uid, by_id->pw_uid);
			CHECK_STR("shadow", "$y$hash", shadow->sp_pwdp);
		}
		if (pamh)
			continue;
		/* Without a handle they are one block each, the caller's. */
		free(by_name);
		free(by_id);
		free(shadow);
	}
}

static void
check_teams(pam_handle_t *pamh)
{
	struct group *gr = pam_modutil_getgrnam(pamh, "large");

	CHECK("a large one", gr && gr->gr_gid == 12);
	gr = pam_modutil_getgrgid(pamh, 10);
	CHECK_STR("by number", "wheel", gr ? gr->gr_name : NULL);
	CHECK("unknown", !pam_modutil_getgrnam(pamh, "none"));
	CHECK("unknown", !pam_modutil_getgrgid(pamh, 4711));
}

/* G-3 */
static const struct {
	const char *label;
	const char *user, *group;
	uid_t uid;
	gid_t gid;
	int want;
} members[] = {
	{ "his first group", "alice", "alice", 1000, 1000, 1 },
	{ "the list of members", "bob", "wheel", 1001, 10, 1 },
	{ "a member's beginning is another", "alice", "wheel", 1000, 10, 0 },
	{ "a group without members", "bob", "empty", 1001, 11, 0 },
	{ "a group with a large record", "alice", "large", 1000, 12, 1 },
	{ "what only the directory knows", "bob", "directory", 1001, 13, 1 },
	{ "not of others", "alice", "directory", 1000, 13, 0 },
	{ "one of very many", "carol", "far", 1002, 14, 1 },
	{ "beyond 65536 groups nobody looks", "dave", "far", 1003, 14, 0 },
	{ "but at what is known without", "dave", "users", 1003, 100, 1 },
	{ "no such user", "nobody", "users", NOBODY, 100, 0 },
	{ "no such group", "alice", "none", 1000, 4711, 0 },
	{ "neither", "nobody", "none", NOBODY, 4711, 0 },
};

static void
check_members(pam_handle_t *pamh)
{
	for (size_t i = 0; i < COUNT(members); i++) {
		const char *label = members[i].label;
		const int want = members[i].want;

		CHECK_INT(label, want, pam_modutil_user_in_group_nam_nam(pamh,
		    members[i].user, members[i].group));
		CHECK_INT(label, want, pam_modutil_user_in_group_nam_gid(pamh,
		    members[i].user, members[i].gid));
		CHECK_INT(label, want, pam_modutil_user_in_group_uid_nam(pamh,
		    members[i].uid, members[i].group));
		CHECK_INT(label, want, pam_modutil_user_in_group_uid_gid(pamh,
		    members[i].uid, members[i].gid));
	}
}

static void
look_up_all(pam_handle_t *pamh)
{
	check_records(pamh);
	check_teams(pamh);
	check_members(pamh);
}

static void
look_up_in_cleanup(pam_handle_t *pamh, void *data, int status)
{
	(void)data;
	(void)status;
	look_up_all(pamh);
}

/* A record stays as it is until the end, whoever else is asked for. */
static int
look_up_in_module(pam_handle_t *pamh, const struct rig_call *call)
{
	const struct passwd *first = pam_modutil_getpwnam(pamh, "alice");

	(void)call;
	look_up_all(pamh);
	CHECK_STR("still there", "alice", first->pw_name);
	CHECK("each has a record of his own",
	    first != pam_modutil_getpwnam(pamh, "alice"));
	return pam_set_data(pamh, "x", NULL, look_up_in_cleanup);
}

static void
check_login(pam_handle_t *pamh)
{
	CHECK_STR("who logged in", "at the door", pam_modutil_getlogin(pamh));
	CHECK_STR("is remembered: G-4", "at the door",
	    pam_modutil_getlogin(pamh));
	CHECK("no handle", !pam_modutil_getlogin(NULL));
}

int
main(int argc, char **argv)
{
	const clock_t begin = clock();
	pam_handle_t *pamh;

	rig_main(argc, argv);
	pamh = rig_start("auth required %M\n", "alice");
	check_records(NULL);
	/* W-28: programs, modules and cleanups alike, and at once. */
	look_up_all(pamh);
	rig.module = look_up_in_module;
	CHECK_INT("in a module", PAM_SUCCESS, pam_authenticate(pamh, 0));
	check_login(pamh);
	rig_end(pamh);
	CHECK("in a short time", clock() - begin < 5 * CLOCKS_PER_SEC);
	return TEST_RESULT();
}
