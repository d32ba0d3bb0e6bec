/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls that were refused, found from the end of the event log, each with what
 * happened before in its transaction. */
#ifndef HISTORY_REFUSAL_H
#define HISTORY_REFUSAL_H

#include <stddef.h>
#include <stdint.h>

#include "history/logged.h"

struct refusal {
	struct logged failed;
	struct logged *before;	/* the latest first */
	size_t count, cap;
};

/* NULL, 0: any. */
struct refusal_query {
	const char *user, *service;
	int64_t since;
	size_t limit;		/* how many transactions */
};

struct refusals {
	struct refusal *item;	/* the latest first */
	size_t count, cap;
};

/* The last refusal of each of the last transactions that had one, into *out,
 * emptied by refusals_drop also on failure. 0, also when there is none; -ENOENT
 * when there is no log; -errno. */
int refusals_find(const char *log, const struct refusal_query *q,
    struct refusals *out);

void refusals_drop(struct refusals *r);

#endif
