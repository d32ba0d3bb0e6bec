/* SPDX-License-Identifier: BSD-2-Clause */
/* The modules that this process has opened to stay. Modules are added and never
 * changed or removed: what is found may be used for ever. Private to libpam/. */
#ifndef LIBPAM_KEPT_H
#define LIBPAM_KEPT_H

#include "libpam/module.h"

/* The one for this very file, or NULL. */
struct module *kept_find(const char *path, const struct file_id *id);

/* The newest one that was opened under this path, whatever the file was then;
 * NULL without any. */
struct module *kept_older(const char *path);

/* Keep it, unless the same object is kept already, by another thread's hand,
 * under another name, or from when its file was another: then it is dropped.
 * What is kept now; or m itself, adrift, when nothing can be. */
struct module *kept_add(struct module *m);

/* A number that this file under this path has for itself in the process: the
 * same as long as it is this file. */
unsigned kept_number(const char *path, const struct file_id *id);

/* What was opened under that number may have been another file. */
void kept_spoil_number(const char *path, const struct file_id *id);

#endif
