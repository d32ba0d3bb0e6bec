/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_fail_delay(3). The time that modules used up counts (W-11): what is kept
 * is the time between an answer and the next prompt. The user's own time to
 * type does not count, or whoever types slowly would pay nothing. */
#include "libpam/delay.h"

#include <limits.h>
#include <security/pam_modules.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>

#include "libpam/handle.h"

typedef void delay_fn(int retval, unsigned usec, void *appdata);

int
pam_fail_delay(pam_handle_t *pamh, unsigned int musec_delay)
{
	if (!pamh)
		return PAM_SYSTEM_ERR;
	if (musec_delay > pamh->delay.longest)
		pamh->delay.longest = musec_delay;
	return PAM_SUCCESS;
}

void
delay_begin(pam_handle_t *pamh)
{
	pamh->delay.talked = false;
}

void
delay_answered(pam_handle_t *pamh)
{
	pamh->delay.talked = true;
	clock_gettime(CLOCK_MONOTONIC, &pamh->delay.start);
}

/* F-3: bell shaped, in [0.5, 1.5) of what was asked for, so that nobody reads
 * the modules' own time from it. Without randomness: the longest. */
static unsigned
randomised(unsigned longest)
{
	uint32_t sample[3];
	uint64_t sum = 0, usec;

	if (getentropy(sample, sizeof sample) < 0)
		sample[0] = sample[1] = sample[2] = UINT32_MAX;
	for (size_t i = 0; i < 3; i++)
		sum += sample[i];
	usec = longest / 2 + (uint64_t)((__uint128_t)longest * sum /
	    (3 * ((uint64_t)UINT32_MAX + 1)));
	return usec < UINT_MAX ? (unsigned)usec : UINT_MAX;
}

static void
sleep_until(struct timespec start, unsigned usec)
{
	start.tv_sec += usec / 1000000;
	start.tv_nsec += (long)(usec % 1000000) * 1000;
	if (start.tv_nsec >= 1000000000) {
		start.tv_nsec -= 1000000000;
		start.tv_sec++;
	}
	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &start, NULL);
}

void
delay_end(pam_handle_t *pamh, int rc)
{
	const unsigned longest = pamh->delay.longest;
	const unsigned usec = longest ? randomised(longest) : 0;
	union {
		const void *item;
		delay_fn *fn;
	} application = { pamh->fail_delay };

	pamh->delay.longest = 0;
	if (application.item) {
		application.fn(rc, usec, pamh->conv.appdata_ptr);
		return;
	}
	if (rc == PAM_SUCCESS || !usec)
		return;
	/* Nobody was asked through us: count from now, not from an unknown
	 * time ago. */
	if (!pamh->delay.talked)
		clock_gettime(CLOCK_MONOTONIC, &pamh->delay.start);
	sleep_until(pamh->delay.start, usec);
}
