/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

/* Below this many slots a walk over lengths and bytes beats hashing. */
#define INDEX_FROM 12

/* FNV-1a over words of eight bytes: names are short and not hostile (whoever
 * fills a table of thousands owns the process). */
static uint64_t
hash_of(const char *key, size_t len)
{
	uint64_t h = 0xcbf29ce484222325u ^ len, word;

	for (; len >= sizeof word; key += sizeof word, len -= sizeof word) {
		memcpy(&word, key, sizeof word);
		h = (h ^ word) * 0x9e3779b97f4a7c15u;
		h ^= h >> 29;
	}
	word = 0;
	memcpy(&word, key, len);
	h = (h ^ word) * 0x9e3779b97f4a7c15u;
	return h ^ (h >> 32);
}

/* Names of one length differ in their last byte, mostly: no call for those. */
static int
same(const struct table_slot *s, const char *key, size_t len)
{
	return s->value && s->len == len &&
	    (len == 0 || s->key[len - 1] == key[len - 1]) &&
	    memcmp(s->key, key, len) == 0;
}

static void
index_put(struct table *t, size_t slot)
{
	const size_t mask = t->index_cap - 1;
	size_t at = t->slot[slot].hash & mask;

	while (t->index[at])
		at = (at + 1) & mask;
	t->index[at] = (uint32_t)slot + 1;
}

/* Give the index room for want slots, and leave the removed ones out. */
static int
index_build(struct table *t, size_t want)
{
	size_t cap = 32;
	uint32_t *index;

	while (cap < want * 2)
		cap *= 2;
	index = calloc(cap, sizeof *index);
	if (!index)
		return -ENOMEM;
	free(t->index);
	t->index = index;
	t->index_cap = cap;
	for (size_t i = 0; i < t->count; i++) {
		struct table_slot *s = &t->slot[i];

		if (!s->value)
			continue;
		s->hash = hash_of(s->key, s->len);
		index_put(t, i);
	}
	return 0;
}

static void
index_drop(struct table *t)
{
	free(t->index);
	t->index = NULL;
	t->index_cap = 0;
}

/* Close the gaps that removed slots left. */
static void
compact(struct table *t)
{
	size_t to = 0;

	for (size_t i = 0; i < t->count; i++) {
		if (t->slot[i].value)
			t->slot[to++] = t->slot[i];
	}
	t->count = to;
	/* Without memory for an index a walk finds the same, only later. */
	if (t->index && index_build(t, to) < 0)
		index_drop(t);
}

struct table_slot *
table_find(const struct table *t, const char *key, size_t len)
{
	uint64_t h;
	size_t mask;

	if (!t->index) {
		for (size_t i = 0; i < t->count; i++) {
			if (same(&t->slot[i], key, len))
				return &t->slot[i];
		}
		return NULL;
	}
	h = hash_of(key, len);
	mask = t->index_cap - 1;
	for (size_t at = h & mask; t->index[at]; at = (at + 1) & mask) {
		struct table_slot *s = &t->slot[t->index[at] - 1];

		if (s->hash == h && same(s, key, len))
			return s;
	}
	return NULL;
}

int
table_add(struct table *t, const char *key, size_t len, void *value)
{
	if (t->count >= UINT32_MAX / 4 || GROW(t->slot, t->count, t->cap) < 0)
		return -ENOMEM;
	if (t->count + 1 > INDEX_FROM && (t->count + 1) * 2 > t->index_cap &&
	    index_build(t, (t->count + 1) * 2) < 0)
		return -ENOMEM;
	t->slot[t->count] = (struct table_slot){
		.key = key, .len = len, .value = value
	};
	t->count++;
	t->live++;
	if (t->index) {
		t->slot[t->count - 1].hash = hash_of(key, len);
		index_put(t, t->count - 1);
	}
	return 0;
}

void
table_remove(struct table *t, struct table_slot *slot)
{
	slot->value = NULL;
	slot->key = NULL;
	t->live--;
	if (t->live < t->count / 2 || !t->index)
		compact(t);
}

void
table_free(struct table *t)
{
	free(t->slot);
	index_drop(t);
	memset(t, 0, sizeof *t);
}
