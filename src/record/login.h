/* SPDX-License-Identifier: BSD-2-Clause */
/* A login in the words of utmp(5). */
#ifndef RECORD_LOGIN_H
#define RECORD_LOGIN_H

#include <sys/types.h>
#include <time.h>

struct lastlog;
struct utmpx;

/* Strings of any length and content. What is too long for a field is cut,
 * control characters become "?", and a time that does not fit the last that
 * does. */
struct login {
	const char *line;	/* terminal, without "/dev/" */
	const char *user, *host;	/* or NULL */
	pid_t pid;		/* 0: not known */
	struct timespec when;
};

/* An entry of a type (USER_PROCESS); with the address, if the host is one. */
void login_utmp(const struct login *l, short type, struct utmpx *u);

void login_lastlog(const struct login *l, struct lastlog *last);

#endif
