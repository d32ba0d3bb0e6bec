/* SPDX-License-Identifier: BSD-2-Clause */
/* Dropping and regaining privileges: every step of the way there and back can
 * fail, and none may leave the wrong rights. G-6, G-7, H-5, CVE-2010-3316,
 * CVE-2010-3430, CVE-2010-3431. */
#include <fcntl.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"
#include "rights.h"
#include <security/pam_modutil.h>

static const struct passwd alice = { .pw_name = (char *)(size_t)"alice",
	.pw_uid = 1000, .pw_gid = 1001 };
static const struct passwd root = { .pw_name = (char *)(size_t)"root" };
static const gid_t hers[] = { 1001, 5000 };

/* H-5: 64 groups fit without memory; more do as well. */
static const int sizes[] = { 0, 1, 63, 64, 65, 300 };

static void
check_sizes(pam_handle_t *pamh)
{
	for (size_t i = 0; i < COUNT(sizes); i++) {
		PAM_MODUTIL_DEF_PRIVS(privs);
		gid_t before[RIGHTS_MAX];
		char label[32];

		snprintf(label, sizeof label, "%d groups", sizes[i]);
		rights_begin(sizes[i], 0);
		memcpy(before, rights.groups, sizeof before);
		/* The same structure can be used again and again. */
		for (int k = 0; k < 3; k++) {
			CHECK_INT(label, 0,
			    pam_modutil_drop_priv(pamh, &privs, &alice));
			CHECK(label, rights_are(1000, 1001, hers, 2));
			CHECK_INT(label, 0,
			    pam_modutil_regain_priv(pamh, &privs));
			CHECK(label, rights_are(0, 0, before, sizes[i]));
		}
	}
}

/* What fails, from which call of its kind to which; then the rights after
 * drop_priv (user's or as before) and what the two calls say. */
static const struct {
	const char *label, *fail;
	int from, to;
	int drop;
	bool hers;
	int regain;
} steps[] = {
	{ "nothing", "", 0, 0, 0, true, 0 },
	{ "counting the groups", "getgroups", 1, 9, -1, false, -1 },
	{ "reading them", "getgroups", 2, 9, -1, false, -1 },
	{ "the group id of files", "setfsgid", 1, 9, -1, false, -1 },
	{ "the user id of files", "setfsuid", 1, 1, -1, false, -1 },
	{ "the user's groups and none", "setgroups", 1, 2, -1, false, -1 },
};

static void
check_steps(pam_handle_t *pamh)
{
	for (size_t i = 0; i < COUNT(steps); i++) {
		PAM_MODUTIL_DEF_PRIVS(privs);
		gid_t before[RIGHTS_MAX];

		rights_begin(3, 0);
		memcpy(before, rights.groups, sizeof before);
		rights.fail = steps[i].fail;
		rights.from = steps[i].from;
		rights.to = steps[i].to;
		CHECK_INT(steps[i].label, steps[i].drop,
		    pam_modutil_drop_priv(pamh, &privs, &alice));
		CHECK(steps[i].label, steps[i].hers ?
		    rights_are(1000, 1001, hers, 2) :
		    rights_are(0, 0, before, 3));
		rights.fail = "";
		CHECK_INT(steps[i].label, steps[i].regain,
		    pam_modutil_regain_priv(pamh, &privs));
		CHECK("all is as before", rights_are(0, 0, before, 3));
	}
}

/* A user whose groups cannot be found has none; never those of the caller. */
static void
check_no_groups(pam_handle_t *pamh)
{
	PAM_MODUTIL_DEF_PRIVS(privs);

	rights_begin(3, 0);
	rights.fail = "initgroups";
	rights.from = 1;
	CHECK_INT("dropped", 0,
	    pam_modutil_drop_priv(pamh, &privs, &alice));
	CHECK("to no group at all", rights_are(1000, 1001, NULL, 0));
	CHECK_INT("regained", 0, pam_modutil_regain_priv(pamh, &privs));
}

/* The way back: each of its steps, and that the others are taken all the same
 * or not at all, but never told as done. */
static const char *const backs[] = { "setfsuid", "setfsgid", "setgroups" };

static void
check_backs(pam_handle_t *pamh)
{
	for (size_t i = 0; i < COUNT(backs); i++) {
		PAM_MODUTIL_DEF_PRIVS(privs);

		rights_begin(3, 0);
		pam_modutil_drop_priv(pamh, &privs, &alice);
		rights.fail = backs[i];
		rights.from = 1;
		rights.calls = 0;
		rig_log_clear();
		CHECK_INT(backs[i], -1,
		    pam_modutil_regain_priv(pamh, &privs));
		CHECK(backs[i], rig_logged("2 PAM privileges not restored"));
	}
}

static void
check_order(pam_handle_t *pamh)
{
	PAM_MODUTIL_DEF_PRIVS(privs);

	rights_begin(3, 0);
	CHECK_INT("nothing was dropped: G-7", -1,
	    pam_modutil_regain_priv(pamh, &privs));
	CHECK_INT("dropped", 0, pam_modutil_drop_priv(pamh, &privs, &alice));
	CHECK_INT("twice: G-6", -1,
	    pam_modutil_drop_priv(pamh, &privs, &alice));
	CHECK("and still hers", rights_are(1000, 1001, hers, 2));
	CHECK_INT("regained", 0, pam_modutil_regain_priv(pamh, &privs));
	CHECK_INT("twice", -1, pam_modutil_regain_priv(pamh, &privs));
}

/* Nothing to do, and nothing done: who is not root, whose user is. */
static void
check_no_need(pam_handle_t *pamh)
{
	for (int i = 0; i < 2; i++) {
		PAM_MODUTIL_DEF_PRIVS(privs);
		gid_t before[RIGHTS_MAX];

		rights_begin(3, i ? 1500 : 0);
		memcpy(before, rights.groups, sizeof before);
		CHECK_INT("nothing to drop", 0, pam_modutil_drop_priv(pamh,
		    &privs, i ? &alice : &root));
		CHECK("nothing dropped", rights_are(rights.euid, rights.euid,
		    before, 3));
		CHECK_INT("and nothing twice", -1, pam_modutil_drop_priv(pamh,
		    &privs, i ? &alice : &root));
		CHECK_INT("nothing to regain", 0,
		    pam_modutil_regain_priv(pamh, &privs));
		CHECK("nothing changed", rights_are(rights.euid, rights.euid,
		    before, 3));
	}
}

/* With the true kernel, in a child: files are judged by the user's rights, all
 * else is the caller's. */
static int
real_child(pam_handle_t *pamh)
{
	PAM_MODUTIL_DEF_PRIVS(privs);
	gid_t groups[100], after[100];
	int fd;

	for (int i = 0; i < 100; i++)
		groups[i] = (gid_t)(7000 + i);
	if (setgroups(100, groups) < 0)
		return 77;
	CHECK_INT("dropped", 0, pam_modutil_drop_priv(pamh, &privs, &alice));
	fd = open("/etc/shadow", O_RDONLY | O_CLOEXEC);
	CHECK("the system's secrets are not hers", fd < 0);
	CHECK_INT("the process is still root", 0, geteuid());
	CHECK_INT("regained", 0, pam_modutil_regain_priv(pamh, &privs));
	CHECK_INT("with all groups", 100, getgroups(100, after));
	CHECK("the same", memcmp(groups, after, sizeof groups) == 0);
	fd = open("/etc/shadow", O_RDONLY | O_CLOEXEC);
	CHECK("and all files", fd >= 0);
	return TEST_RESULT();
}

static void
check_real(pam_handle_t *pamh)
{
	int status = 0;
	pid_t child;

	rights.real = true;
	if (geteuid() != 0 || access("/etc/shadow", R_OK) < 0)
		return;
	fflush(stdout);
	child = fork();
	if (child == 0) {
		status = real_child(pamh);
		fflush(stdout);
		_exit(status);
	}
	CHECK("waited", waitpid(child, &status, 0) == child);
	CHECK("the true kernel agrees", WIFEXITED(status) &&
	    (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 77));
}

int
main(int argc, char **argv)
{
	pam_handle_t *pamh;

	rights.real = true;
	rig_main(argc, argv);
	pamh = rig_start("auth required %M\n", "alice");
	check_sizes(pamh);
	check_steps(pamh);
	check_no_groups(pamh);
	check_backs(pamh);
	check_order(pamh);
	check_no_need(pamh);
	check_real(pamh);
	rights.real = true;
	rig_end(pamh);
	return TEST_RESULT();
}
