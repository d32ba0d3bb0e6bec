/* SPDX-License-Identifier: BSD-2-Clause */
/* By what a policy is known again. Private to libpam/. */
#ifndef LIBPAM_MARK_H
#define LIBPAM_MARK_H

#include <stdint.h>

struct policy;

/* Of its auth and session stacks: another policy has another. A change of
 * it has to be noticed, not to be hard to make. */
uint64_t policy_mark(const struct policy *policy);

#endif
