/* SPDX-License-Identifier: BSD-2-Clause */
/* All rules applied to policies, for verbs that judge them. */
#ifndef PAMCTL_CHECK_INSPECT_H
#define PAMCTL_CHECK_INSPECT_H

#include "pamctl/check/study.h"

/* Look at the policies that the options lead to: the services among their
 * arguments, or all. The profile and the path of modules may be NULL. 0, or the
 * status to exit with; *out is to be ended in any case. What is found borrows
 * of all of these. */
int inspect(const struct options *o, struct profile *profile,
    const char *module_path, struct check *out);

void inspect_end(struct check *c);

#endif
