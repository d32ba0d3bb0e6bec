/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/grow.h"
#include "base/text.h"

#define SECURITY "/etc/security"
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

static char *
viewed(const struct options *o, const char *path)
{
	const char *name = text_after(path, SECURITY);

	return o->view && name ? text_format("%s%s", o->view->security, name) :
	    strdup(path);
}

int
files_open_view(const struct options *o, const char *path, int flags)
{
	_drop_(freep) char *real = viewed(o, path);

	return real ? files_open(o->root, real, flags) : -ENOMEM;
}

static int
add_name(struct names *to, const char *folder, size_t len, const char *name)
{
	char *path = text_format("%.*s%s", (int)len, folder, name);

	if (!path || GROW(to->name, to->count, to->cap) < 0) {
		free(path);
		return -ENOMEM;
	}
	to->name[to->count++] = path;
	return 0;
}

static void
entries_free(struct dirent **entry, int count)
{
	for (int i = 0; i < count; i++)
		free(entry[i]);
	free(entry);
}

int
files_match(const struct options *o, const char *pattern, struct names *out)
{
	const char *last = text_base(pattern);
	const size_t len = (size_t)(last - pattern);
	_drop_(freep) char *folder = strndup(pattern, len);
	_drop_(closep) int fd = -1;
	struct dirent **entry = NULL;
	int count, rc = 0;

	if (!strchr(last, '*'))
		return add_name(out, pattern, len, last);
	if (!folder)
		return -ENOMEM;
	fd = files_open_view(o, folder, O_RDONLY | O_DIRECTORY);
	count = fd < 0 ? 0 : scandirat(fd, ".", &entry, NULL, alphasort);
	for (int i = 0; i < count && rc == 0; i++) {
		if (fnmatch(last, entry[i]->d_name, FNM_PERIOD) == 0)
			rc = add_name(out, pattern, len, entry[i]->d_name);
	}
	entries_free(entry, count);
	return rc;
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
