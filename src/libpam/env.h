/* SPDX-License-Identifier: BSD-2-Clause */
/* The PAM environment of a handle. Private to libpam/. */
#ifndef LIBPAM_ENV_H
#define LIBPAM_ENV_H

#include <security/_pam_types.h>

/* The variable that tells who runs in a session which it is: output only. */
#define ENV_SESSION "USHER_SESSION_ID"

/* Set it; nobody else can. PAM_SUCCESS or PAM_BUF_ERR. */
int env_set_session(pam_handle_t *pamh, const char *id);

/* Wipe and free all variables. */
void env_free(pam_handle_t *pamh);

#endif
