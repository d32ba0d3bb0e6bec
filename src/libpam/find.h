/* SPDX-License-Identifier: BSD-2-Clause */
/* Looking for the record of a session that another handle opened. Private to
 * libpam/. */
#ifndef LIBPAM_FIND_H
#define LIBPAM_FIND_H

#include <security/_pam_types.h>

#include "record/record.h"
#include "record/store.h"

/* A record that was found, and where. */
struct find {
	struct record_file file;
	struct store store;
	struct store_name name;
	bool lasting;		/* of an earlier boot: from STORE_UNDO */
};

/* The one with this id. 1; -ENOENT, or another -errno, and what record_read
 * says. To be freed in any case. */
int find_id(const char *id, struct find *f);

/* The one that a handle means by its service, user, terminal and host, of those
 * that others may close: how many there are, or 2 when more than one; f is filled
 * in when there is exactly one. -ENOMEM, -EMFILE or -ENFILE: this process cannot
 * look. To be freed in any case. */
int find_meant(pam_handle_t *pamh, struct find *f);

/* Somebody is just opening it. */
bool find_is_busy(const struct record *r);

/* It is of an earlier boot. */
bool find_is_past(const struct record *r);

void find_free(struct find *f);

#endif
