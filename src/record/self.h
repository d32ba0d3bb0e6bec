/* SPDX-License-Identifier: BSD-2-Clause */
/* What the kernel says of processes, as far as records tell one from another. */
#ifndef RECORD_SELF_H
#define RECORD_SELF_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define BOOT_TEXT 37		/* 36 characters and the NUL */
#define NO_AUDIT_SESSION UINT32_MAX

/* A process that no other is taken for: a pid comes again, but whoever has it
 * then has started later. */
struct process {
	pid_t pid;
	unsigned long long seen;	/* when it was there: clock ticks since
					 * boot, as in proc(5); 0: not known */
};

/* Where paths and pids mean what they mean. */
struct space {
	unsigned long long pids;	/* namespace: its inode */
	/* The root directory, and by which mount it is seen: each mount
	 * namespace has its own. */
	unsigned long long mount, root_dev, root_ino;
};

/* The calling process, now. */
struct process process_self(void);

/* Whether that very process is there, zombies not counted. */
bool process_lives(const struct process *p);

/* Whether p is the calling process or one of its ancestors. */
bool process_is_above(const struct process *p);

/* The parent of a process that is there, as a zombie at least; false when it
 * is not, or the parent is nobody here. */
bool process_parent(const struct process *p, struct process *parent);

/* Of the calling process, whose pid that is. What cannot be found out is 0. */
void space_self(struct space *s, pid_t self);
bool space_same_paths(const struct space *a, const struct space *b);

/* The kernel's audit session of the calling process, or NO_AUDIT_SESSION. */
uint32_t audit_session_self(void);

/* The same for who looks again later in the same call, after modules that may
 * close any descriptor: the second look ends it, and costs half. All zero: there
 * was no first look. */
struct glance {
	int fd;
	dev_t dev;
	ino_t ino;		/* 0: nothing is open */
};

uint32_t audit_session_glance(struct glance *g);
uint32_t audit_session_again(struct glance *g);

/* The name of this boot; empty when it is not to be had. Asked for once in a
 * process. */
const char *boot_name(char text[BOOT_TEXT]);

#endif
