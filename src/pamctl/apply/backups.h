/* SPDX-License-Identifier: BSD-2-Clause */
/* Where every apply keeps what it replaced: a folder each, named by its time,
 * in /var/lib/usher/apply, which is root's alone. */
#ifndef PAMCTL_APPLY_BACKUPS_H
#define PAMCTL_APPLY_BACKUPS_H

#include "pamctl/apply/folder.h"

#define BACKUPS "/var/lib/usher/apply"
#define BACKUP_ID 32

struct backups {
	const char *root;	/* borrowed */
	struct folder dir;
	int lock;
};

#define BACKUPS_NONE ((struct backups){ NULL, FOLDER_NONE, -1 })

/* Open the store below root, made if there is none, and lock it: whoever has it
 * is alone to change policies. wait: until others have finished, else that is
 * STATUS_AGAIN. 0, or, with a complaint, the status to exit with. */
int backups_open(const char *root, bool wait, struct backups *out);

/* A folder for a new apply, and its id. As above. */
int backups_add(const struct backups *s, char id[BACKUP_ID], struct folder *out);

/* All ids, oldest first; to be freed. As above. */
int backups_ids(const struct backups *s, struct names *out);

/* Remove all but the newest of them; those that wait for anything stay. As
 * above. */
int backups_prune(const struct backups *s, size_t keep);

void backups_close(struct backups *s);

#endif
