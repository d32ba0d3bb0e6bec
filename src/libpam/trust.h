/* SPDX-License-Identifier: BSD-2-Clause */
/* Whose policy and module files are believed (W-15). Private to libpam/. */
#ifndef LIBPAM_TRUST_H
#define LIBPAM_TRUST_H

#include <stdbool.h>

struct conf;
struct stat;

/* Whether a file is not to be believed. */
bool trust_refuses(const struct conf *conf, const struct stat *st);

/* The same, and what speaks against the file is logged. 0 or -EPERM. */
int trust_file(const struct conf *conf, const char *path,
    const struct stat *st);

#endif
