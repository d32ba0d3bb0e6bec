/* SPDX-License-Identifier: BSD-2-Clause */
/* Descriptors of a helper: G-8, CVE-2019-12210. Each row is a child. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"
#include <security/pam_modutil.h>

#define IGNORE PAM_MODUTIL_IGNORE_FD
#define PIPE PAM_MODUTIL_PIPE_FD
#define NUL PAM_MODUTIL_NULL_FD
#define ODD ((enum pam_modutil_redirect_fd)7)

/* Closed are those of the three that the caller does not have. What they are
 * then: "same" as before, "end" of file, "deaf" to what is written, "null",
 * "gone", "as 1". */
static const struct {
	const char *label;
	enum pam_modutil_redirect_fd in, out, err;
	const char *closed;
	int want;
	const char *fds;
} rows[] = {
	{ "all stay", IGNORE, IGNORE, IGNORE, "", 0, "same same same" },
	{ "all pipes", PIPE, PIPE, PIPE, "", 0, "end deaf as1" },
	{ "all null", NUL, NUL, NUL, "", 0, "end null as1" },
	{ "input alone", PIPE, IGNORE, IGNORE, "", 0, "end same same" },
	{ "output alone", IGNORE, PIPE, IGNORE, "", 0, "same deaf same" },
	{ "errors alone", IGNORE, IGNORE, PIPE, "", 0, "same same deaf" },
	{ "each otherwise", PIPE, NUL, PIPE, "", 0, "end null deaf" },
	{ "and otherwise again", NUL, PIPE, NUL, "", 0, "end deaf null" },
	{ "without input", PIPE, NUL, NUL, "0", 0, "end null as1" },
	{ "without output", PIPE, PIPE, NUL, "1", 0, "end deaf null" },
	{ "without errors", PIPE, NUL, PIPE, "2", 0, "end null deaf" },
	{ "with none of them", PIPE, PIPE, PIPE, "012", 0,
	  "end deaf as1" },
	{ "with none, in the other way", NUL, NUL, PIPE, "012", 0,
	  "end null deaf" },
	{ "only what is asked for", IGNORE, NUL, IGNORE, "012", 0,
	  "gone null gone" },
	{ "an unknown way for output", PIPE, ODD, PIPE, "", -1, NULL },
	{ "for errors", PIPE, PIPE, ODD, "", -1, NULL },
};

/* What a child found out: its checks are not the parent's. */
static struct {
	int rc;
	int high;		/* descriptors above 2 that are open */
	char fds[64];
} *told;

static const char *
kind_of(int fd, ino_t before)
{
	struct stat st, one;
	char c;

	if (fstat(fd, &st) < 0)
		return "gone";
	if (fcntl(fd, F_GETFD) & FD_CLOEXEC)
		return "lost";
	if (fd == 2 && fstat(1, &one) == 0 && st.st_ino == one.st_ino &&
	    st.st_dev == one.st_dev && st.st_ino != before)
		return "as1";
	if (st.st_ino == before)
		return "same";
	if (S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, 3))
		return write(fd, "x", 1) == 1 ? "null" : "odd";
	if (fd == 0)
		return read(fd, &c, 1) == 0 ? "end" : "odd";
	return write(fd, "x", 1) < 0 ? "deaf" : "odd";
}

static ino_t
number_of(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 ? st.st_ino : 0;
}

static void
open_some(void)
{
	const struct rlimit more = { 4096, 4096 };
	const int places[] = { 3, 4, 10, 63, 1000, 4000 };

	setrlimit(RLIMIT_NOFILE, &more);
	for (size_t i = 0; i < COUNT(places); i++)
		dup2(0, places[i]);
	/* One that would not be closed by running the helper. */
	fcntl(63, F_SETFD, 0);
}

static void
in_child(pam_handle_t *pamh, size_t row)
{
	ino_t before[3];

	signal(SIGPIPE, SIG_IGN);
	open_some();
	for (const char *c = rows[row].closed; *c; c++)
		close(*c - '0');
	for (int fd = 0; fd < 3; fd++)
		before[fd] = number_of(fd);
	told->rc = pam_modutil_sanitize_helper_fds(pamh, rows[row].in,
	    rows[row].out, rows[row].err);
	told->fds[0] = '\0';
	for (int fd = 0; fd < 3; fd++) {
		strcat(told->fds, fd ? " " : "");
		strcat(told->fds, kind_of(fd, before[fd]));
	}
	told->high = 0;
	for (int fd = 3; fd < 4096; fd++)
		told->high += fcntl(fd, F_GETFD) >= 0;
	_exit(0);
}

static void
check_row(pam_handle_t *pamh, size_t row)
{
	int status = 1;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0)
		in_child(pamh, row);
	CHECK("waited", waitpid(child, &status, 0) == child);
	CHECK_INT("the child is well", 0, status);
	CHECK_INT(rows[row].label, rows[row].want, told->rc);
	if (rows[row].want < 0)
		return;
	CHECK_STR(rows[row].label, rows[row].fds, told->fds);
	CHECK_INT("nothing else is open", 0, told->high);
}

int
main(int argc, char **argv)
{
	pam_handle_t *pamh;

	told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (told == MAP_FAILED)
		return 1;
	rig_main(argc, argv);
	pamh = rig_start("auth required %M\n", "alice");
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(pamh, i);
	rig_end(pamh);
	return TEST_RESULT();
}
