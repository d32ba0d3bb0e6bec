/* SPDX-License-Identifier: BSD-2-Clause */
/* The places that an apply fills. */
#ifndef PAMCTL_APPLY_PLACE_H
#define PAMCTL_APPLY_PLACE_H

#include "pamctl/apply/folder.h"

#define PLACES 3
#define ETC "etc"		/* where all of them are */

struct place {
	const char *name;
	enum item item;		/* a file or a folder */
};

extern const struct place places[PLACES];

/* The folder that stands in a place of the system, a link to one followed; not
 * open if there is none. 0, or, with a complaint, the status to exit with. */
int place_open(const char *root, const struct place *p, struct folder *out);

#endif
