/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/diff/shared.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

struct shared_stack {
	enum facility facility;
	const struct chain *chain[SIDE_COUNT];
	struct differences *differences;
};

/* The same lines: also what is told of their places is the same. */
static bool
same_lines(const struct chain *a, const struct chain *b)
{
	if (!match_alike(a, b))
		return false;
	for (size_t i = 0; i < a->count; i++) {
		const struct place *p = &a->entry[i].at, *q = &b->entry[i].at;

		if (p->line != q->line || strcmp(p->file, q->file) != 0)
			return false;
	}
	return true;
}

static const struct differences *
known(const struct shared *s, enum facility f, const struct inquiry *in)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct shared_stack *k = &s->stack[i];

		if (k->facility == f &&
		    same_lines(k->chain[SIDE_OLD], in->chain[SIDE_OLD]) &&
		    same_lines(k->chain[SIDE_NEW], in->chain[SIDE_NEW]))
			return k->differences;
	}
	return NULL;
}

static int
add(struct shared *s, enum facility f, const struct inquiry *in,
    struct differences *d)
{
	if (GROW(s->stack, s->count, s->cap) < 0)
		return -ENOMEM;
	s->stack[s->count++] = (struct shared_stack){ f,
		{ in->chain[SIDE_OLD], in->chain[SIDE_NEW] }, d };
	return 0;
}

int
shared_find(struct shared *s, enum facility f, const struct inquiry *in,
    const struct differences **out)
{
	struct differences *new;

	*out = known(s, f, in);
	if (*out)
		return 0;
	new = calloc(1, sizeof *new);
	if (!new || differences_find(in, new) < 0) {
		free(new);
		return -ENOMEM;
	}
	if (add(s, f, in, new) < 0) {
		differences_free(new);
		free(new);
		return -ENOMEM;
	}
	*out = new;
	return 0;
}

void
shared_free(struct shared *s)
{
	for (size_t i = 0; i < s->count; i++) {
		differences_free(s->stack[i].differences);
		free(s->stack[i].differences);
	}
	free(s->stack);
}
