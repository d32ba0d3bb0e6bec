/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/audit.h"

#include <errno.h>

int
host_audit_open(void)
{
	return -ENOSYS;
}

int
host_audit_write_number(int fd, int number,
    const struct host_audit_record *r)
{
	(void)fd;
	(void)number;
	(void)r;
	return -ENOSYS;
}

int
host_audit_write(int fd, enum host_audit_type type,
    const struct host_audit_record *r)
{
	return host_audit_write_number(fd, (int)type, r);
}
