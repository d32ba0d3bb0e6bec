/* SPDX-License-Identifier: BSD-2-Clause */
/* Where every apply keeps what it replaced: a folder each, named by its time,
 * in /var/lib/usher/apply, which is root's alone. */
#ifndef PAMCTL_APPLY_STORE_H
#define PAMCTL_APPLY_STORE_H

#include "pamctl/apply/folder.h"

#define STORE "/var/lib/usher/apply"
#define STORE_ID 32

struct store {
	const char *root;	/* borrowed */
	struct folder dir;
	int lock;
};

#define STORE_NONE ((struct store){ NULL, FOLDER_NONE, -1 })

/* Open the store below root, made if there is none, and lock it: whoever has it
 * is alone to change policies. wait: until others have finished, else that is
 * STATUS_AGAIN. 0, or, with a complaint, the status to exit with. */
int store_open(const char *root, bool wait, struct store *out);

/* A folder for a new apply, and its id. As above. */
int store_add(const struct store *s, char id[STORE_ID], struct folder *out);

/* All ids, oldest first; to be freed. As above. */
int store_ids(const struct store *s, struct names *out);

void store_close(struct store *s);

#endif
