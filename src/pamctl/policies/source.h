/* SPDX-License-Identifier: BSD-2-Clause */
/* The policies that a verb looks at. */
#ifndef PAMCTL_POLICIES_SOURCE_H
#define PAMCTL_POLICIES_SOURCE_H

#include "pamctl/options.h"
#include "policy/policy.h"

struct policy_tree;

/* Where the options say that policies are. */
void source_tree(const struct options *o, struct policy_tree *tree);

/* The policy of a service. 0 with *out, owned by the caller; or, with a
 * complaint, the status to exit with. What is wrong with the text is
 * complained of too, line by line. */
int source_policy(const struct options *o, const char *service,
    struct policy **out);

/* The facility of this name; -1, with a complaint, when there is none. */
int source_facility(const char *name);

/* "common-auth:17" for people, owned by the caller; NULL: no memory. */
char *source_place(const struct place *at);

#endif
