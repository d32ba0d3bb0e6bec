/* SPDX-License-Identifier: BSD-2-Clause */
/* The account records that a handle has given out. Private to libpam/. */
#ifndef LIBPAM_MODUTIL_LOOKUP_H
#define LIBPAM_MODUTIL_LOOKUP_H

#include <security/_pam_types.h>

struct passwd;

/* The account of this name, if somebody has looked it up through this handle;
 * NULL: nobody has, or there is none. */
const struct passwd *lookup_seen(const pam_handle_t *pamh, const char *user);

/* Wipe and free them. */
void lookup_free_all(pam_handle_t *pamh);

#endif
