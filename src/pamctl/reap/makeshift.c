/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/reap/makeshift.h"

#include <fcntl.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"

#define REFUSAL "session required pam_deny.so\nauth required pam_deny.so\n"

/* In a directory that nobody else may write to. */
static int
write_policy(int dir)
{
	_drop_(closep) int fd = openat(dir, "other",
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	return fd < 0 ? -1 : write_all(fd, REFUSAL, strlen(REFUSAL));
}

int
makeshift_start(const char *service, const char *user,
    const struct pam_conv *conv, pam_handle_t **pamh)
{
	char path[] = "/run/usher/makeshift.XXXXXX";
	_drop_(closep) int dir = -1;
	int rc = PAM_ABORT;

	if (!mkdtemp(path))
		return PAM_ABORT;
	dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir >= 0 && write_policy(dir) == 0)
		rc = pam_start_confdir(service, user, conv, path, pamh);
	if (dir >= 0)
		unlinkat(dir, "other", 0);
	rmdir(path);
	return rc;
}
