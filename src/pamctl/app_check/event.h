/* SPDX-License-Identifier: BSD-2-Clause */
/* What a program did with PAM: every call, by transactions. */
#ifndef PAMCTL_APP_CHECK_EVENT_H
#define PAMCTL_APP_CHECK_EVENT_H

#include <stddef.h>
#include <sys/types.h>

#define TRANSACTION_ID 32
#define SERVICE_SIZE 64

enum call {
	CALL_START,
	CALL_AUTHENTICATE,
	CALL_ACCOUNT,
	CALL_SETCRED,
	CALL_OPEN,
	CALL_CLOSE,
	CALL_CHAUTHTOK,
	CALL_SET_ITEM,
	CALL_PUTENV,
	CALL_GETENVLIST,
	CALL_END,
	CALL_COUNT,
};

struct event {
	enum call call;
	pid_t pid, tid;
	uid_t euid;
	double time;
	int flags;		/* or the item, or the status at the end */
	int result;
};

/* A handle, and its copies in forked processes. */
struct transaction {
	char id[TRANSACTION_ID], service[SERVICE_SIZE];
	struct event *event;
	size_t count, cap;
};

struct transcript {
	struct transaction *transaction;
	size_t count, cap;
};

/* "pam_open_session" for CALL_OPEN. */
const char *call_name(enum call call);

/* Add a line of the recorder's. 0; -EINVAL when it is none; -ENOMEM. */
int transcript_add(struct transcript *t, const char *line);

void transcript_free(struct transcript *t);

#endif
