/* SPDX-License-Identifier: BSD-2-Clause */
/* The files that policies name as modules. Each is looked at once. */
#ifndef PAMCTL_CHECK_MODULE_FILE_H
#define PAMCTL_CHECK_MODULE_FILE_H

#include "modkit/note.h"
#include "pamctl/check/object.h"

enum module_state {
	MODULE_GOOD,
	MODULE_ABSENT,
	MODULE_UNREADABLE,	/* whatever is in it */
	MODULE_BROKEN,		/* nobody can load it */
	MODULE_FOREIGN,		/* for another kind of machine */
};

struct module_file {
	enum module_state state;
	char *path;		/* where it is; NULL when it is absent */
	char *host_path;	/* the same, for this system; NULL: not known */
	const char *why;	/* what is wrong with it, in words */
	struct object object;	/* of a good one */
	bool described;		/* it has a note of ours */
	struct note note;
	char *image;
};

struct shelf;

/* Look for modules below root, in these directories (by colons; NULL: where
 * systems have them). NULL: no memory. */
struct shelf *shelf_new(const char *root, const char *directories);

/* The file that a policy means by this name, the shelf's. NULL: no memory. */
const struct module_file *shelf_find(struct shelf *shelf, const char *module);

/* Whether a good module has a function, as far as can be told. */
bool module_serves(const struct module_file *file, enum function function);

/* Whether any module was found so far. */
bool shelf_has_any(const struct shelf *shelf);

void shelf_free(struct shelf *shelf);

#endif
