/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether a session still lives: the rules by which one that nobody closed is
 * known for an orphan. */
#ifndef RECORD_LIFE_H
#define RECORD_LIFE_H

#include "record/record.h"

#define LIFE_GRACE 5		/* seconds: who wants to close gets to first */
#define LIFE_ATTEMPTS 5		/* of reaping: then it is stuck */
#define LIFE_DETACHED_MAX 604800	/* seconds, if nothing else is said */

enum life {
	LIFE_HERE,		/* somebody is in it */
	LIFE_GOING,		/* nobody is, but not for long enough yet */
	LIFE_ORPHAN,		/* to be reaped */
	LIFE_STUCK,		/* reaping it failed too often */
	LIFE_ELSEWHERE,		/* of another pid namespace */
	LIFE_PAST,		/* of another boot: history */
	LIFE_COUNT,
};

struct crowd;

/* The moment of a look: what all records are judged by. */
struct look {
	unsigned long long now;		/* seconds since 1970 */
	unsigned long long detached_max;
	char boot[BOOT_TEXT];
	struct space space;
	struct crowd *crowd;	/* who is there; made when first needed */
};

/* Begin a look now. */
void life_look(struct look *l);
void life_end(struct look *l);

/* What a record is. */
enum life life_of(struct look *l, const struct record *r);

/* What this look has to add to the record, so that a later one knows how long
 * it has been so. False: nothing. */
bool life_note(struct look *l, const struct record *r, struct rows *to);

/* "orphan" for LIFE_ORPHAN. */
const char *life_word(enum life life);

/* A process of the session, where only one that is left keeps it: for people
 * to be told. 0: none. */
pid_t life_keeper(struct look *l, const struct record *r);

#endif
