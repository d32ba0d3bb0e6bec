/* SPDX-License-Identifier: BSD-2-Clause */
/* Whose stacks a service has. */
#ifndef PAMCTL_POLICIES_OWN_H
#define PAMCTL_POLICIES_OWN_H

#include "policy/policy.h"

/* Which stacks of a policy are the service's own; the others are what "other"
 * says. In pam.conf all count as its own. 0 or -ENOMEM. */
int own_facilities(struct policy *policy, const char *service,
    bool own[FAC_COUNT]);

#endif
