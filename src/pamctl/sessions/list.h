/* SPDX-License-Identifier: BSD-2-Clause */
/* Sessions as rows of a table. */
#ifndef PAMCTL_SESSIONS_LIST_H
#define PAMCTL_SESSIONS_LIST_H

#include <stdbool.h>

struct options;
struct roster;

/* Which of them, and how. */
struct list {
	bool tree;		/* each below the one that it was opened from */
	bool all;		/* also what nobody is in, or not here */
	const char *user;	/* only of that one, by name or uid */
};

/* Print them. The status to exit with. */
int list_print(const struct options *o, const struct list *l,
    struct roster *r);

#define LIST_TIME 32

/* Microseconds since 1970 as people read them, or (json) as programs do. */
const char *list_time(char text[LIST_TIME], unsigned long long time, bool json);

#endif
