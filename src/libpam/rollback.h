/* SPDX-License-Identifier: BSD-2-Clause */
/* Undoing an opening that failed, or that nobody finished. Private to
 * libpam/. */
#ifndef LIBPAM_ROLLBACK_H
#define LIBPAM_ROLLBACK_H

#include <security/_pam_types.h>

/* Close the entries that succeeded or have put anything, last first, and where
 * the opening was broken off the one that it was at. PAM_SUCCESS, or the answer
 * of the first that could not be undone. */
int rollback(pam_handle_t *pamh, int flags);

#endif
