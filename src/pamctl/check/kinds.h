/* SPDX-License-Identifier: BSD-2-Clause */
/* Which kind of program a service is, as its name tells. */
#ifndef PAMCTL_CHECK_KINDS_H
#define PAMCTL_CHECK_KINDS_H

enum {
	KIND_REMOTE = 1,	/* people come to it over the network */
	KIND_LOGIN = 2,		/* a login begins with it */
	KIND_WITHIN = 4,	/* for somebody who is in already */
	KIND_OPEN = 8,		/* meant to let in without a credential */
	KIND_LOCK = 16,		/* a screen lock: only asks who it is */
	KIND_UNASKED = 32,	/* can know by itself who it is */
	KIND_PART = 64,		/* made to be included */
	KIND_KNOWN = 128,
	KIND_BECOME = 256,	/* makes somebody else of him, in a session */
};

/* The kinds of a service; 0 when nobody knows it. */
unsigned kinds_of(const char *service);

#endif
