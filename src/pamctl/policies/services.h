/* SPDX-License-Identifier: BSD-2-Clause */
/* Which services a system has policies for. */
#ifndef PAMCTL_POLICIES_SERVICES_H
#define PAMCTL_POLICIES_SERVICES_H

#include <stddef.h>

#include "pamctl/options.h"

struct names {
	char **name;
	size_t count, cap;
};

/* Every service of the tree that the options name, sorted, each once. 0 with
 * *out, to be freed; -ENOENT when there is no tree; -errno. */
int services_list(const struct options *o, struct names *out);

void names_free(struct names *names);

#endif
