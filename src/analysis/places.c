/* SPDX-License-Identifier: BSD-2-Clause */
#include "analysis/places.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Places are rows of 32 bit words. */
static size_t
hash(const void *place, size_t size)
{
	uint64_t h = 0xcbf29ce484222325u;
	const unsigned char *at = place;
	uint32_t word;

	for (; size >= sizeof word; size -= sizeof word, at += sizeof word) {
		memcpy(&word, at, sizeof word);
		h = (h ^ word) * 0x9e3779b97f4a7c15u;
		h ^= h >> 32;
	}
	return (size_t)h;
}

const void *
places_at(const struct places *p, uint32_t number)
{
	return p->bytes + number * p->size;
}

/* Where in the index this place is, or would be. */
static uint32_t *
slot_of(const struct places *p, const void *place)
{
	const size_t mask = p->index_cap - 1;
	size_t at = hash(place, p->size) & mask;

	while (p->index[at] &&
	    memcmp(places_at(p, p->index[at] - 1), place, p->size) != 0)
		at = (at + 1) & mask;
	return &p->index[at];
}

static int
grow_index(struct places *p)
{
	const size_t cap = p->index_cap ? p->index_cap * 2 : 64;
	uint32_t *index;

	if (p->count * 2 < p->index_cap)
		return 0;
	index = calloc(cap, sizeof *index);
	if (!index)
		return -ENOMEM;
	free(p->index);
	p->index = index;
	p->index_cap = cap;
	for (uint32_t i = 0; i < p->count; i++)
		*slot_of(p, places_at(p, i)) = i + 1;
	return 0;
}

/* A row that becomes longer; what is in it stays. */
static int
lengthen(void *row, size_t n, size_t size)
{
	void *more = reallocarray(*(void **)row, n, size);

	if (!more)
		return -ENOMEM;
	*(void **)row = more;
	return 0;
}

static int
grow_rows(struct places *p)
{
	const size_t cap = p->cap ? p->cap * 2 : 32;

	if (p->count < p->cap)
		return 0;
	if (lengthen(&p->bytes, cap, p->size) < 0 ||
	    lengthen(&p->from, cap, sizeof *p->from) < 0 ||
	    lengthen(&p->answer, cap, sizeof *p->answer) < 0)
		return -ENOMEM;
	p->cap = cap;
	return 0;
}

int
places_add(struct places *p, const void *place, uint32_t from, int answer)
{
	uint32_t *slot;

	if (grow_index(p) < 0)
		return -ENOMEM;
	slot = slot_of(p, place);
	if (*slot)
		return 0;
	if (p->count >= p->max)
		return -E2BIG;
	if (grow_rows(p) < 0)
		return -ENOMEM;
	memcpy(p->bytes + p->count * p->size, place, p->size);
	p->from[p->count] = from;
	p->answer[p->count] = (uint8_t)answer;
	*slot = (uint32_t)++p->count;
	return 0;
}

size_t
places_way(const struct places *p, uint32_t number, uint8_t *answer,
    size_t max)
{
	size_t steps = 0;

	for (uint32_t i = number; p->from[i] != NO_PLACE; i = p->from[i])
		steps++;
	for (size_t at = steps; at > 0; at--) {
		if (at <= max)
			answer[at - 1] = p->answer[number];
		number = p->from[number];
	}
	return steps;
}

void
places_free(struct places *p)
{
	free(p->bytes);
	free(p->from);
	free(p->answer);
	free(p->index);
	memset(p, 0, sizeof *p);
}
