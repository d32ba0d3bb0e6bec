/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/policies/names.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/grow.h"

int
names_add(struct names *names, const char *name, size_t len)
{
	_drop_(freep) char *copy = strndup(name, len);

	if (!copy || GROW(names->name, names->count, names->cap) < 0)
		return -ENOMEM;
	names->name[names->count++] = TAKE(copy);
	return 0;
}

static int
in_order(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void
names_sort(struct names *names)
{
	if (names->count)
		qsort(names->name, names->count, sizeof *names->name,
		    in_order);
}

void
names_free(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->name[i]);
	free(names->name);
	memset(names, 0, sizeof *names);
}
