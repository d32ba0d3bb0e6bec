/* SPDX-License-Identifier: BSD-2-Clause */
/* What of a process a module could leave changed, as text to compare. */
#ifndef TESTS_MODULES_STATE_H
#define TESTS_MODULES_STATE_H

#include <stddef.h>

#define STATE_ASPECTS 20

struct state {
	char *text[STATE_ASPECTS];
};

void state_take(struct state *s);
void state_free(struct state *s);

/* The name of the first aspect in which the two differ and that changes (bits
 * of CHANGES_... in modkit.h) does not allow, or NULL. */
const char *state_differs(const struct state *a, const struct state *b,
    unsigned changes);

#endif
