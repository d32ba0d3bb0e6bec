/* SPDX-License-Identifier: BSD-2-Clause */
/* All records of a store, as they are at one moment. */
#ifndef PAMCTL_SESSIONS_ROSTER_H
#define PAMCTL_SESSIONS_ROSTER_H

#include <stddef.h>

#include "record/life.h"
#include "record/record.h"
#include "record/store.h"

struct known {
	struct store_name name;
	const char *id;		/* within name */
	int rc;			/* of record_read: 0, or only the id counts */
	struct record_file file;
	enum life life;		/* where rc is 0 */
};

struct roster {
	const char *place;	/* the store's path */
	int store;		/* -1: there is none */
	struct look look;
	struct known *known;	/* in the order of their opening */
	size_t count, cap;
};

/* Read them, for root alone; detached_max as usher_conf has it. A store that is
 * not there has none. 0, or with a complaint the status to exit with. To be
 * freed in any case, and not to be moved before. */
int roster_begin(struct roster *r, const char *place,
    unsigned long long detached_max);
void roster_free(struct roster *r);

/* Read one of them once more, before something is done about it. */
void roster_again(struct roster *r, struct known *k);

/* The one whose id begins so. NULL, with *status set to what to exit with and a
 * complaint, when there is none or several; with status NULL in silence. */
struct known *roster_find(struct roster *r, const char *id, int *status);

/* What has become of it, in a word: its life, or where somebody is in it its
 * state; "newer" and "unreadable" for what this program cannot judge. */
const char *known_word(const struct known *k);

#endif
