/* SPDX-License-Identifier: BSD-2-Clause */
/* Which services a system has policies for. */
#ifndef PAMCTL_POLICIES_SERVICES_H
#define PAMCTL_POLICIES_SERVICES_H

#include "pamctl/options.h"
#include "pamctl/policies/names.h"

/* Every service of the tree that the options name, sorted, each once. 0 with
 * *out, to be freed; -ENOENT when there is no tree; -errno. */
int services_list(const struct options *o, struct names *out);

#endif
