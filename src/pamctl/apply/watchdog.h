/* SPDX-License-Identifier: BSD-2-Clause */
/* Somebody who stays when the terminal is gone, and restores what has not been
 * confirmed when its time is over. */
#ifndef PAMCTL_APPLY_WATCHDOG_H
#define PAMCTL_APPLY_WATCHDOG_H

struct folder;
struct journal;

/* Set it on, for the deadline of a journal; it writes into that folder what it
 * does. It lives when this returns. 0; or, with a complaint, the status to exit
 * with. */
int watchdog_set(const char *root, const struct folder *in,
    const struct journal *j);

#endif
