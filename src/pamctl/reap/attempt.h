/* SPDX-License-Identifier: BSD-2-Clause */
/* One attempt at a session that nobody closed. */
#ifndef PAMCTL_REAP_ATTEMPT_H
#define PAMCTL_REAP_ATTEMPT_H

#include "pamctl/reap/closer.h"

struct known;
struct roster;

enum attempt_end {
	ATTEMPT_CLOSED,
	ATTEMPT_FAILED,		/* another one is to follow */
	ATTEMPT_STUCK,		/* none is */
	ATTEMPT_BUSY,		/* somebody else is at it */
	ATTEMPT_GONE,		/* somebody else was faster */
};

/* Close it, and note that in its record and in the event log. Text says how it
 * went. */
enum attempt_end attempt(struct roster *r, const struct known *k,
    unsigned deadline, char text[CLOSER_TEXT]);

#endif
