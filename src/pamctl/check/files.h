/* SPDX-License-Identifier: BSD-2-Clause */
/* Files of the system that is checked: with a root, no path and no link leads
 * out of it. */
#ifndef PAMCTL_CHECK_FILES_H
#define PAMCTL_CHECK_FILES_H

#include <stdbool.h>

/* Open a path of the system below root (NULL: this one) without waiting for it,
 * with further flags as O_PATH. Descriptor or -errno. */
int files_open(const char *root, const char *path, int flags);

/* The path of an open file as this system names it, all links followed; from
 * malloc. NULL when it cannot be told. */
char *files_host_path(int fd);

/* Whether there is such a directory. */
bool files_directory(const char *root, const char *path);

#endif
