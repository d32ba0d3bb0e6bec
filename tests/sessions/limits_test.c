/* SPDX-License-Identifier: BSD-2-Clause */
/* A user who starts set-user-ID programs with limits of his choice cannot be in
 * a session that is not on record. */
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include "base/drop.h"
#include "check.h"
#include "place.h"
#include "play.h"
#include "rig.h"

#define POLICY "auth required %M c\nsession required %M a\n"
#define REFUSED PAM_SESSION_ERR

/* The kernel's word for a set-user-ID program. */
__attribute__((visibility("default"))) unsigned long
getauxval(unsigned long type)
{
	unsigned long (*real)(unsigned long);

	if (type == AT_SECURE)
		return 1;
	*(void **)&real = dlsym(RTLD_NEXT, "getauxval");
	return real(type);
}

static void
limit(__rlimit_resource_t what, rlim_t soft, rlim_t hard)
{
	const struct rlimit to = { soft, hard };

	rig_must(setrlimit(what, &to) == 0, "limit");
}

static void
no_files(void)
{
	limit(RLIMIT_FSIZE, 0, RLIM_INFINITY);
}

static void
never_files(void)
{
	limit(RLIMIT_FSIZE, 0, 0);
}

/* Room for one descriptor more, with which the kernel's audit is asked. */
static rlim_t
in_use(void)
{
	const int fd = open("/", O_PATH | O_CLOEXEC);

	close(fd);
	return (rlim_t)fd + 1;
}

static void
no_descriptors(void)
{
	limit(RLIMIT_NOFILE, in_use(), 4096);
}

static void
never_descriptors(void)
{
	limit(RLIMIT_NOFILE, in_use(), in_use());
}

static void
nothing(void)
{
	no_files();
	no_descriptors();
}

static const struct {
	const char *label;
	void (*set)(void);
	bool hard;		/* not every root may lift it */
} limits[] = {
	{ "no file may grow", no_files, false },
	{ "no descriptor is left", no_descriptors, false },
	{ "neither", nothing, false },
	{ "no file may ever grow", never_files, true },
	{ "no descriptor will ever be left", never_descriptors, true },
};

static bool
same_limits(const struct rlimit *a, const struct rlimit *b)
{
	return a->rlim_cur == b->rlim_cur && a->rlim_max == b->rlim_max;
}

/* What is left shows outside, where descriptors can be had. */
struct visit {
	void (*set)(void);
	const char *script;
	int want;		/* of each call */
};

static int
visit(void *data)
{
	const struct visit *v = data;
	struct rlimit before[2], after[2];
	const int bad = check_bad;
	pam_handle_t *pamh = rig_start(POLICY, "alice");

	place_setuid(ALICE);
	v->set();
	getrlimit(RLIMIT_FSIZE, &before[0]);
	getrlimit(RLIMIT_NOFILE, &before[1]);
	for (const char *at = v->script; *at; at++)
		CHECK_INT(v->script, v->want, play_letter(pamh, *at));
	getrlimit(RLIMIT_FSIZE, &after[0]);
	getrlimit(RLIMIT_NOFILE, &after[1]);
	CHECK("limits are as they were", same_limits(&before[0], &after[0]) &&
	    same_limits(&before[1], &after[1]));
	if (v->want != PAM_SUCCESS)
		CHECK_STR("nobody was asked", "", rig.called);
	return check_bad - bad;
}

static void
check_visit(const char *label, void (*set)(void), const char *script,
    const char *state, const char *told)
{
	struct visit v = { set, script, PAM_SUCCESS };

	place_clear();
	CHECK_INT(label, 0, place_child(visit, &v));
	CHECK_STR(label, state, place_state());
	CHECK(told, place_told(told));
}

static void
check_lifted(size_t i)
{
	const char *label = limits[i].label;

	check_visit(label, limits[i].set, "o", "open", "\"event\":\"open\"");
	check_visit(label, limits[i].set, "os", "none",
	    "\"event\":\"close\"");
	check_visit(label, limits[i].set, "oe", "detached",
	    "\"event\":\"open\"");
	check_visit(label, limits[i].set, "CosD", "none",
	    "\"event\":\"close\"");
}

static void
check_refused(const char *label, void (*set)(void))
{
	struct visit v = { set, "o", REFUSED };

	place_clear();
	CHECK_INT(label, 0, place_child(visit, &v));
	CHECK_STR(label, "none", place_state());
}

/* In a container not even root may lift a hard limit. */
static bool
may_lift(void)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct data[2];

	rig_must(syscall(SYS_capget, &head, data) == 0, "capabilities");
	return data[0].effective & 1U << CAP_SYS_RESOURCE;
}

static void
check_limits(void)
{
	for (size_t i = 0; i < COUNT(limits); i++) {
		if (limits[i].hard && !may_lift())
			check_refused(limits[i].label, limits[i].set);
		else
			check_lifted(i);
	}
}

static void
all_taken(void)
{
	const int spare = open("/", O_PATH | O_CLOEXEC);

	limit(RLIMIT_NOFILE, 1024, 1024);
	while (dup(0) >= 0)
		;
	close(spare);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	place_begin();
	check_limits();
	check_refused("descriptors that nobody may close", all_taken);
	return TEST_RESULT();
}
