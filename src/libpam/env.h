/* SPDX-License-Identifier: BSD-2-Clause */
/* The PAM environment of a handle. Private to libpam/. */
#ifndef LIBPAM_ENV_H
#define LIBPAM_ENV_H

#include <security/_pam_types.h>

/* Wipe and free all variables. */
void env_free(pam_handle_t *pamh);

#endif
