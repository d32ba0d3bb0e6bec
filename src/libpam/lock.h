/* SPDX-License-Identifier: BSD-2-Clause */
/* The lock of the process's two caches. It is held for a few instructions at a
 * time, never across a call that may wait, load or call back; so whoever does
 * not get it soon is the child of a fork that another thread made meanwhile,
 * and does without. Private to libpam/. */
#ifndef LIBPAM_LOCK_H
#define LIBPAM_LOCK_H

#include <stdbool.h>

/* False: not to be had; work as if the caches were empty. */
bool lock_take(void);
void lock_give(void);

#endif
