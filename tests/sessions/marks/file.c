/* SPDX-License-Identifier: BSD-2-Clause */
/* A file, written in two steps. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "mark.h"

static int
set(const char *id)
{
	char path[MARK_PATH];
	_drop_(closep) int fd = open(mark_path(id, path),
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return -errno;
	mark_pause();
	return write_all(fd, id, strlen(id));
}

static int
unset(const char *id)
{
	char path[MARK_PATH];

	return unlink(mark_path(id, path)) < 0 && errno != ENOENT ? -errno : 0;
}

const struct mark mark = { "file", 0, set, unset };
