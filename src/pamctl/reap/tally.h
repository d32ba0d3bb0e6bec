/* SPDX-License-Identifier: BSD-2-Clause */
/* What has become of the records that reap looked at: a row for most, and all
 * are counted. */
#ifndef PAMCTL_REAP_TALLY_H
#define PAMCTL_REAP_TALLY_H

#include <stdbool.h>

struct columns;
struct known;
struct options;

/* What has become of a record here. */
enum done { DONE_HERE, DONE_GOING, DONE_CLOSED, DONE_REMOVED, DONE_BLANK,
	DONE_FAILED, DONE_STUCK, DONE_BUSY, DONE_ELSEWHERE, DONE_UNKNOWN,
	DONE_COUNT };

struct tally {
	bool dry;		/* nothing is done: rows say what would be */
	struct columns *c;
	unsigned count[DONE_COUNT];
};

/* Begin the table. 0 or the status to exit with. */
int tally_begin(struct tally *t, const struct options *o);

/* Result is a text about it, or NULL. */
void tally_add(struct tally *t, const struct known *k, enum done done,
    const char *result);

/* Print the table. 0 or the status to exit with. */
int tally_end(struct tally *t);

/* Print the counts, for people. */
void tally_summary(const struct tally *t);

/* The status to exit with, by what has become of them. */
int tally_status(const struct tally *t);

#endif
