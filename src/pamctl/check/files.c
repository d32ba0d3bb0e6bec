/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/drop.h"

#define FLAGS (O_CLOEXEC | O_NONBLOCK | O_NOCTTY)

int
files_open(const char *root, const char *path, int flags)
{
	struct open_how how = { .resolve = root ? RESOLVE_IN_ROOT : 0 };
	_drop_(closep) int dir = -1;
	long fd;

	how.flags = (unsigned)(flags & O_PATH ? flags | O_CLOEXEC :
	    flags | FLAGS);
	if (!root) {
		fd = open(path, (int)how.flags);
		return fd < 0 ? -errno : (int)fd;
	}
	dir = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return -errno;
	fd = syscall(SYS_openat2, dir, path, &how, sizeof how);
	return fd < 0 ? -errno : (int)fd;
}

char *
files_host_path(int fd)
{
	char name[40], path[PATH_MAX];
	ssize_t len;

	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	len = readlink(name, path, sizeof path);
	if (len <= 0 || (size_t)len == sizeof path || *path != '/')
		return NULL;
	return strndup(path, (size_t)len);
}

bool
files_directory(const char *root, const char *path)
{
	_drop_(closep) int fd = files_open(root, path, O_PATH | O_DIRECTORY);

	return fd >= 0;
}
