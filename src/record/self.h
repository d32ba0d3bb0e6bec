/* SPDX-License-Identifier: BSD-2-Clause */
/* What the kernel says of processes, as far as records tell one from another. */
#ifndef RECORD_SELF_H
#define RECORD_SELF_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define BOOT_TEXT 37		/* 36 characters and the NUL */
#define NO_AUDIT_SESSION UINT32_MAX

/* A process that no other is taken for: a pid comes again, with another start
 * time (clock ticks since boot; 0: not known). */
struct process {
	pid_t pid;
	unsigned long long start;
};

/* Where paths and pids mean what they mean. */
struct space {
	unsigned long long mount, user, pids;	/* namespaces: inode */
	unsigned long long root_dev, root_ino;
};

/* The calling process. Without /proc its start is 0. */
struct process process_self(void);

/* Whether that very process is there, zombies not counted. */
bool process_lives(const struct process *p);

/* Whether p is the calling process or one of its ancestors. */
bool process_is_above(const struct process *p);

bool process_same(const struct process *a, const struct process *b);

/* Of the calling process. What cannot be found out is 0. */
void space_self(struct space *s);
bool space_same_paths(const struct space *a, const struct space *b);

/* The kernel's audit session of the calling process, or NO_AUDIT_SESSION. */
uint32_t audit_session_self(void);

/* The name of this boot; empty when it is not to be had. */
const char *boot_name(char text[BOOT_TEXT]);

#endif
