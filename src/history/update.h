/* SPDX-License-Identifier: BSD-2-Clause */
/* Bringing an index up to date. */
#ifndef HISTORY_UPDATE_H
#define HISTORY_UPDATE_H

struct history;

/* Take in what the log has beyond what was read, and forget what is older than
 * is kept. Within a transaction of the caller's. 0 or -errno. */
int update(struct history *h);

#endif
