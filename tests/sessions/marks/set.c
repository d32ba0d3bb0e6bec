/* SPDX-License-Identifier: BSD-2-Clause */
/* Membership in a set: one file for all sessions, changed under a lock, and as
 * a whole. A number in its place would be wrong after the first kill. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "mark.h"

#define MEMBERS MARKS "/set/members"
#define NEXT MARKS "/set/next"
#define LOCK MARKS "/set/lock"
#define MEMBERS_MAX (1 << 20)

static int
locked(void)
{
	const int fd = open(LOCK, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0 || flock(fd, LOCK_EX) < 0)
		return -errno;
	return fd;
}

/* All members but this one, and this one if it is to be one. */
static int
write_next(char *members, const char *id, bool member)
{
	_drop_(fclosep) FILE *to = fopen(NEXT, "we");
	char *rest = members, *line;

	if (!to)
		return -errno;
	while ((line = strsep(&rest, "\n"))) {
		if (*line && strcmp(line, id) != 0)
			fprintf(to, "%s\n", line);
	}
	if (member)
		fprintf(to, "%s\n", id);
	return fflush(to) == 0 ? 0 : -errno;
}

static int
change(const char *id, bool member)
{
	_drop_(freep) char *members = NULL;
	_drop_(closep) int lock = locked();
	int rc;

	if (lock < 0)
		return lock;
	rc = file_read(MEMBERS, MEMBERS_MAX, &members);
	if (rc < 0 && rc != -ENOENT)
		return rc;
	mark_pause();
	rc = write_next(members, id, member);
	if (rc < 0)
		return rc;
	mark_pause();
	return rename(NEXT, MEMBERS) < 0 ? -errno : 0;
}

static int
set(const char *id)
{
	return change(id, true);
}

static int
unset(const char *id)
{
	return change(id, false);
}

const struct mark mark = { "set", 0, set, unset };
