/* SPDX-License-Identifier: BSD-2-Clause */
/* The conversation with the user, one message at a time. Private to libpam/. */
#ifndef LIBPAM_CONV_H
#define LIBPAM_CONV_H

#include <stdbool.h>

#include <security/_pam_types.h>

/* Send one message; *reply, when given, becomes the answer (may be NULL even
 * on success, may be set on failure), the caller's to wipe and free; without
 * it the answer is wiped. *none tells, when given, that not even an array of
 * answers came back. The conversation's own code; PAM_SYSTEM_ERR without a
 * conversation (P-5). */
int converse(pam_handle_t *pamh, int style, const char *text, char **reply,
    bool *none);

#endif
