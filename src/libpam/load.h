/* SPDX-License-Identifier: BSD-2-Clause */
/* Module files: the only part of the library that calls dlopen. Private to
 * libpam/. */
#ifndef LIBPAM_LOAD_H
#define LIBPAM_LOAD_H

#include <security/_pam_types.h>

struct entry;

typedef int module_fn(pam_handle_t *pamh, int flags, int argc,
    const char **argv);

/* A module file that was looked for. */
struct module {
	struct module *next;
	char *path;		/* as the policy writes it */
	void *object;		/* NULL: not to be had */
};

/* The module of an entry, opened once for each path in *list. What goes wrong
 * is logged, unless the entry is quiet (M-7). NULL only without memory. */
struct module *load_module(const pam_handle_t *pamh, struct module **list,
    const struct entry *e);

/* Its function of this name, or NULL, which is logged (M-6). */
module_fn *load_function(const pam_handle_t *pamh, const struct module *m,
    const char *symbol, const struct entry *e);

/* Close the objects, first opened first (S-10), and free the list. */
void load_end(struct module *list);

#endif
