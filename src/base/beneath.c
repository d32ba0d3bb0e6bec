/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/drop.h"

/* O_NONBLOCK: a fifo put in our way must not stop a login. */
#define READ_FLAGS (O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW)

static int
by_kernel(int dir, const char *path)
{
	const struct open_how how = {
		.flags = READ_FLAGS,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
		    RESOLVE_NO_MAGICLINKS,
	};
	const long fd = syscall(SYS_openat2, dir, path, &how, sizeof how);

	return fd < 0 ? -errno : (int)fd;
}

/* With O_PATH alone, O_NOFOLLOW opens a link instead of refusing it; together
 * with O_DIRECTORY it refuses, by ENOTDIR. */
static int
step(int dir, const char *name, int flags)
{
	const int fd = openat(dir, name, flags);
	const int error = errno;
	struct stat st;

	if (fd >= 0)
		return fd;
	if (error == ENOTDIR &&
	    fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISLNK(st.st_mode))
		return -ELOOP;
	return -error;
}

static int
next_folder(int *dir, const char *name)
{
	const int fd = step(*dir, name,
	    O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return fd;
	close(*dir);
	*dir = fd;
	return 0;
}

/* For kernels and sandboxes without openat2: component by component, each
 * below a descriptor, so that nobody can change the way behind us. */
static int
by_steps(int dir, const char *path)
{
	_drop_(freep) char *copy = strdup(path);
	_drop_(closep) int at = fcntl(dir, F_DUPFD_CLOEXEC, 3);
	char *rest = copy, *name;
	int rc = 0;

	if (!copy)
		return -ENOMEM;
	if (at < 0)
		return -errno;
	if (*path == '/')
		return -EXDEV;
	while ((name = strsep(&rest, "/")) && rc == 0) {
		if (strcmp(name, "..") == 0)
			return -EXDEV;
		if (!rest)
			return step(at, name, READ_FLAGS);
		if (*name)
			rc = next_folder(&at, name);
	}
	return rc;
}

int
open_beneath(int dir, const char *path, struct stat *st)
{
	_drop_(closep) int fd = by_kernel(dir, path);
	struct stat local;
	int out;

	if (!st)
		st = &local;
	if (fd == -ENOSYS || fd == -EPERM)
		fd = by_steps(dir, path);
	if (fd < 0)
		return fd;
	if (fstat(fd, st) < 0)
		return -errno;
	if (S_ISDIR(st->st_mode))
		return -EISDIR;
	if (!S_ISREG(st->st_mode))
		return -EINVAL;
	out = fd;
	fd = -1;
	return out;
}
