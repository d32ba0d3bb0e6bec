/* SPDX-License-Identifier: BSD-2-Clause */
/* Copies of policies: files, links, and folders with all that is in them. A
 * copy has the same owner and mode; a safe one is root's, and nobody else may
 * write it. */
#ifndef PAMCTL_APPLY_COPY_H
#define PAMCTL_APPLY_COPY_H

#include "pamctl/apply/folder.h"

enum copy_how { COPY_EXACT, COPY_SAFE };

/* All: 0, or, with a complaint, the status to exit with. */

/* Copy what stands under a name; nothing may stand there yet. */
int copy_item(const struct folder *from, const char *name,
    const struct folder *to, const char *as, enum copy_how how);

/* Copy what stands under a name over what stands there: folders are joined, all
 * else is replaced. */
int copy_over(const struct folder *from, const char *name,
    const struct folder *to, const char *as, enum copy_how how);

/* Remove what stands there, if anything does. */
int remove_item(const struct folder *in, const char *name);

/* Whether the same stands there: kind, content, mode, owner. */
int same_item(const struct folder *a, const char *name_a,
    const struct folder *b, const char *name_b, bool *same);

#endif
