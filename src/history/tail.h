/* SPDX-License-Identifier: BSD-2-Clause */
/* The event log read backwards, from its last line on, then its predecessor
 * (the same name with ".1" behind it). */
#ifndef HISTORY_TAIL_H
#define HISTORY_TAIL_H

#include <stddef.h>

struct tail;

/* Begin behind the last line. 0 with *out, to be freed by tail_free; -ENOENT when
 * there is neither file; -errno. */
int tail_open(const char *log, struct tail **out);

/* The line before: 1 with *line, without its newline and not NUL-terminated,
 * valid until the next call; 0 when there is none; -errno. What has no newline
 * yet, and what is longer than LOGGED_MAX, is left out. */
int tail_line(struct tail *t, const char **line, size_t *len);

void tail_free(struct tail *t);

#endif
