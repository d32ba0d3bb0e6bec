/* SPDX-License-Identifier: BSD-2-Clause */
/* The modules that this process has opened to stay. Modules are added and never
 * changed or removed: what is found may be used for ever. Private to libpam/. */
#ifndef LIBPAM_KEPT_H
#define LIBPAM_KEPT_H

#include "libpam/load.h"

/* The one for this very file, or NULL. */
struct module *kept_find(const char *path, const struct file_id *id);

/* The newest one that was opened under this path, whatever the file was then;
 * with an object, only if it is that object. NULL without any. */
struct module *kept_older(const char *path, const void *object);

/* How many were opened under this path. */
size_t kept_count(const char *path);

/* Keep it, and be its owner, unless another thread was faster: then it is
 * dropped, and the other one is returned. */
struct module *kept_add(struct module *m);

#endif
