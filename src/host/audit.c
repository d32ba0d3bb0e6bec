/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/audit.h"

#include <errno.h>
#include <fcntl.h>
#include <libaudit.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

static const int numbers[] = {
	[HOST_AUDIT_AUTH] = AUDIT_USER_AUTH,
	[HOST_AUDIT_ACCT] = AUDIT_USER_ACCT,
	[HOST_AUDIT_CRED_ACQUIRE] = AUDIT_CRED_ACQ,
	[HOST_AUDIT_CRED_REFRESH] = AUDIT_CRED_REFR,
	[HOST_AUDIT_CRED_DISPOSE] = AUDIT_CRED_DISP,
	[HOST_AUDIT_START] = AUDIT_USER_START,
	[HOST_AUDIT_END] = AUDIT_USER_END,
	[HOST_AUDIT_CHAUTHTOK] = AUDIT_USER_CHAUTHTOK,
	[HOST_AUDIT_ERR] = AUDIT_USER_ERR,
};

/* A program without standard descriptors must not find ours in their place:
 * what modules and their helpers print would go to the kernel. */
static int
above_standard(int fd)
{
	int high;

	if (fd > STDERR_FILENO)
		return fd;
	high = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	if (high < 0)
		high = -errno;
	close(fd);
	return high;
}

int
host_audit_open(void)
{
	const int fd = audit_open();

	if (fd >= 0)
		return above_standard(fd);
	/* AU-3: a kernel without audit. */
	if (errno == EINVAL || errno == EPROTONOSUPPORT ||
	    errno == EAFNOSUPPORT)
		return -ENOSYS;
	return -(errno ? errno : EIO);
}

/* libaudit leaves some reasons in errno with their sign turned. */
static int
reason(void)
{
	return errno ? abs(errno) : EIO;
}

int
host_audit_write_number(int fd, int number,
    const struct host_audit_record *r)
{
	const int rc = audit_log_acct_message(fd, number, NULL, r->text,
	    r->account, (unsigned)-1, r->host, NULL, r->tty, r->success);
	const int err = reason();

	/* Not allowed, or (in a user namespace) told that there is none. */
	if (rc > 0 || err == EPERM || err == ECONNREFUSED)
		return 0;
	return -err;
}

int
host_audit_write(int fd, enum host_audit_type type,
    const struct host_audit_record *r)
{
	return host_audit_write_number(fd, numbers[type], r);
}
