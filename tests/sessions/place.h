/* SPDX-License-Identifier: BSD-2-Clause */
/* A machine of the test's own, as far as sessions leave something on it: where
 * records, what outlives a boot and events are written, and who has an account.
 * Nothing of it is the host's. */
#ifndef PLACE_H
#define PLACE_H

#include <stdbool.h>
#include <sys/types.h>

#include "record/record.h"
#include "record/store.h"

#define ALICE 1000		/* uids of the two who have accounts, beside root */
#define BOB 1001

/* Begin main, after rig_main; ends the test as skipped where one has to be root
 * and is not. */
void place_begin(void);

/* As at the beginning: no record, no event. */
void place_clear(void);

/* Who has one in the beginning. */
#define PLACE_ACCOUNTS                                                         \
	"root:x:0:0::/root:/bin/sh\nalice:x:1000:1000::/:/bin/sh\n"            \
	"bob:x:1001:1001::/:/bin/sh\n"

/* Who has an account: the text of /etc/passwd. */
void place_accounts(const char *passwd);

/* How many records there are in one of the two stores. */
unsigned place_count(const char *store);
unsigned place_records(void);

/* The only record, parsed: false when there is none, more than one, or it is
 * no good. To be freed in any case. */
bool place_record(const char *store, struct record_file *out);

/* The state of the only record, or "none" or "many". */
const char *place_state(void);

/* The event log, the caller's to free; and whether it has a text. */
char *place_events(void);
bool place_told(const char *part);

/* Run fn in a child; its result, or -1 when it did not come to its end. */
int place_child(int (*fn)(void *data), void *data);

/* The same in two parts. */
pid_t place_fork(int (*fn)(void *data), void *data);
int place_wait(pid_t child);

/* Give up what root has, for good: as a program does that becomes the user. */
void place_become(uid_t uid);

/* Be what a set-user-ID program is that this user began. */
void place_setuid(uid_t uid);

#endif
