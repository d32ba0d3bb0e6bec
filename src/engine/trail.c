/* SPDX-License-Identifier: BSD-2-Clause */
#include "engine/trail.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

bool
trail_grow(struct trail *t)
{
	if (t->cut || GROW(t->step, t->count, t->cap) < 0)
		t->cut = true;
	return !t->cut;
}

void
trail_clear(struct trail *t)
{
	t->count = 0;
	t->cut = false;
}

const struct step *
trail_decider(const struct trail *t)
{
	for (size_t i = t->count; i > 0; i--) {
		if (t->step[i - 1].decided)
			return &t->step[i - 1];
	}
	return NULL;
}

void
trail_free(struct trail *t)
{
	free(t->step);
	memset(t, 0, sizeof *t);
}
