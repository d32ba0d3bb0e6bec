/* SPDX-License-Identifier: BSD-2-Clause */
/* A session closed from here, in a process that is nobody's: whatever modules
 * do to it, or do not do at all, the caller goes on. */
#ifndef PAMCTL_REAP_CLOSER_H
#define PAMCTL_REAP_CLOSER_H

#include <stdbool.h>

struct record;

#define CLOSER_DEADLINE 60	/* seconds, if nothing else is said */
#define CLOSER_TEXT 128

/* What to say on a libpam without usher_attach. */
#define CLOSER_NONE "the PAM library found here keeps no sessions on record"

/* How it ended. */
enum closer_end {
	CLOSER_CLOSED,
	CLOSER_REFUSED,		/* a call of PAM failed */
	CLOSER_CRASHED,		/* a signal killed the process */
	CLOSER_LEFT,		/* a module ended it */
	CLOSER_LATE,		/* it was killed at the deadline */
	CLOSER_FAILED,		/* there was no process to be had */
};

struct closer {
	enum closer_end end;
	const char *call;	/* in which it was then */
	int detail;		/* PAM code, signal or -errno */
	bool begun;		/* the session was there to be closed */
};

/* Close the session, delete credentials that are established. Its process, and
 * all of its group, are gone after so many seconds, and gone with the caller.
 * The library has usher_attach. */
void closer_run(const struct record *r, unsigned deadline, struct closer *out);

/* The end as a PAM code; PAM_TRY_AGAIN when somebody else is at it. */
int closer_code(const struct closer *c);

/* The end in words. */
const char *closer_text(const struct closer *c, char text[CLOSER_TEXT]);

#endif
