/* SPDX-License-Identifier: BSD-2-Clause */
/* A session that another handle opened. Private to libpam/. */
#ifndef LIBPAM_ATTACH_H
#define LIBPAM_ATTACH_H

#include <security/_pam_types.h>

struct record;
struct session;

/* Which entries are closed already. 0 or -ENOMEM. */
int attach_marks(struct session *s, const struct record *r);

/* Take the one session on record that this handle means by its service, user,
 * terminal and host, if there is exactly one (Z-5). PAM_SUCCESS, also without
 * one; or why it cannot be taken: then it is on record as before. */
int attach_found(pam_handle_t *pamh);

#endif
