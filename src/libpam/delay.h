/* SPDX-License-Identifier: BSD-2-Clause */
/* The delay after a failure (core rules F). Private to libpam/. */
#ifndef LIBPAM_DELAY_H
#define LIBPAM_DELAY_H

#include <security/_pam_types.h>

/* A call begins. */
void delay_begin(pam_handle_t *pamh);

/* The user answered a prompt. */
void delay_answered(pam_handle_t *pamh);

/* A call with a delay ends with rc: wait, or let the application (F-5). */
void delay_end(pam_handle_t *pamh, int rc);

#endif
