/* SPDX-License-Identifier: BSD-2-Clause */
/* The lock of the process's caches. It is held for a few instructions at a time,
 * never across a call that may wait, load or call back. Private to libpam/. */
#ifndef LIBPAM_LOCK_H
#define LIBPAM_LOCK_H

#include <stdbool.h>

/* False: not to be had (a signal handler has interrupted its owner); work as if
 * the caches were empty. */
bool lock_take(void);
void lock_give(void);

/* How often the lock was taken over from a thread that a fork has left behind in
 * the parent: what it was changing then is not whole. Only with the lock. */
unsigned lock_losses(void);

#endif
