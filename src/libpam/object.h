/* SPDX-License-Identifier: BSD-2-Clause */
/* What has to be known of a shared object before the loader may map it.
 * Private to libpam/. */
#ifndef LIBPAM_OBJECT_H
#define LIBPAM_OBJECT_H

#include <stdbool.h>
#include <sys/types.h>

/* Whether all that the loader will map lies within the file. It does not look,
 * and dies of SIGBUS in a module that is only half copied. */
bool object_is_whole(int fd, off_t size);

#endif
