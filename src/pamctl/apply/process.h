/* SPDX-License-Identifier: BSD-2-Clause */
/* What /proc tells of a process. */
#ifndef PAMCTL_APPLY_PROCESS_H
#define PAMCTL_APPLY_PROCESS_H

#include <stdbool.h>
#include <stdint.h>

struct timespec;

#define NO_SESSION UINT32_MAX	/* as the kernel writes it */

/* The audit session that a process ("self", or its number) is in. */
uint32_t process_session(const char *pid);

/* Whether it was started no later than at a point in time of CLOCK_BOOTTIME. Of
 * one that is gone, or not to be seen from here: false. */
bool process_older(const char *pid, const struct timespec *than);

#endif
