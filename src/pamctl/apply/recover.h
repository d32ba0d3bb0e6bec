/* SPDX-License-Identifier: BSD-2-Clause */
/* What earlier applies have left unfinished: those that had not put everything
 * in place are undone, those that had are finished, and those that nobody has
 * confirmed in time are restored. */
#ifndef PAMCTL_APPLY_RECOVER_H
#define PAMCTL_APPLY_RECOVER_H

#include "pamctl/apply/backups.h"

struct recovery {
	unsigned done;			/* of which something was left to do */
	char waiting[BACKUP_ID];		/* one that may still be confirmed */
};

/* Go through the store, and print what is done. 0; or, with a complaint, the
 * status to exit with. */
int recover(const struct backups *s, struct recovery *out);

#endif
