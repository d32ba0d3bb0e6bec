/* SPDX-License-Identifier: BSD-2-Clause */
/* Descriptors: whoever closes them all, has none left, or counts them. */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "habits.h"
#include "lab_module.h"

/* Those that are open, as "0 1 2". */
static const char *
open_files(void)
{
	static char text[1024];
	DIR *dir = opendir("/proc/self/fd");
	size_t used = 0;

	text[0] = '\0';
	for (struct dirent *e = dir ? readdir(dir) : NULL; e;
	    e = readdir(dir)) {
		if (*e->d_name == '.' || atoi(e->d_name) == dirfd(dir))
			continue;
		used += (size_t)snprintf(text + used, sizeof text - used,
		    "%s ", e->d_name);
	}
	if (dir)
		closedir(dir);
	return text;
}

static void
close_all(void)
{
	closefrom(0);
}

static void
close_most(void)
{
	closefrom(3);
}

/* A program that takes back the numbers finds out whether somebody still
 * thinks that they are his. */
static void
take_all_numbers(void)
{
	closefrom(3);
	for (int fd = 3; fd < 12; fd++) {
		if (open("/dev/null", O_RDONLY | O_CLOEXEC) != fd)
			abort();
	}
}

static int
with_between(const char *label, void (*between)(void))
{
	/* What is remembered, and what is read anew. */
	CHECK_LOGIN(label, "svc");
	lab_between = between;
	between();
	CHECK_LOGIN(label, "svc");
	CHECK(label, lab_put("svc", LAB_ALL(LAB_MODULE, "")));
	CHECK_LOGIN(label, "svc");
	lab_between = NULL;
	return TEST_RESULT();
}

static int
closes_all(void)
{
	return with_between("closes all descriptors", close_all);
}

static int
closes_most(void)
{
	return with_between("closes all but three", close_most);
}

static int
takes_numbers(void)
{
	const char *label = "takes back the numbers";
	struct stat st;
	dev_t null;

	CHECK(label, stat("/dev/null", &st) == 0);
	null = st.st_rdev;
	with_between(label, take_all_numbers);
	for (int fd = 3; fd < 12; fd++)
		CHECK(label, fstat(fd, &st) == 0 && st.st_rdev == null);
	return TEST_RESULT();
}

static char before[1024];

static void
count(void)
{
	CHECK_STR("no descriptor stays behind", before, open_files());
}

static int
counts(void)
{
	const char *label = "no descriptor stays behind";

	snprintf(before, sizeof before, "%s", open_files());
	with_between(label, count);
	count();
	return TEST_RESULT();
}

static int standard_files;	/* seen open by the module */

EXPORT int
lab_called(void)
{
	for (int fd = 0; fd < 3; fd++)
		standard_files += fcntl(fd, F_GETFD) >= 0;
	return PAM_SUCCESS;
}

/* What the library opens for itself must not be where a module, or a helper of
 * it, writes its complaints. */
static int
has_no_standard_files(void)
{
	const char *label = "standard files are closed";

	CHECK(label, lab_put("call", LAB_ALL(LAB_MODULE, "call")));
	close_all();
	CHECK_LOGIN(label, "call");
	CHECK_INT(label, 0, standard_files);
	return TEST_RESULT();
}

static void
set_limit(rlim_t n)
{
	struct rlimit r;

	getrlimit(RLIMIT_NOFILE, &r);
	r.rlim_cur = n;
	setrlimit(RLIMIT_NOFILE, &r);
}

/* Whatever is answered then, nothing of it lasts. */
static int
has_none_left(void)
{
	const char *label = "no descriptor is to be had";
	struct login l;

	CHECK(label, lab_put("usher.conf", "trusted-files off\n"));
	CHECK(label, lab_put_module("m.so", 1) &&
	    lab_put("own", LAB_ALL("%1$s/m.so", ""), lab()));
	lab_age();
	CHECK_LOGIN(label, "own");
	CHECK(label, lab_put_module("m.so", 2));
	for (rlim_t n = 0; n < 8; n++) {
		set_limit(n);
		lab_login(lab(), "own", &l);
		set_limit(64);
	}
	CHECK_LOGIN(label, "own");
	CHECK(label, lab_login(lab(), "own", &l));
	CHECK_INT(label, 2, l.module);
	return TEST_RESULT();
}

const struct habit habits_files[] = {
	{ "closes all descriptors between calls", closes_all },
	{ "closes all descriptors but three", closes_most },
	{ "takes back the numbers of what it closed", takes_numbers },
	{ "counts its descriptors", counts },
	{ "has no standard files", has_no_standard_files },
	{ "has no descriptor left", has_none_left },
	{ NULL, NULL },
};
