/* SPDX-License-Identifier: BSD-2-Clause */
/* A refusal in words. */
#ifndef PAMCTL_LOG_REFUSAL_H
#define PAMCTL_LOG_REFUSAL_H

#include "history/refusal.h"
#include "pamctl/options.h"

/* Print who was refused what, by which entry of a policy, and the way there.
 * 0, or the status to exit with. */
int refusal_print(const struct options *o, const struct refusal *r);

#endif
