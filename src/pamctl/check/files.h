/* SPDX-License-Identifier: BSD-2-Clause */
/* Files of the system that is checked: with a root, no path and no link leads
 * out of it. */
#ifndef PAMCTL_CHECK_FILES_H
#define PAMCTL_CHECK_FILES_H

#include <stdbool.h>

#include "pamctl/policies/services.h"

/* Open a path of the system below root (NULL: this one) without waiting for it,
 * with further flags as O_PATH. Descriptor or -errno. */
int files_open(const char *root, const char *path, int flags);

/* The same of a file in /etc/security, as it will be if the options have a view
 * of it. */
int files_open_view(const struct options *o, const char *path, int flags);

/* The files that a path stands for whose last part may be a pattern, in their
 * order: whether there is one without a pattern is not asked. 0 with *out, to be
 * freed, or -ENOMEM. */
int files_match(const struct options *o, const char *pattern,
    struct names *out);

/* The path of an open file as this system names it, all links followed; from
 * malloc. NULL when it cannot be told. */
char *files_host_path(int fd);

/* Whether there is such a directory. */
bool files_directory(const char *root, const char *path);

#endif
