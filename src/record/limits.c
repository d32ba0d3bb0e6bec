/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/limits.h"

#include <pthread.h>
#include <sys/auxv.h>

#define SIZE_ENOUGH ((rlim_t)1 << 32)
#define FILES_ENOUGH 1024

/* Try the hard limit as well, and make do with it where that is not allowed.
 * True when there is something to set back. */
static bool
lift(__rlimit_resource_t what, rlim_t enough, struct rlimit *old)
{
	struct rlimit want;

	if (getrlimit(what, old) < 0 || old->rlim_cur >= enough)
		return false;
	want = (struct rlimit){ enough,
		old->rlim_max > enough ? old->rlim_max : enough };
	if (setrlimit(what, &want) == 0)
		return true;
	want = (struct rlimit){ old->rlim_max, old->rlim_max };
	return setrlimit(what, &want) == 0 || what == RLIMIT_FSIZE;
}

/* A program that has none left by its own doing has other sorrows. */
void
limits_lift_files(struct limits *l)
{
	l->files = getauxval(AT_SECURE) &&
	    lift(RLIMIT_NOFILE, FILES_ENOUGH, &l->old_files);
}

void
limits_lift_size(struct limits *l)
{
	sigset_t signal;

	l->size = lift(RLIMIT_FSIZE, SIZE_ENOUGH, &l->old_size);
	if (!l->size)
		return;
	sigemptyset(&signal);
	sigaddset(&signal, SIGXFSZ);
	pthread_sigmask(SIG_BLOCK, &signal, &l->mask);
}

void
limits_lift(struct limits *l)
{
	limits_lift_files(l);
	limits_lift_size(l);
}

/* One that came meanwhile, and was ours, is taken away. */
static void
take_signal(void)
{
	const struct timespec at_once = { 0, 0 };
	sigset_t signal;

	sigemptyset(&signal);
	sigaddset(&signal, SIGXFSZ);
	sigtimedwait(&signal, NULL, &at_once);
}

void
limits_back(const struct limits *l)
{
	if (l->files)
		setrlimit(RLIMIT_NOFILE, &l->old_files);
	if (!l->size)
		return;
	setrlimit(RLIMIT_FSIZE, &l->old_size);
	if (!sigismember(&l->mask, SIGXFSZ))
		take_signal();
	pthread_sigmask(SIG_SETMASK, &l->mask, NULL);
}

void
limits_drop(struct limits *l)
{
	limits_back(l);
}
