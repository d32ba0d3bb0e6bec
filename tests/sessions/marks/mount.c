/* SPDX-License-Identifier: BSD-2-Clause */
/* A file system on a directory of the session's own. */
#include <errno.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mark.h"

static int
set(const char *id)
{
	char path[MARK_PATH];

	if (mkdir(mark_path(id, path), 0700) < 0)
		return -errno;
	mark_pause();
	return mount("mark", path, "tmpfs", 0, "size=4k") < 0 ? -errno : 0;
}

static int
unset(const char *id)
{
	char path[MARK_PATH];

	if (umount2(mark_path(id, path), MNT_DETACH) < 0 && errno != EINVAL &&
	    errno != ENOENT)
		return -errno;
	mark_pause();
	return rmdir(path) < 0 && errno != ENOENT ? -errno : 0;
}

const struct mark mark = { "mount", 0, set, unset };
