/* SPDX-License-Identifier: BSD-2-Clause */
/* Whoever calls a setuid program chooses its limits. */
#include <grp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "habits.h"

#define PAGE 4096

static void
set_soft(int which, rlim_t soft)
{
	struct rlimit r;

	getrlimit((__rlimit_resource_t)which, &r);
	r.rlim_cur = soft;
	setrlimit((__rlimit_resource_t)which, &r);
}

/* Still dying of SIGXFSZ, if anything writes to a file. */
static int
may_write_nothing(void)
{
	const char *label = "files may have no byte";

	set_soft(RLIMIT_FSIZE, 0);
	CHECK_LOGIN(label, "svc");
	CHECK_LOGIN(label, "data");
	set_soft(RLIMIT_FSIZE, RLIM_INFINITY);
	return TEST_RESULT();
}

static rlim_t
size_of_process(void)
{
	_drop_(fclosep) FILE *f = fopen("/proc/self/statm", "re");
	unsigned long pages = 0;

	return f && fscanf(f, "%lu", &pages) == 1 ? pages * PAGE : 0;
}

/* A login may fail; but not by a signal, and not for ever. */
static int
has_little_memory(void)
{
	const char *label = "memory comes to an end anywhere";
	unsigned well = 0;
	struct login l;

	if (LAB_SANITIZED)
		return HABIT_SKIPPED;
	CHECK(label, lab_put("own", LAB_ALL("%1$s/m.so", ""), lab()));
	for (unsigned n = 0; n < 100; n++) {
		CHECK(label, lab_put_module("m.so", n + 1));
		set_soft(RLIMIT_AS, size_of_process() + n * 2 * PAGE);
		well += lab_login(lab(), "own", &l);
		set_soft(RLIMIT_AS, RLIM_INFINITY);
		CHECK(label, lab_login(lab(), "own", &l) &&
		    l.module == n + 1);
	}
	CHECK(label, well > 0 && well < 100);
	return TEST_RESULT();
}

static int
may_not_fork(void)
{
	const char *label = "no process is to be had";

	if (geteuid() == 0 && (setgroups(0, NULL) < 0 ||
	    setresgid(65534, 65534, 65534) < 0 ||
	    setresuid(65534, 65534, 65534) < 0))
		return HABIT_SKIPPED;
	set_soft(RLIMIT_NPROC, 0);
	CHECK_LOGIN(label, "svc");
	CHECK_LOGIN(label, "data");
	return TEST_RESULT();
}

static int
may_lock_nothing(void)
{
	const char *label = "no memory may be locked";

	set_soft(RLIMIT_MEMLOCK, 0);
	CHECK_LOGIN(label, "svc");
	return TEST_RESULT();
}

const struct habit habits_limits[] = {
	{ "may write nothing to files", may_write_nothing },
	{ "has little memory", has_little_memory },
	{ "may not fork", may_not_fork },
	{ "may lock no memory", may_lock_nothing },
	{ NULL, NULL },
};
