/* SPDX-License-Identifier: BSD-2-Clause */
/* The steps of a journal, taken and taken back. The new lies beside the old
 * under a name of its own; a step lets them change places at once, so that
 * nobody ever finds neither. */
#ifndef PAMCTL_APPLY_SWAP_H
#define PAMCTL_APPLY_SWAP_H

#include "pamctl/apply/journal.h"

struct folder;

/* All: 0, or, with a complaint, the status to exit with. root as for
 * folder_open. */

/* Lay the new beside the old: copies of what stands under the same paths in
 * the folder. What it is known by later is written into the steps, and all is
 * on disk. */
int swap_stage(const char *root, const struct folder *new, struct journal *j);

/* Take every step; on disk when it returns. */
int swap_take(const char *root, const struct journal *j);

/* Whether what was taken out is what stands in this folder: nobody has changed
 * it meanwhile, and it may go. */
int swap_verify(const char *root, const struct folder *old,
    const struct journal *j);

/* Take back those that were taken; on disk when it returns. */
int swap_back(const char *root, const struct journal *j);

/* Remove what lies beside. */
int swap_clean(const char *root, const struct journal *j);

/* The folder at a path below another one, which has the same tree. */
int swap_mirror(const struct folder *top, const char *path,
    struct folder *out);

#endif
