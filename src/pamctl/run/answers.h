/* SPDX-License-Identifier: BSD-2-Clause */
/* Answers to prompts that were given beforehand. They are secrets: each is
 * forgotten when it is used, the rest at the end. */
#ifndef PAMCTL_RUN_ANSWERS_H
#define PAMCTL_RUN_ANSWERS_H

#include <stddef.h>

struct settings;

/* All zero is none. */
struct answers {
	char **text;
	size_t count, cap, next;
};

/* Take those of the command line, which are wiped there, then those of the
 * file. 0, or with a complaint the status to exit with. */
int answers_read(struct answers *a, const struct settings *s);

/* The next answer, owned by the caller; NULL: there are no more. */
char *answers_next(struct answers *a);

void answers_free(struct answers *a);

#endif
