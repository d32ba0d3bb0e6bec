/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/lock.h"

#include <sched.h>
#include <stdatomic.h>

/* Long enough for any thread to be scheduled again, short for a login. */
#define TRIES 10000

static atomic_bool taken;

bool
lock_take(void)
{
	for (int i = 0; i < TRIES; i++) {
		if (!atomic_exchange_explicit(&taken, true,
		    memory_order_acquire))
			return true;
		sched_yield();
	}
	return false;
}

void
lock_give(void)
{
	atomic_store_explicit(&taken, false, memory_order_release);
}
