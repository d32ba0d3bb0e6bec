/* SPDX-License-Identifier: BSD-2-Clause */
/* Named values in the order in which they came. Few are searched one by one,
 * many through an index: an entry costs the same however many there are. */
#ifndef BASE_TABLE_H
#define BASE_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct table_slot {
	const char *key;	/* borrowed, mostly from inside value */
	size_t len;
	uint64_t hash;
	void *value;		/* NULL: removed */
};

/* All zero is an empty table. */
struct table {
	struct table_slot *slot;
	size_t count;		/* slots in use, removed ones included */
	size_t live;
	size_t cap;
	uint32_t *index;	/* slot number + 1; 0: free */
	size_t index_cap;
};

/* The slot of a name of len bytes, or NULL. It stays where it is until the
 * next table_add or table_remove. */
struct table_slot *table_find(const struct table *t, const char *key,
    size_t len);

/* Append a name that is not there yet. The caller keeps owning key and value.
 * 0 or -ENOMEM. */
int table_add(struct table *t, const char *key, size_t len, void *value);

/* Remove a slot that table_find gave; the others keep their order. */
void table_remove(struct table *t, struct table_slot *slot);

/* Free the table's own memory, not the values. */
void table_free(struct table *t);

#endif
