/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_modutil_read(3), pam_modutil_write(3): G-5. */
#include <errno.h>
#include <security/pam_modutil.h>

#include "base/file.h"

int
pam_modutil_read(int fd, char *buffer, int count)
{
	ssize_t got;

	if (count < 0) {
		errno = EINVAL;
		return -1;
	}
	got = read_all(fd, buffer, (size_t)count);
	if (got < 0) {
		errno = (int)-got;
		return -1;
	}
	return (int)got;
}

int
pam_modutil_write(int fd, const char *buffer, int count)
{
	int rc;

	if (count < 0) {
		errno = EINVAL;
		return -1;
	}
	rc = write_all(fd, buffer, (size_t)count);
	if (rc < 0) {
		errno = -rc;
		return -1;
	}
	return count;
}
