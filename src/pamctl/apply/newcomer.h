/* SPDX-License-Identifier: BSD-2-Clause */
/* Has who runs this come in newly, through policies that were put in place? */
#ifndef PAMCTL_APPLY_NEWCOMER_H
#define PAMCTL_APPLY_NEWCOMER_H

struct timespec;

/* Whether this process belongs to a login that began after a point in time of
 * CLOCK_BOOTTIME. 1: yes. 0: it began before. -ENODATA: nothing here tells;
 * other errors of /proc. */
int newcomer_since(const struct timespec *swap);

#endif
