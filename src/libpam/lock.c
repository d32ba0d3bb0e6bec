/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/lock.h"

#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

/* Long enough for any thread to be scheduled again, short for a login. */
#define TRIES 10000

static atomic_int owner;	/* process of the thread that has it; 0: free */
static unsigned losses;

static bool
change(int from, int to)
{
	return atomic_compare_exchange_strong_explicit(&owner, &from, to,
	    memory_order_acquire, memory_order_relaxed);
}

bool
lock_take(void)
{
	const int self = getpid();

	for (int i = 0; i < TRIES; i++) {
		const int now = atomic_load_explicit(&owner,
		    memory_order_relaxed);

		if (now == 0 && change(0, self))
			return true;
		/* Nobody in this process can give it back. */
		if (now != 0 && now != self && change(now, self)) {
			losses++;
			return true;
		}
		sched_yield();
	}
	return false;
}

void
lock_give(void)
{
	atomic_store_explicit(&owner, 0, memory_order_release);
}

unsigned
lock_losses(void)
{
	return losses;
}
