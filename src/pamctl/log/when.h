/* SPDX-License-Identifier: BSD-2-Clause */
/* Times as people give them on the command line, and see them. */
#ifndef PAMCTL_LOG_WHEN_H
#define PAMCTL_LOG_WHEN_H

#include <stdint.h>

#define WHEN_DURATION 32	/* room for what when_duration writes */

/* Microseconds since 1970, now. */
int64_t when_now(void);

/* "today" and "yesterday" (their beginning), "2 days ago" (weeks, hours,
 * minutes, seconds), or what moment_read takes. 0 or -EINVAL. */
int when_read(const char *text, int64_t now, int64_t *us);

/* The same for the argument of an option; NULL leaves *us alone. 0, or the
 * status to exit with, after a complaint. */
int when_option(const char *option, const char *text, int64_t *us);

/* A length of time as "3+04:05:06", without the days where there are none. */
void when_duration(int64_t us, char text[WHEN_DURATION]);

#endif
