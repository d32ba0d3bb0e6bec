/* SPDX-License-Identifier: BSD-2-Clause */
/* Points in time: microseconds since 1970, and the texts that stand for them. */
#ifndef BASE_MOMENT_H
#define BASE_MOMENT_H

#include <stddef.h>
#include <stdint.h>

#define MOMENT_SECOND 1000000LL
#define MOMENT_TEXT 32		/* room for what moment_text writes */

/* The moment that text names, all of it: a date of ISO 8601, perhaps with a
 * time behind "T" or a blank, to the minute, the second or a fraction of it,
 * perhaps with "Z" or an offset, as RFC 3339 has them. Without these it is
 * local time. 0 or -EINVAL. */
int moment_read(const char *text, int64_t *us);

/* By RFC 3339 in local time, to the second. "" when it has no such text. */
void moment_text(int64_t us, char text[MOMENT_TEXT]);

#endif
