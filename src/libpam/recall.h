/* SPDX-License-Identifier: BSD-2-Clause */
/* The entries that opened a session, from its record: for a policy that was
 * changed since. Private to libpam/. */
#ifndef LIBPAM_RECALL_H
#define LIBPAM_RECALL_H

#include <security/_pam_types.h>

struct instance;
struct record;

/* An instance with a session stack of the entries on record: those that were
 * asked, and the one that was being asked. PAM_SUCCESS with *out, PAM_ABORT,
 * PAM_BUF_ERR. */
int recall_instance(const pam_handle_t *pamh, const struct record *r,
    struct instance **out);

#endif
