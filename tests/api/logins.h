/* SPDX-License-Identifier: BSD-2-Clause */
/* utmp, wtmp, btmp and lastlog of the test's own, and what is in them. */
#ifndef LOGINS_H
#define LOGINS_H

#include <sys/types.h>
#include <utmpx.h>

#include <security/pam_appl.h>

#define LOGINS_FILES 4
#define LOGINS_BTMP "/var/log/btmp"

/* usher.conf; policies of which all is well, and nothing. */
#define NAMED "login-records other svc\n"
#define GOOD "auth required %M\nsession required %M\n"
#define BAD "auth required %M a auth_err\nsession required %M s session_err\n"

/* What logins_start begins, in the words of logins_in. */
#define IN "in pts/9 root 192.0.2.1"
#define OUT "out pts/9  "

extern const char *const logins_files[LOGINS_FILES];

/* Begin main, after rig_main: an own /run and /var/log. Ends the test as
 * skipped where one has to be root and is not. */
void logins_begin(void);

/* Empty files, and this usher.conf. */
void logins_clear(const char *conf);

/* rig_start from 192.0.2.1 on this terminal. */
pam_handle_t *logins_start(const char *policy, const char *user,
    const char *tty);

/* "in pts/9 root 192.0.2.1; out pts/9  ": the entries of a file. Whose pid and
 * time are not those of this process, now, has a "!" before it. Valid until
 * the next call. */
const char *logins_in(const char *path);

/* The line of somebody's last login; valid until the next call. */
const char *logins_last(uid_t uid);

#endif
