/* SPDX-License-Identifier: BSD-2-Clause */
/* What modules keep in a handle. Private to libpam/. */
#ifndef LIBPAM_DATA_H
#define LIBPAM_DATA_H

#include <security/_pam_types.h>

/* Call the cleanup functions, newest name first (D-6), and free the rest. */
void data_end(pam_handle_t *pamh, int status);

#endif
