/* SPDX-License-Identifier: BSD-2-Clause */
/* How far an apply has come, on disk: whoever finds one that has stopped half
 * way can finish or undo it. */
#ifndef PAMCTL_APPLY_JOURNAL_H
#define PAMCTL_APPLY_JOURNAL_H

#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

struct folder;

/* Until STATE_READY everything is old, from STATE_SWAPPED on everything is new;
 * in between the steps themselves tell which were taken. */
enum state {
	STATE_STAGING,		/* new files are laid beside the old ones */
	STATE_READY,		/* they are all there */
	STATE_SWAPPED,		/* the old ones are still beside them */
	STATE_WAITING,		/* for somebody to confirm */
	STATE_KEPT,
	STATE_RESTORING,	/* nobody has confirmed */
	STATE_RESTORED,
	STATE_COUNT,
};

/* Something in a folder that changes place with what lies ready beside it. */
struct step {
	char *parent, *name;	/* parent: path below the system's root */
	bool old, new;		/* whether there is any */
	ino_t ino;		/* of the new one */
};

#define CODE_SIZE 12		/* of a one-time code, with the NUL */
#define BOOT_SIZE 40

struct journal {
	enum state state;
	char boot[BOOT_SIZE];	/* in which it was swapped */
	struct timespec swap;	/* when: CLOCK_BOOTTIME */
	long long deadline;	/* for the confirmation, in milliseconds of the
				 * same clock; 0: none is asked for */
	char code[CODE_SIZE];	/* or "" */
	struct step *step;
	size_t count, cap;
};

/* "waiting" for STATE_WAITING. */
const char *state_word(enum state s);

/* Add a step; parent and name are copied. 0 or -ENOMEM. */
int journal_add(struct journal *j, const char *parent, const char *name);

/* 0; or, with a complaint, the status to exit with. */
int journal_read(const struct folder *in, struct journal *out);

/* It is on disk when this returns; a reader finds this one, or the one before.
 * 0; or, with a complaint, the status to exit with. */
int journal_write(const struct folder *in, const struct journal *j);

/* The same, in another state from now on. */
int journal_enter(const struct folder *in, struct journal *j, enum state s);

/* Whether the one who is to confirm has had his time: the deadline, or the
 * boot, is over. */
bool journal_due(const struct journal *j);

/* Milliseconds of CLOCK_BOOTTIME. */
long long journal_now(void);

/* The identity of this boot; false when the kernel does not tell. */
bool boot_id(char id[BOOT_SIZE]);

void journal_free(struct journal *j);

#endif
