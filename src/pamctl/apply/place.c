/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/place.h"

#include <stdlib.h>

#include "base/drop.h"
#include "base/text.h"
#include "pamctl/pamctl.h"

/* pam.d comes last: whatever its policies name is there by then. */
const struct place places[PLACES] = {
	{ "security", ITEM_FOLDER },
	{ "pam.conf", ITEM_FILE },
	{ "pam.d", ITEM_FOLDER },
};

int
place_open(const char *root, const struct place *p, struct folder *out)
{
	_drop_(folder_close) struct folder etc = FOLDER_NONE;
	_drop_(freep) char *path = text_format("/" ETC "/%s", p->name);
	int rc = path ? folder_open(root, "/" ETC, &etc) :
	    fail(STATUS_AGAIN, "out of memory");

	*out = FOLDER_NONE;
	if (rc || folder_item(&etc, p->name, NULL) == ITEM_NONE)
		return rc;
	return folder_open(root, path, out);
}
