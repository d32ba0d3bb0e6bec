/* SPDX-License-Identifier: BSD-2-Clause */
/* A module in memory: its file, opened, and its functions. Only this part of
 * the library calls dlopen. Private to libpam/. */
#ifndef LIBPAM_MODULE_H
#define LIBPAM_MODULE_H

#include <security/_pam_types.h>

#include "base/watch.h"
#include "libpam/call.h"

typedef int module_fn(pam_handle_t *pamh, int flags, int argc,
    const char **argv);

struct module {
	struct module *next;
	char *path;		/* of its file */
	struct file_id id;	/* of that file when it was opened */
	void *object;
	module_fn *fn[CALL_COUNT];	/* NULL: it has no such function */
	bool adrift;		/* not the process's: whoever loaded it drops it */
};

/* One that is not open yet; NULL without memory. */
struct module *module_new(const char *path, const struct file_id *id);

/* Open it, and look its functions up. The number is the one that its path and
 * id have among all that the process opens. -ENOMEM, -EMFILE or -ENFILE when
 * this process cannot load anything at the moment; another -errno. Where the
 * loader has refused, *why is its complaint, for the caller to free. */
int module_open(struct module *m, unsigned number, char **why);

/* Whether the path still leads to the file that it was made for. */
bool module_unchanged(const struct module *m);

/* Close and free one that nobody keeps, or NULL. */
void module_drop(struct module *m);

#endif
