/* SPDX-License-Identifier: BSD-2-Clause */
/* A file that would still be there after a reboot. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <security/pam_session.h>

#include "base/drop.h"
#include "mark.h"

static int
set(const char *id)
{
	char path[MARK_PATH];
	_drop_(closep) int fd = open(mark_path(id, path),
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	return fd < 0 ? -errno : 0;
}

static int
unset(const char *id)
{
	char path[MARK_PATH];

	return unlink(mark_path(id, path)) < 0 && errno != ENOENT ? -errno : 0;
}

const struct mark mark = { "lasting", PAM_SESSION_PERSIST, set, unset };
