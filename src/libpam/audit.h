/* SPDX-License-Identifier: BSD-2-Clause */
/* The audit records of a handle (core rules AU). Private to libpam/. */
#ifndef LIBPAM_AUDIT_H
#define LIBPAM_AUDIT_H

#include "libpam/handle.h"

/* Make sure that a record can be written. PAM_SUCCESS or PAM_SYSTEM_ERR. */
int audit_begin(const pam_handle_t *pamh, struct audit *a);

/* Write the record of a call that ends with rc, and close. The result for the
 * application: rc, or PAM_SYSTEM_ERR when the record failed (AU-4). */
int audit_finish(pam_handle_t *pamh, struct audit *a, enum call call, int flags,
    int rc);

/* Close the socket of a call that will never finish. */
void audit_abandon(struct audit *a);

/* AU-5: a transaction ends that never asked for anything. */
void audit_end(pam_handle_t *pamh);

#endif
