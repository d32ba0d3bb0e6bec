/* SPDX-License-Identifier: BSD-2-Clause */
/* A folder that is open, with its name for people. What goes wrong in one is
 * complained of here, with the path and the reason. */
#ifndef PAMCTL_APPLY_FOLDER_H
#define PAMCTL_APPLY_FOLDER_H

#include <stdbool.h>
#include <sys/stat.h>

#include "pamctl/policies/names.h"

struct folder {
	int fd;
	char *path;
};

#define FOLDER_NONE ((struct folder){ -1, NULL })

/* What stands under a name; a link is itself. */
enum item {
	ITEM_NONE,
	ITEM_FILE,
	ITEM_LINK,
	ITEM_FOLDER,
	ITEM_OTHER,		/* nothing that can be copied */
};

/* A complaint about a name in a folder (NULL: the folder itself); the status to
 * exit with. err is -errno. */
int folder_complain(const struct folder *in, const char *name, int err);

/* All of these: 0 with *out, to be closed; or, with a complaint, the status to
 * exit with. */

/* The folder at a path of the system below root (NULL: this one). */
int folder_open(const char *root, const char *path, struct folder *out);

/* A folder in a folder; no link is followed. */
int folder_enter(const struct folder *in, const char *name,
    struct folder *out);

/* The same, made with this mode if it is not there. */
int folder_make(const struct folder *in, const char *name, mode_t mode,
    struct folder *out);

/* Every name in it, sorted; with any to be freed. */
int folder_names(const struct folder *in, struct names *out);

/* The same for two; one that is not open has none. */
int folder_union(const struct folder *a, const struct folder *b,
    struct names *out);

/* Everything in its file system is on disk. */
int folder_sync(const struct folder *in);

/* What stands there; *st, when given, is filled. A folder that is not open has
 * nothing. */
enum item folder_item(const struct folder *in, const char *name,
    struct stat *st);

/* All of a file, from malloc. */
int folder_read(const struct folder *in, const char *name, char **text,
    size_t *len);

void folder_close(struct folder *f);

#endif
