/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether a function that called out, to a module or to the program's
 * conversation, is still waiting on the stack, or was left by longjmp. Private
 * to libpam/. */
#ifndef LIBPAM_LIVE_H
#define LIBPAM_LIVE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* All zero: nobody waits. */
struct live {
	const volatile uintptr_t *mark;	/* in the frame of who waits */
	pthread_t thread;
};

/* For the frame itself: no sanitizer may move the mark off the stack. */
#define LIVE_FRAME __attribute__((noinline, no_sanitize_address))

/* What a mark holds while its frame lives. */
#define LIVE_MARK(live) (~(uintptr_t)(live))

/* The caller waits from now on; its mark holds LIVE_MARK(live). */
void live_begin(struct live *live, const volatile uintptr_t *mark);

/* Whether it still does. */
bool live_waits(const struct live *live);

#endif
