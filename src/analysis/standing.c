/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/standing.h"

#include <string.h>

#include <security/_pam_types.h>

static uint8_t
pack(const struct verdict *v)
{
	return (uint8_t)((unsigned)v->mood << 5 | (unsigned)v->status);
}

static struct verdict
unpack(uint8_t byte)
{
	return (struct verdict){ (enum mood)(byte >> 5), byte & 31 };
}

struct standing
standing_of(const struct walk *w, uint32_t marks)
{
	struct standing s;

	memset(&s, 0, sizeof s);
	s.at = (uint32_t)w->at;
	s.marks = marks;
	s.depth = (uint8_t)w->depth;
	s.verdict = pack(&w->verdict);
	for (unsigned d = 1; d <= w->depth; d++)
		s.saved[d - 1] = pack(&w->saved[d]);
	return s;
}

struct walk
standing_walk(const struct standing *s)
{
	struct walk w;

	walk_begin(&w);
	w.at = s->at;
	w.depth = s->depth;
	w.verdict = unpack(s->verdict);
	for (unsigned d = 1; d <= s->depth; d++)
		w.saved[d] = unpack(s->saved[d - 1]);
	return w;
}

static void
simplify(struct verdict *v)
{
	if (v->mood == MOOD_BAD)
		v->status = PAM_PERM_DENIED;
	else if (v->mood == MOOD_GOOD && v->status != PAM_SUCCESS &&
	    v->status != PAM_IGNORE)
		v->status = PAM_AUTH_ERR;
}

void
standing_simplify(struct walk *w)
{
	simplify(&w->verdict);
	for (unsigned d = 1; d <= w->depth; d++)
		simplify(&w->saved[d]);
}

int
standing_code(const struct standing *s)
{
	const struct verdict v = unpack(s->verdict);

	return verdict_end(&v);
}

int
standing_status(const struct standing *s)
{
	return unpack(s->verdict).status;
}
