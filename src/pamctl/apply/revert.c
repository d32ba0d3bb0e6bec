/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/revert.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/text.h"
#include "pamctl/apply/trees.h"
#include "pamctl/apply/label.h"
#include "pamctl/pamctl.h"

/* The same folder three times; one that is not open is not there. */
struct level {
	struct folder old, new, present;
};

#define LEVEL_NONE ((struct level){ FOLDER_NONE, FOLDER_NONE, FOLDER_NONE })

static void
level_close(struct level *l)
{
	folder_close(&l->old);
	folder_close(&l->new);
	folder_close(&l->present);
}

static void
spare(const struct level *l, const char *name, unsigned *spared)
{
	put(stdout, l->present.path);
	putchar('/');
	put(stdout, name);
	puts(": changed since; left as it is");
	++*spared;
}

static int
put_back(const struct level *l, const char *name)
{
	_drop_(freep) char *beside = text_format(".%s.usher", name);
	int rc;

	if (!beside)
		return fail(STATUS_AGAIN, "out of memory");
	if (folder_item(&l->old, name, NULL) == ITEM_NONE)
		return remove_item(&l->present, name);
	rc = copy_over(&l->old, name, &l->present, beside, COPY_EXACT);
	if (rc == 0)
		rc = label_like(&l->present, name, beside);
	if (rc == 0)
		rc = folder_sync(&l->present);
	/* Of two kinds that rename does not let replace one another. */
	if (rc == 0 && folder_item(&l->present, name, NULL) !=
	    folder_item(&l->present, beside, NULL))
		rc = remove_item(&l->present, name);
	if (rc)
		return rc;
	if (renameat(l->present.fd, beside, l->present.fd, name) < 0)
		return folder_complain(&l->present, name, -errno);
	return 0;
}

/* A single file or link. */
static int
revert_leaf(const struct level *l, const char *name, unsigned *spared)
{
	bool is_new, is_old;
	int rc = same_item(&l->present, name, &l->new, name, &is_new);

	if (rc == 0)
		rc = same_item(&l->present, name, &l->old, name, &is_old);
	if (rc || is_old)
		return rc;
	if (is_new)
		return put_back(l, name);
	spare(l, name, spared);
	return 0;
}

static int
enter(const struct folder *in, const char *name, struct folder *out)
{
	return folder_item(in, name, NULL) == ITEM_FOLDER ?
	    folder_enter(in, name, out) : 0;
}

/* One that only the old tree has is made again, with the rights that it had. */
static int
enter_present(const struct level *l, const char *name, struct folder *out)
{
	struct stat st;

	if (folder_item(&l->present, name, NULL) == ITEM_NONE &&
	    folder_item(&l->old, name, &st) == ITEM_FOLDER)
		return folder_make(&l->present, name, st.st_mode & 07777, out);
	return enter(&l->present, name, out);
}

static bool
is_folder_or_none(const struct folder *in, const char *name)
{
	const enum item item = folder_item(in, name, NULL);

	return item == ITEM_FOLDER || item == ITEM_NONE;
}

static bool
is_deeper(const struct level *l, const char *name)
{
	return is_folder_or_none(&l->old, name) &&
	    is_folder_or_none(&l->new, name) &&
	    is_folder_or_none(&l->present, name);
}

/* A folder that only the new tree has goes, unless somebody put more in it. */
static int
drop_empty(const struct level *l, const char *name)
{
	if (folder_item(&l->old, name, NULL) != ITEM_NONE ||
	    unlinkat(l->present.fd, name, AT_REMOVEDIR) == 0 ||
	    errno == ENOTEMPTY || errno == ENOENT)
		return 0;
	return folder_complain(&l->present, name, -errno);
}

/* The folder below three, wherever there is one. */
static int
enter_all(const struct level *l, const char *name, struct level *out)
{
	int rc = enter(&l->old, name, &out->old);

	if (rc == 0)
		rc = enter(&l->new, name, &out->new);
	return rc ? rc : enter_present(l, name, &out->present);
}

static int
revert_level(const struct level *l, unsigned *spared)
{
	_drop_(names_free) struct names names = { 0 };
	int rc = folder_union(&l->old, &l->new, &names);

	for (size_t i = 0; i < names.count && rc == 0; i++) {
		_drop_(level_close) struct level next = LEVEL_NONE;
		const char *name = names.name[i];
		bool same;

		rc = same_item(&l->old, name, &l->new, name, &same);
		if (rc || same)
			continue;
		if (!is_deeper(l, name)) {
			rc = revert_leaf(l, name, spared);
			continue;
		}
		rc = enter_all(l, name, &next);
		if (rc == 0 && next.present.fd >= 0)
			rc = revert_level(&next, spared);
		if (rc == 0)
			rc = drop_empty(l, name);
	}
	return rc;
}

/* The top: a link in the place of a folder is followed. */
static int
revert_place(const char *root, const struct place *p, const struct level *etc,
    unsigned *spared)
{
	_drop_(level_close) struct level l = LEVEL_NONE;
	bool same;
	int rc = same_item(&etc->old, p->name, &etc->new, p->name, &same);

	if (rc || same)
		return rc;
	if (p->item == ITEM_FILE)
		return revert_leaf(etc, p->name, spared);
	rc = enter(&etc->old, p->name, &l.old);
	if (rc == 0)
		rc = enter(&etc->new, p->name, &l.new);
	if (rc == 0)
		rc = place_open(root, p, &l.present);
	if (rc == 0 && l.present.fd < 0)
		rc = enter_present(etc, p->name, &l.present);
	if (rc == 0 && l.present.fd >= 0)
		rc = revert_level(&l, spared);
	return rc ? rc : drop_empty(etc, p->name);
}

int
revert(const char *root, const struct trees *t, unsigned *spared)
{
	_drop_(level_close) struct level etc = LEVEL_NONE;
	int rc = folder_enter(&t->old, ETC, &etc.old);

	*spared = 0;
	if (rc == 0)
		rc = folder_enter(&t->new, ETC, &etc.new);
	if (rc == 0)
		rc = folder_open(root, "/" ETC, &etc.present);
	for (size_t i = 0; i < PLACES && rc == 0; i++)
		rc = revert_place(root, &places[i], &etc, spared);
	return rc ? rc : folder_sync(&etc.present);
}
