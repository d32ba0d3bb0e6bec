/* SPDX-License-Identifier: BSD-2-Clause */
/* What security modules have written on files. */
#ifndef PAMCTL_APPLY_LABEL_H
#define PAMCTL_APPLY_LABEL_H

#include "pamctl/apply/folder.h"

/* Give what stands under a name, and all below it, the labels of what it is to
 * replace in the same folder; what replaces nothing keeps those that it was
 * made with. 0, or, with a complaint, the status to exit with. */
int label_like(const struct folder *in, const char *replaced,
    const char *name);

#endif
