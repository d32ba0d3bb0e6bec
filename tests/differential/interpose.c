/* SPDX-License-Identifier: BSD-2-Clause */
/* What the library would do to the host, taken from it: log lines become
 * events, sleeping takes no time, and the monotonic clock moves by sleeping
 * and by oracle_pass() only. */
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/select.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "player.h"
#include "syslog_front.h"

static unsigned long long slept;	/* microseconds, since last asked */
static unsigned long long now = 1000000000;

unsigned long long
interpose_slept(void)
{
	const unsigned long long usec = slept;

	slept = 0;
	return usec;
}

void
interpose_delay(unsigned usec)
{
	slept += usec;
}

EXPORT void
oracle_pass(unsigned long long usec)
{
	now += usec;
}

static int
note_sleep(unsigned long long usec)
{
	struct event e;

	slept += usec;
	now += usec;
	event_begin(&e, "sleep");
	event_int(&e, (long long)usec);
	event_end(&e);
	return 0;
}

void
vsyslog(int priority, const char *fmt, va_list args)
{
	struct event e;
	char *text;

	if (vasprintf(&text, fmt, args) < 0)
		abort();
	event_begin(&e, "log");
	event_int(&e, LOG_FAC(priority));
	event_int(&e, LOG_PRI(priority));
	event_word(&e, text);
	event_end(&e);
	free(text);
}

static unsigned long long
usec_of(const struct timespec *t)
{
	return (unsigned long long)t->tv_sec * 1000000 +
	    (unsigned long long)t->tv_nsec / 1000;
}

EXPORT int
select(int n, fd_set *r, fd_set *w, fd_set *x, struct timeval *t)
{
	union {
		void *symbol;
		int (*fn)(int, fd_set *, fd_set *, fd_set *, struct timeval *);
	} real;

	if (n == 0 && t)
		return note_sleep((unsigned long long)t->tv_sec * 1000000 +
		    (unsigned long long)t->tv_usec);
	real.symbol = dlsym(RTLD_NEXT, "select");
	return real.fn(n, r, w, x, t);
}

EXPORT int
usleep(useconds_t usec)
{
	return note_sleep(usec);
}

EXPORT int
nanosleep(const struct timespec *t, struct timespec *left)
{
	(void)left;
	return note_sleep(usec_of(t));
}

EXPORT int
clock_nanosleep(clockid_t clock, int flags, const struct timespec *t,
    struct timespec *left)
{
	const unsigned long long usec = usec_of(t);

	(void)clock;
	(void)left;
	if (!(flags & TIMER_ABSTIME))
		return note_sleep(usec);
	return note_sleep(usec > now ? usec - now : 0);
}

EXPORT int
clock_gettime(clockid_t clock, struct timespec *t)
{
	union {
		void *symbol;
		int (*fn)(clockid_t, struct timespec *);
	} real;

	if (clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_COARSE) {
		t->tv_sec = (time_t)(now / 1000000);
		t->tv_nsec = (long)(now % 1000000) * 1000;
		return 0;
	}
	real.symbol = dlsym(RTLD_NEXT, "clock_gettime");
	return real.fn(clock, t);
}
