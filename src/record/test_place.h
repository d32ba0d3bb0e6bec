/* SPDX-License-Identifier: BSD-2-Clause */
/* The directories of records and events, in a place of the test's own. */
#ifndef RECORD_TEST_PLACE_H
#define RECORD_TEST_PLACE_H

#include <stdbool.h>

struct record;

/* Have them empty, for this process and its children. False where nobody may
 * do that. */
bool place_begin(void);

/* A small record of this id: its opener is the calling process. */
void place_record(struct record *r, const char *id);

#endif
