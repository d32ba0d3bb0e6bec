/* SPDX-License-Identifier: BSD-2-Clause */
/* What modules say that nobody calls. */
#ifndef PAMCTL_REHEARSAL_SUPPOSED_H
#define PAMCTL_REHEARSAL_SUPPOSED_H

#include <stdint.h>

struct entry;
struct modules;

struct supposed {
	const char **set;	/* MODULE=CODE, the last that fits counts */
	int other;		/* everybody else's answer; unless */
	const struct modules *able;	/* they cannot answer so: then "ignore",
					 * or else the first that they can */
};

/* The code of this name; -1: there is none. */
int supposed_code(const char *word);

/* Whether every set is one; 0, or, with a complaint that names the option, the
 * status to exit with. */
int supposed_check(const struct supposed *s, const char *option);

/* The answer of an entry, as engine/run.h asks; ctx is the supposed. */
int supposed_ask(void *ctx, const struct entry *e, uint32_t *ms);

#endif
