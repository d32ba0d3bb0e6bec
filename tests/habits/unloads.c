/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs that know libpam by dlopen(3) only: language bindings, service
 * managers. They unload it and load it again; and they end their handles when
 * half of the process is gone already.
 * usage: unloads LIBPAM LATE */
#include <dlfcn.h>
#include <malloc.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "lab.h"

/* What glibc's loader itself loses a round grows with the length of the paths
 * of the build folder. */
#define LOADER 512
#define ROUNDS 400	/* the allocator keeps some of the first for itself */

static const char *libpam, *late;
static void *library;		/* libpam, as it is loaded now */

/* What the lab calls, found in that library. */
#define PASS(name, params, args)                                               \
	int name params                                                        \
	{                                                                      \
		union {                                                        \
			void *symbol;                                          \
			int(*fn) params;                                       \
		} to = { dlsym(library, #name) };                              \
									       \
		return to.fn ? to.fn args : -1;                                \
	}

PASS(pam_start_confdir, (const char *service, const char *user,
    const struct pam_conv *conv, const char *dir, pam_handle_t **pamh),
    (service, user, conv, dir, pamh))
PASS(pam_authenticate, (pam_handle_t *pamh, int flags), (pamh, flags))
PASS(pam_setcred, (pam_handle_t *pamh, int flags), (pamh, flags))
PASS(pam_acct_mgmt, (pam_handle_t *pamh, int flags), (pamh, flags))
PASS(pam_open_session, (pam_handle_t *pamh, int flags), (pamh, flags))
PASS(pam_close_session, (pam_handle_t *pamh, int flags), (pamh, flags))
PASS(pam_end, (pam_handle_t *pamh, int status), (pamh, status))

const char *
pam_getenv(pam_handle_t *pamh, const char *name)
{
	union {
		void *symbol;
		const char *(*fn)(pam_handle_t *pamh, const char *name);
	} to = { dlsym(library, "pam_getenv") };

	return to.fn(pamh, name);
}

/* How many mappings have this in their path; "" counts all. */
static unsigned
mappings(const char *part)
{
	_drop_(fclosep) FILE *f = fopen("/proc/self/maps", "re");
	_drop_(freep) char *line = NULL;
	size_t size = 0;
	unsigned n = 0;

	while (f && getline(&line, &size, f) > 0)
		n += strstr(line, part) != NULL;
	return n;
}

static void
check_round(const char *label, int flags)
{
	struct login l;

	library = dlopen(libpam, flags);
	CHECK(label, library != NULL);
	CHECK(label, library && lab_login(lab(), "svc", &l));
	CHECK(label, library && dlclose(library) == 0);
	library = NULL;
}

static int
load_often(const char *label, int flags, bool goes)
{
	size_t memory;
	unsigned maps;

	for (int i = 0; i < 3; i++)
		check_round(label, flags);
	memory = mallinfo2().uordblks;
	maps = mappings("");
	for (int i = 0; i < ROUNDS; i++)
		check_round(label, flags);
	CHECK_INT(label, goes, mappings("libpam.so") == 0);
	if (LAB_SANITIZED)
		return TEST_RESULT();
	CHECK_INT(label, maps, mappings(""));
	CHECK(label, mallinfo2().uordblks < memory + ROUNDS * LOADER);
	return TEST_RESULT();
}

static int
locally(void)
{
	return load_often("loaded with RTLD_LOCAL", RTLD_NOW | RTLD_LOCAL,
	    false);
}

static int
globally(void)
{
	return load_often("loaded with RTLD_GLOBAL", RTLD_LAZY | RTLD_GLOBAL,
	    false);
}

/* Modules that are unloaded let the library go, too. */
static int
goes_away(void)
{
	const char *label = "loaded, with nothing but modules that go";

	CHECK(label, lab_put("usher.conf", "unload lab_module\n"));
	return load_often(label, RTLD_NOW | RTLD_LOCAL, true);
}

/* ---- At the end of the process ---- */

static pam_handle_t *pamh;
static const char *at_end;

static void
end(void)
{
	struct login l;

	CHECK_INT(at_end, PAM_SUCCESS, pam_end(pamh, PAM_SUCCESS));
	CHECK(at_end, lab_login(lab(), "svc", &l));
	fflush(stdout);
	_exit(TEST_RESULT());
}

static void
start(void)
{
	struct login l;

	library = dlopen(libpam, RTLD_NOW | RTLD_LOCAL);
	CHECK(at_end, library && lab_login(lab(), "svc", &l));
	CHECK_INT(at_end, PAM_SUCCESS, pam_start_confdir("svc", "alice",
	    &lab_conv, lab(), &pamh));
	CHECK_INT(at_end, PAM_SUCCESS, pam_authenticate(pamh, 0));
}

/* A library whose destructor calls end(). */
static void
load_late(void)
{
	union {
		void *symbol;
		void (*fn)(void (*)(void));
	} set = { dlsym(dlopen(late, RTLD_NOW | RTLD_LOCAL), "late_set") };

	CHECK(at_end, set.symbol != NULL);
	if (set.symbol)
		set.fn(end);
}

static int
in_a_handler(void)
{
	at_end = "ended in a handler of atexit(3)";
	atexit(end);
	start();
	exit(1);
}

static int
in_a_destructor(void)
{
	at_end = "ended in the destructor of a library";
	start();
	load_late();
	exit(1);
}

static int
in_an_older_destructor(void)
{
	at_end = "ended in the destructor of a library loaded before";
	load_late();
	start();
	exit(1);
}

static int (*const rows[])(void) = { locally, globally, goes_away,
	in_a_handler, in_a_destructor, in_an_older_destructor };

int
main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	libpam = argv[1];
	late = argv[2];
	CHECK("preparation", lab_put("svc", LAB_ALL(LAB_MODULE, "")));
	lab_age();
	for (size_t i = 0; i < COUNT(rows); i++) {
		int status = -1;
		pid_t pid;

		fflush(stdout);
		pid = fork();
		if (pid == 0) {
			check_run = check_bad = 0;
			lab_exit(rows[i]());
		}
		waitpid(pid, &status, 0);
		CHECK("the process ends well", WIFEXITED(status));
		CHECK_INT("its checks passed", 0, WEXITSTATUS(status));
	}
	return TEST_RESULT();
}
