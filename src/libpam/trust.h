/* SPDX-License-Identifier: BSD-2-Clause */
/* Whose policy and module files are believed (W-15). Private to libpam/. */
#ifndef LIBPAM_TRUST_H
#define LIBPAM_TRUST_H

#include <security/_pam_types.h>

/* Whether the open file may be believed; what speaks against it is logged.
 * 0, -EPERM, or another -errno. */
int trust_file(const pam_handle_t *pamh, const char *path, int fd);

#endif
