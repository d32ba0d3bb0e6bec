/* SPDX-License-Identifier: BSD-2-Clause */
/* What the event log is told of a handle's calls. Private to libpam/. */
#ifndef LIBPAM_EVENTS_H
#define LIBPAM_EVENTS_H

#include "libpam/handle.h"

struct plan;

/* A call has ended with rc. 0; -errno: the log cannot be written; -ECANCELED:
 * it is not to be told of this. traced: with the whole trail. */
int events_call(pam_handle_t *pamh, enum call call, int rc, bool traced);

/* The policy of the handle's service cannot be used: its transaction does not
 * begin, or not go on. */
void events_unusable(pam_handle_t *pamh, const struct plan *plan);

/* An opening was undone; the trail is of the closes. */
void events_rollback(pam_handle_t *pamh, const struct trail *trail, int rc);

#endif
