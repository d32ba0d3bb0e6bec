/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory that is filled piece by piece and freed as a whole. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

/* All zero is an empty arena. */
struct arena {
	struct arena_block *block;
};

/* n bytes aligned for any object, owned by the arena, or NULL. */
void *arena_alloc(struct arena *a, size_t n);

/* A NUL-terminated copy of n bytes, owned by the arena, or NULL. */
char *arena_copy(struct arena *a, const char *s, size_t n);

/* Free everything; the arena is empty afterwards and may be used again. */
void arena_free(struct arena *a);

#endif
