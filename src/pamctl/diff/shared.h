/* SPDX-License-Identifier: BSD-2-Clause */
/* Differences that several services have, for they include the same lines: they
 * are looked for once. */
#ifndef PAMCTL_DIFF_SHARED_H
#define PAMCTL_DIFF_SHARED_H

#include "analysis/difference.h"

struct shared {
	struct shared_stack *stack;
	size_t count, cap;
};

/* The differences that an inquiry finds in stacks of a facility; they stay
 * shared's. 0 or -ENOMEM. The chains must stay as long as shared. */
int shared_find(struct shared *s, enum facility f, const struct inquiry *in,
    const struct differences **out);

void shared_free(struct shared *s);

#endif
