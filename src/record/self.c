/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/self.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/drop.h"

/* A small file of /proc, which gives all of it to one read. False: none. */
static bool
read_small(const char *path, char *text, size_t size)
{
	_drop_(closep) int fd = open(path, O_RDONLY | O_CLOEXEC);
	const ssize_t got = fd < 0 ? -1 : read(fd, text, size - 1);

	if (got < 0)
		return false;
	text[got] = '\0';
	return true;
}

/* A line of /proc/PID/stat (proc(5)): the name in parentheses may hold
 * anything, so fields are counted behind the last one. */
struct stat_line {
	char state;
	pid_t pid, parent;
	unsigned long long start;
};

static bool
read_stat(const char *path, struct stat_line *out)
{
	char text[1024];
	char *at;
	long parent;

	if (!read_small(path, text, sizeof text))
		return false;
	at = strrchr(text, ')');
	if (!at || sscanf(at, ") %c %ld %*s %*s %*s %*s %*s %*s %*s %*s %*s "
	    "%*s %*s %*s %*s %*s %*s %*s %*s %llu", &out->state, &parent,
	    &out->start) != 3)
		return false;
	out->pid = (pid_t)strtol(text, NULL, 10);
	out->parent = (pid_t)parent;
	return true;
}

static bool
read_stat_of(pid_t pid, struct stat_line *out)
{
	char path[40];

	snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
	return read_stat(path, out);
}

struct process
process_self(void)
{
	struct stat_line line;

	/* A /proc of another pid namespace shows other numbers: then the
	 * number that the caller knows himself by is the better one. */
	if (!read_stat("/proc/self/stat", &line))
		return (struct process){ getpid(), 0 };
	return (struct process){ line.pid, line.start };
}

bool
process_lives(const struct process *p)
{
	struct stat_line line;

	return read_stat_of(p->pid, &line) && line.state != 'Z' &&
	    line.state != 'X' && (p->start == 0 || line.start == p->start);
}

bool
process_is_above(const struct process *p)
{
	struct stat_line line;
	pid_t at = getpid();

	while (at > 0 && read_stat_of(at, &line)) {
		if (at == p->pid)
			return p->start == 0 || line.start == p->start;
		at = line.parent;
	}
	return false;
}

bool
process_same(const struct process *a, const struct process *b)
{
	return a->pid == b->pid && a->start == b->start;
}

static unsigned long long
inode_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? st.st_ino : 0;
}

void
space_self(struct space *s)
{
	struct stat root;

	*s = (struct space){
		.mount = inode_of("/proc/self/ns/mnt"),
		.user = inode_of("/proc/self/ns/user"),
		.pids = inode_of("/proc/self/ns/pid"),
	};
	if (stat("/", &root) == 0) {
		s->root_dev = root.st_dev;
		s->root_ino = root.st_ino;
	}
}

bool
space_same_paths(const struct space *a, const struct space *b)
{
	return a->mount == b->mount && a->root_dev == b->root_dev &&
	    a->root_ino == b->root_ino;
}

uint32_t
audit_session_self(void)
{
	char text[16];

	if (!read_small("/proc/self/sessionid", text, sizeof text))
		return NO_AUDIT_SESSION;
	return (uint32_t)strtoul(text, NULL, 10);
}

const char *
boot_name(char text[BOOT_TEXT])
{
	if (!read_small("/proc/sys/kernel/random/boot_id", text, BOOT_TEXT))
		*text = '\0';
	return text;
}
