/* SPDX-License-Identifier: BSD-2-Clause */
/* A list of names. */
#ifndef PAMCTL_POLICIES_NAMES_H
#define PAMCTL_POLICIES_NAMES_H

#include <stddef.h>

struct names {
	char **name;
	size_t count, cap;
};

/* Add a copy. 0 or -ENOMEM. */
int names_add(struct names *names, const char *name, size_t len);

/* By their bytes; what is there twice stays so. */
void names_sort(struct names *names);

void names_free(struct names *names);

#endif
