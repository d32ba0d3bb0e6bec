/* SPDX-License-Identifier: BSD-2-Clause */
/* Audit records of the kernel, where it keeps any. */
#ifndef HOST_AUDIT_H
#define HOST_AUDIT_H

#include <stdbool.h>

enum host_audit_type {
	HOST_AUDIT_AUTH,
	HOST_AUDIT_ACCT,
	HOST_AUDIT_CRED_ACQUIRE,
	HOST_AUDIT_CRED_REFRESH,
	HOST_AUDIT_CRED_DISPOSE,
	HOST_AUDIT_START,
	HOST_AUDIT_END,
	HOST_AUDIT_CHAUTHTOK,
	HOST_AUDIT_ERR,
};

struct host_audit_record {
	const char *text;
	const char *account;
	const char *host, *tty;	/* or NULL */
	bool success;
};

/* A descriptor to write records to; -ENOSYS where there is no audit and none
 * is wanted; another -errno when there should be one. */
int host_audit_open(void);

/* Write a record of our own kind. 0, also when this process may not write any
 * (AU-3), or -errno. */
int host_audit_write(int fd, enum host_audit_type type,
    const struct host_audit_record *record);

/* The same by the kernel's number of the type. */
int host_audit_write_number(int fd, int number,
    const struct host_audit_record *record);

#endif
