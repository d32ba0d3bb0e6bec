/* SPDX-License-Identifier: BSD-2-Clause */
/* One apply, from the trees to the end. */
#ifndef PAMCTL_APPLY_WORK_H
#define PAMCTL_APPLY_WORK_H

#include "pamctl/apply/journal.h"
#include "pamctl/apply/backups.h"
#include "pamctl/apply/trees.h"
#include "pamctl/options.h"

/* How it is wanted. */
struct manner {
	bool force, dry_run;
	unsigned within;	/* seconds for the confirmation; 0: none */
	const char **rules, **must;
};

/* Check what an order would lead to, and put it in place. 0; or, with a
 * complaint, the status to exit with: then everything is as it was, but where
 * the complaint says otherwise. */
int work_do(const struct backups *s, const struct options *o,
    const struct order *order, const struct manner *manner);

#endif
