/* SPDX-License-Identifier: BSD-2-Clause */
/* Walking a stack on behalf of a handle. Private to libpam/. */
#ifndef LIBPAM_DISPATCH_H
#define LIBPAM_DISPATCH_H

#include "libpam/handle.h"

/* Make the policy the current service's, if PAM_SERVICE was set since (I-9).
 * PAM_SUCCESS or PAM_ABORT. */
int dispatch_refresh(pam_handle_t *pamh);

/* Walk the chain of a call, or go on where it said PAM_INCOMPLETE. The code of
 * the chain; PAM_ABORT when another call waits to be made again. */
int dispatch(pam_handle_t *pamh, enum call call, int flags);

/* Call one entry of a session call's chain by itself; what it answered is in
 * *step, and judged by nobody. instance_prepare has to come first. */
void dispatch_one(pam_handle_t *pamh, enum call call, size_t entry, int flags,
    struct step *step);

#endif
