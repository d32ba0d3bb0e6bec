/* SPDX-License-Identifier: BSD-2-Clause */
/* Arrays that grow by doubling: GROW(items, count, cap) makes room for one. */
#ifndef BASE_GROW_H
#define BASE_GROW_H

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

static inline int
grow(void **items, size_t count, size_t *cap, size_t size)
{
	size_t want;
	void *more;

	if (count < *cap)
		return 0;
	want = *cap ? *cap * 2 : 8;
	if (want > SIZE_MAX / 2 / size)
		return -ENOMEM;
	more = realloc(*items, want * size);
	if (!more)
		return -ENOMEM;
	*items = more;
	*cap = want;
	return 0;
}

/* 0 or -ENOMEM; the array is as before on failure. */
#define GROW(items, count, cap)                                                \
	grow((void **)&(items), count, &(cap), sizeof *(items))

#endif
