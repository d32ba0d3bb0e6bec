/* SPDX-License-Identifier: BSD-2-Clause */
/* The policies of all services of a tree. */
#ifndef PAMCTL_POLICIES_POLICIES_H
#define PAMCTL_POLICIES_POLICIES_H

#include "pamctl/policies/services.h"
#include "policy/policy.h"

struct policies {
	struct names names;
	struct policy **policy;	/* by name */
};

/* Read the tree that the options name. 0, or with a complaint the status to
 * exit with; *out is to be freed. */
int policies_read(const struct options *o, struct policies *out);

/* Whether one is made to be included: no program asks for it. */
bool policies_part(const struct policies *p, size_t i);

void policies_free(struct policies *p);

#endif
