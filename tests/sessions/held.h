/* SPDX-License-Identifier: BSD-2-Clause */
/* A child that stops in the middle of what it does; one at a time. */
#ifndef HELD_H
#define HELD_H

#include <sys/types.h>

/* Run fn in a child, up to where it stops. */
pid_t held_begin(int (*fn)(void *data), void *data);

/* In the child: stop here. */
void held_stop(void);

/* Kill it, and wait until it is gone. */
void held_end(pid_t child);

#endif
