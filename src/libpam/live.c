/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/live.h"

void
live_begin(struct live *live, const volatile uintptr_t *mark)
{
	live->mark = mark;
	live->thread = pthread_self();
}

/* The stack grows down: whoever was called stands below the frame that waits,
 * and leaves that frame alone. Another thread's stack says nothing. */
bool
live_waits(const struct live *live)
{
	if (!live->mark)
		return false;
	if (!pthread_equal(live->thread, pthread_self()))
		return true;
	return (uintptr_t)__builtin_frame_address(0) < (uintptr_t)live->mark &&
	    *live->mark == LIVE_MARK(live);
}
