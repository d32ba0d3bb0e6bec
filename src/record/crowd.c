/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/crowd.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/grow.h"
#include "base/id.h"
#include "base/text.h"
#include "record/self.h"
#include "record/store.h"

#define ENVIRON_MAX (4 << 20)
#define VARIABLE "USHER_SESSION_ID="

struct member {
	pid_t pid;
	uid_t uid;
	uint32_t session;
	char id[ID_TEXT];	/* empty: none */
};

struct crowd {
	struct member *member;
	size_t count, cap;
};

/* As it was given at exec; the process may have written over it. */
static void
read_id(int dir, char id[ID_TEXT])
{
	_drop_(closep) int fd = openat(dir, "environ", O_RDONLY | O_CLOEXEC);
	_drop_(freep) char *text = NULL;
	size_t len = 0;

	if (fd < 0 || file_slurp(fd, ENVIRON_MAX, &text, &len) < 0)
		return;
	for (const char *at = text; at < text + len; at += strlen(at) + 1) {
		const char *value = text_after(at, VARIABLE);

		if (value && store_is_id(value)) {
			memcpy(id, value, ID_TEXT);
			return;
		}
	}
}

static uint32_t
read_session(int dir)
{
	_drop_(closep) int fd = openat(dir, "sessionid", O_RDONLY | O_CLOEXEC);
	char text[16];
	const ssize_t got = fd < 0 ? -1 : read_all(fd, text, sizeof text - 1);

	if (got <= 0)
		return NO_AUDIT_SESSION;
	text[got] = '\0';
	return (uint32_t)strtoul(text, NULL, 10);
}

/* The process of somebody who protects his memory looks like root's; by whom
 * it was started is in its status still. */
static uid_t
real_uid(int dir, uid_t owner)
{
	_drop_(closep) int fd = openat(dir, "status", O_RDONLY | O_CLOEXEC);
	char text[1024];
	const ssize_t got = fd < 0 ? -1 : read_all(fd, text, sizeof text - 1);
	const char *line;

	if (got <= 0)
		return owner;
	text[got] = '\0';
	line = strstr(text, "\nUid:");
	return line ? (uid_t)strtoul(line + strlen("\nUid:"), NULL, 10) : owner;
}

/* A dead one that nobody waited for is nobody. */
static bool
is_dead(int dir)
{
	_drop_(closep) int fd = openat(dir, "stat", O_RDONLY | O_CLOEXEC);
	char text[512], *at;
	const ssize_t got = fd < 0 ? -1 : read_all(fd, text, sizeof text - 1);

	if (got <= 0)
		return true;
	text[got] = '\0';
	at = strrchr(text, ')');
	return at && (at[2] == 'Z' || at[2] == 'X');
}

/* One that ends meanwhile is nothing. */
static int
add(struct crowd *c, int proc, const char *name)
{
	_drop_(closep) int dir = openat(proc, name,
	    O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct member *m;
	struct stat st;

	if (dir < 0 || fstat(dir, &st) < 0 || is_dead(dir))
		return 0;
	if (GROW(c->member, c->count, c->cap) < 0)
		return -ENOMEM;
	m = &c->member[c->count++];
	*m = (struct member){
		.pid = (pid_t)strtol(name, NULL, 10), .uid = st.st_uid,
		.session = read_session(dir),
	};
	read_id(dir, m->id);
	if (*m->id && st.st_uid == 0)
		m->uid = real_uid(dir, st.st_uid);
	return 0;
}

static void
crowd_freep(struct crowd **c)
{
	crowd_free(*c);
}

struct crowd *
crowd_new(void)
{
	_drop_(closedirp) DIR *dir = opendir("/proc");
	_drop_(crowd_freep) struct crowd *c = calloc(1, sizeof *c);
	const struct dirent *e;

	if (!dir || !c)
		return NULL;
	while ((e = readdir(dir))) {
		if (isdigit((unsigned char)*e->d_name) &&
		    add(c, dirfd(dir), e->d_name) < 0)
			return NULL;
	}
	return c->count ? TAKE(c) : NULL;
}

void
crowd_free(struct crowd *c)
{
	if (c)
		free(c->member);
	free(c);
}

pid_t
crowd_in_audit_session(const struct crowd *c, uint32_t session)
{
	for (size_t i = 0; i < c->count; i++) {
		if (c->member[i].session == session)
			return c->member[i].pid;
	}
	return 0;
}

pid_t
crowd_with_id(const struct crowd *c, uid_t uid, const char *id)
{
	for (size_t i = 0; i < c->count; i++) {
		if (c->member[i].uid == uid &&
		    strcmp(c->member[i].id, id) == 0)
			return c->member[i].pid;
	}
	return 0;
}
