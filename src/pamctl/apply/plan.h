/* SPDX-License-Identifier: BSD-2-Clause */
/* Which steps lead from what is in place to what is to be. */
#ifndef PAMCTL_APPLY_PLAN_H
#define PAMCTL_APPLY_PLAN_H

#include "pamctl/apply/journal.h"
#include "pamctl/apply/trees.h"

/* Write the steps into a journal, and tell of each place how it will be done:
 * at once, or file by file and why. No step: nothing differs. 0, or, with a
 * complaint, the status to exit with. */
int plan(const char *root, const struct trees *t, struct journal *j);

#endif
