/* SPDX-License-Identifier: BSD-2-Clause */
/* The files in which other programs look up who is in and who was: utmp, wtmp,
 * btmp and lastlog (utmp(5)). They are views; a session's record is the truth.
 * The C library's functions for them have one position and one file per
 * process, which may be the program's at the moment: none of them is used.
 *
 * A file that is not there is not made (-ENOENT), and only a regular one of the
 * effective user's is written, never one behind a symbolic link. */
#ifndef RECORD_UTMP_FILE_H
#define RECORD_UTMP_FILE_H

#include <sys/types.h>

struct lastlog;
struct login;
struct utmpx;

/* Put *u into the file in the place of the entry for its line, whose id it then
 * takes over, or of one that was left with its id, or behind all others. 0 or
 * -errno. */
int utmp_enter(const char *path, struct utmpx *u);

/* Find who is in on this line with this pid or, when that is not known, as this
 * user and by the doing of a process that is dead, the caller or above it.
 * *dead is then what stands there instead. 0; -ESRCH when there is none; other
 * -errno. */
int utmp_leave(const char *path, const struct login *l, struct utmpx *dead);

/* Append to wtmp or btmp. 0 or -errno. */
int utmp_append(const char *path, const struct utmpx *u);

/* The last login of this uid. 0 or -errno. */
int lastlog_put(const char *path, uid_t uid, const struct lastlog *last);

#endif
