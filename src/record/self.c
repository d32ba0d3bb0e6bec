/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/self.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"

#define SESSION_ID "/proc/self/sessionid"

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
	pid_t parent;
	unsigned long long start;
};

static bool
read_stat_of(pid_t pid, struct stat_line *out)
{
	char path[40], text[1024];
	char *at;
	long parent;

	snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
	if (!read_small(path, text, sizeof text))
		return false;
	at = strrchr(text, ')');
	if (!at || sscanf(at, ") %c %ld %*s %*s %*s %*s %*s %*s %*s %*s %*s "
	    "%*s %*s %*s %*s %*s %*s %*s %*s %llu", &out->state, &parent,
	    &out->start) != 3)
		return false;
	out->parent = (pid_t)parent;
	return true;
}

struct process
process_self(void)
{
	const long long ticks = sysconf(_SC_CLK_TCK);
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return (struct process){ getpid(), (unsigned long long)
	    (now.tv_sec * ticks + now.tv_nsec * ticks / 1000000000) };
}

static bool
is_it(const struct process *p, const struct stat_line *line)
{
	return p->seen == 0 || line->start <= p->seen;
}

bool
process_lives(const struct process *p)
{
	struct stat_line line;

	return read_stat_of(p->pid, &line) && line.state != 'Z' &&
	    line.state != 'X' && is_it(p, &line);
}

bool
process_is_above(const struct process *p)
{
	struct stat_line line;
	pid_t at = getpid();

	while (at > 0 && read_stat_of(at, &line)) {
		if (at == p->pid)
			return is_it(p, &line);
		at = line.parent;
	}
	return false;
}

bool
process_parent(const struct process *p, struct process *parent)
{
	struct stat_line line, above;

	if (!read_stat_of(p->pid, &line) || !is_it(p, &line) ||
	    !read_stat_of(line.parent, &above))
		return false;
	*parent = (struct process){ line.parent, above.start };
	return true;
}

/* The pid namespace of a process stays what it is; a child may be in another
 * one, and is the first there, or has another pid. */
static unsigned long long
own_pid_namespace(pid_t self)
{
	static _Atomic unsigned long long cached;
	static _Atomic pid_t owner;
	struct stat st;

	if (self > 1 && atomic_load(&owner) == self)
		return atomic_load(&cached);
	if (stat("/proc/self/ns/pid", &st) < 0)
		return 0;
	atomic_store(&cached, st.st_ino);
	atomic_store(&owner, self);
	return st.st_ino;
}

void
space_self(struct space *s, pid_t self)
{
	struct statx root;

	*s = (struct space){ .pids = own_pid_namespace(self) };
	if (statx(AT_FDCWD, "/", 0, STATX_INO | STATX_MNT_ID, &root) < 0)
		return;
	s->root_dev = makedev(root.stx_dev_major, root.stx_dev_minor);
	s->root_ino = root.stx_ino;
	if (root.stx_mask & STATX_MNT_ID)
		s->mount = root.stx_mnt_id;
}

bool
space_same_paths(const struct space *a, const struct space *b)
{
	return a->mount == b->mount && a->root_dev == b->root_dev &&
	    a->root_ino == b->root_ino;
}

static uint32_t
read_session(int fd)
{
	char text[16];
	const ssize_t got = pread(fd, text, sizeof text - 1, 0);

	if (got <= 0)
		return NO_AUDIT_SESSION;
	text[got] = '\0';
	return (uint32_t)strtoul(text, NULL, 10);
}

uint32_t
audit_session_self(void)
{
	_drop_(closep) int fd = open(SESSION_ID, O_RDONLY | O_CLOEXEC);

	return fd < 0 ? NO_AUDIT_SESSION : read_session(fd);
}

uint32_t
audit_session_glance(struct glance *g)
{
	struct stat st;

	*g = (struct glance){ .fd = open(SESSION_ID, O_RDONLY | O_CLOEXEC) };
	if (g->fd < 0)
		return NO_AUDIT_SESSION;
	if (fstat(g->fd, &st) == 0) {
		g->dev = st.st_dev;
		g->ino = st.st_ino;
	}
	return read_session(g->fd);
}

/* Whether the descriptor is still what it was. */
static bool
is_open(const struct glance *g)
{
	struct stat st;

	return g->ino && fstat(g->fd, &st) == 0 && st.st_ino == g->ino &&
	    st.st_dev == g->dev;
}

uint32_t
audit_session_again(struct glance *g)
{
	uint32_t session;

	if (!is_open(g)) {
		g->ino = 0;
		return audit_session_self();
	}
	session = read_session(g->fd);
	close(g->fd);
	g->ino = 0;
	return session;
}

/* A process does not see two boots. */
static char boot[BOOT_TEXT];
static pthread_once_t boot_once = PTHREAD_ONCE_INIT;

static void
read_boot(void)
{
	if (!read_small("/proc/sys/kernel/random/boot_id", boot, BOOT_TEXT))
		*boot = '\0';
}

const char *
boot_name(char text[BOOT_TEXT])
{
	pthread_once(&boot_once, read_boot);
	return strcpy(text, boot);
}
