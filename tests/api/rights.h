/* SPDX-License-Identifier: BSD-2-Clause */
/* A kernel that keeps the rights of this thread as numbers, and refuses the
 * calls of one kind from a certain one on. */
#ifndef RIGHTS_H
#define RIGHTS_H

#include <stdbool.h>
#include <sys/types.h>

#define RIGHTS_MAX 400

struct rights {
	bool real;		/* the true kernel is asked */
	uid_t euid, fsuid;
	gid_t fsgid, groups[RIGHTS_MAX];
	int count;
	const char *fail;	/* "setgroups"; "" for nothing */
	int from, to;		/* calls of that kind, from 1 */
	int calls;
};

extern struct rights rights;

/* So many groups, from 100 on, and nothing fails. */
void rights_begin(int groups, uid_t euid);

/* Whether files are judged by these now. */
bool rights_are(uid_t uid, gid_t gid, const gid_t *groups, int count);

#endif
