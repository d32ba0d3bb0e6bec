/* SPDX-License-Identifier: BSD-2-Clause */
/* What happened in a call, for the log. Private to libpam/. */
#ifndef LIBPAM_TRACE_H
#define LIBPAM_TRACE_H

#include "libpam/handle.h"

/* Tell the event log of a call; and the system log who decided a refusal. For
 * services that usher.conf names in "trace" every step of the trail is told, to
 * the system log if there is no event log. */
void trace(pam_handle_t *pamh, enum call call, int rc);

#endif
