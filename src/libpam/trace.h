/* SPDX-License-Identifier: BSD-2-Clause */
/* What happened in a call, for the log. Private to libpam/. */
#ifndef LIBPAM_TRACE_H
#define LIBPAM_TRACE_H

#include "libpam/handle.h"

/* Log who decided a refusal; and for services that usher.conf names in
 * "trace", every step of the trail. */
void trace(const pam_handle_t *pamh, enum call call, int rc);

#endif
