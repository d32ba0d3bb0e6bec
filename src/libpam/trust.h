/* SPDX-License-Identifier: BSD-2-Clause */
/* Whose policy and module files are believed (W-15). Private to libpam/. */
#ifndef LIBPAM_TRUST_H
#define LIBPAM_TRUST_H

struct conf;

/* Whether the open file may be believed; what speaks against it is logged.
 * 0, -EPERM, or another -errno. */
int trust_file(const struct conf *conf, const char *path, int fd);

#endif
