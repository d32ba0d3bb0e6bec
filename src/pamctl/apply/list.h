/* SPDX-License-Identifier: BSD-2-Clause */
/* What was applied. */
#ifndef PAMCTL_APPLY_LIST_H
#define PAMCTL_APPLY_LIST_H

struct options;
struct backups;

/* Print every apply of the store. The status to exit with. */
int list(const struct backups *s, const struct options *o);

#endif
