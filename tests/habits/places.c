/* SPDX-License-Identifier: BSD-2-Clause */
/* The same words may mean another place: another working directory, another
 * mount, another link. */
#include <sched.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "habits.h"

static bool
put_places(void)
{
	return lab_folder("a/in") && lab_folder("b/in") &&
	    lab_put("a/in/here", LAB_ALL(LAB_MODULE, "policy=1")) &&
	    lab_put("b/in/here", LAB_ALL(LAB_MODULE, "policy=2"));
}

static unsigned
policy_of(const char *confdir)
{
	struct login l;

	return lab_login(confdir, "here", &l) ? l.policy : 0;
}

static bool
go(const char *name)
{
	return chdir(lab_path(name).text) == 0;
}

static int
wanders(void)
{
	const char *label = "a relative confdir";

	CHECK(label, put_places());
	lab_age();
	for (int i = 0; i < 3; i++) {
		CHECK(label, go("a") && policy_of("in") == 1);
		CHECK(label, go("b") && policy_of("in") == 2);
		CHECK(label, go("b/in") && policy_of(".") == 2);
		CHECK(label, go("a/in") && policy_of("../in") == 1);
		CHECK(label, policy_of("../../b/in") == 2);
	}
	return TEST_RESULT();
}

/* What was "in/here" when the policy was read is something else by now. */
static int
comes_back(void)
{
	const char *label = "first relative, then absolute";

	CHECK(label, put_places() && lab_folder("c/in") && lab_folder("d/in") &&
	    lab_link("c/in/here", "../../a/in/here") &&
	    lab_link("d/in/here", "../../a/in/here"));
	lab_age();
	CHECK(label, go("c"));
	CHECK_INT(label, 1, policy_of("in"));
	CHECK(label, lab_link("c/in/here", "../../b/in/here") && go("d"));
	CHECK_INT(label, 2, policy_of(lab_path("c/in").text));
	CHECK_INT(label, 1, policy_of("in"));
	return TEST_RESULT();
}

static int
mounts(void)
{
	const char *label = "something else is mounted there";
	const struct lab_path a = lab_path("a"), b = lab_path("b");
	const struct lab_path in = lab_path("a/in");

	CHECK(label, put_places());
	lab_age();
	CHECK_INT(label, 1, policy_of(in.text));
	if (unshare(CLONE_NEWNS) < 0 ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		return HABIT_SKIPPED;
	CHECK_INT(label, 1, policy_of(in.text));
	CHECK(label, mount(b.text, a.text, NULL, MS_BIND, NULL) == 0);
	CHECK_INT(label, 2, policy_of(in.text));
	CHECK(label, umount(a.text) == 0);
	CHECK_INT(label, 1, policy_of(in.text));
	return TEST_RESULT();
}

const struct habit habits_places[] = {
	{ "changes its directory", wanders },
	{ "is relative first, absolute later", comes_back },
	{ "mounts something else over its policies", mounts },
	{ NULL, NULL },
};
