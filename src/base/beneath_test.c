/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"

static const struct {
	const char *label, *path;
	int want;
} cases[] = {
	{ "a file", "file", 0 },
	{ "a file in a folder", "in/file", 0 },
	{ "slashes", "in///file", 0 },
	{ "here", "./in/./file", 0 },
	{ "no file", "none", -ENOENT },
	{ "no folder", "none/file", -ENOENT },
	{ "a file is no folder", "file/file", -ENOTDIR },
	{ "a folder is no file", "in", -EISDIR },
	{ "a fifo is no file and stops nobody", "fifo", -EINVAL },
	{ "a link, even to what is allowed", "link", -ELOOP },
	{ "a link on the way", "linked/file", -ELOOP },
	{ "a way out", "../file", -EXDEV },
	{ "a way out and back in", "in/../../top/file", -EXDEV },
	{ "another way out", "/etc/passwd", -EXDEV },
	{ "nothing", "", -ENOENT },
};

static void
furnish(int top)
{
	const int in = mkdirat(top, "in", 0700);

	CHECK("folder to test in", in == 0);
	close(openat(top, "file", O_CREAT | O_WRONLY, 0600));
	close(openat(top, "in/file", O_CREAT | O_WRONLY, 0600));
	CHECK("fifo", mkfifoat(top, "fifo", 0600) == 0);
	CHECK("link", symlinkat("file", top, "link") == 0);
	CHECK("link to a folder", symlinkat("in", top, "linked") == 0);
}

static void
clear(int top)
{
	static const char *const names[] = { "in/file", "file", "fifo", "link",
		"linked" };

	for (size_t i = 0; i < COUNT(names); i++)
		unlinkat(top, names[i], 0);
	unlinkat(top, "in", AT_REMOVEDIR);
}

static void
check_all(int top)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		_drop_(closep) int fd = open_beneath(top, cases[i].path, NULL);

		CHECK_INT(cases[i].label, cases[i].want, fd > 0 ? 0 : fd);
	}
}

/* A kernel that does not know openat2. */
static bool
forget_openat2(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog filter = { COUNT(code), code };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

int
main(void)
{
	char path[] = "/tmp/beneath.XXXXXX";
	_drop_(closep) int top = -1;

	if (!mkdtemp(path))
		return 1;
	top = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	furnish(top);
	check_all(top);
	if (forget_openat2())
		check_all(top);
	clear(top);
	rmdir(path);
	return TEST_RESULT();
}
