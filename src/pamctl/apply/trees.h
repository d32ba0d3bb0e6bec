/* SPDX-License-Identifier: BSD-2-Clause */
/* The two trees of an apply: what was in place, and what is to be. */
#ifndef PAMCTL_APPLY_TREES_H
#define PAMCTL_APPLY_TREES_H

#include "pamctl/apply/copy.h"
#include "pamctl/apply/place.h"

struct trees {
	struct folder old, new;	/* each has a folder "etc" */
};

#define TREES_NONE ((struct trees){ FOLDER_NONE, FOLDER_NONE })

/* What somebody wants to have in place. */
struct order {
	struct folder from;
	bool plain;		/* it is a pam.d itself */
	bool exact;		/* what it does not have goes */
	enum copy_how how;
	struct folder beside;	/* places that are in here and not in from go
				 * as a whole */
};

/* All: 0, or, with a complaint, the status to exit with. */

/* Make both trees in a folder of the store, and have them on disk. */
int trees_make(const char *root, const struct order *order,
    const struct folder *in, struct trees *out);

/* Those that were made there earlier. */
int trees_open(const struct folder *in, struct trees *out);

void trees_close(struct trees *t);

#endif
