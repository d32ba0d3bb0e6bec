/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/trees.h"

#include "base/drop.h"
#include "base/text.h"
#include "pamctl/pamctl.h"

int
trees_open(const struct folder *in, struct trees *out)
{
	struct trees t = TREES_NONE;
	int rc = folder_enter(in, "old", &t.old);

	if (rc == 0)
		rc = folder_enter(in, "new", &t.new);
	if (rc)
		trees_close(&t);
	else
		*out = t;
	return rc;
}

static int
make_etc(const struct folder *in, const char *name, struct folder *out)
{
	_drop_(folder_close) struct folder top = FOLDER_NONE;
	const int rc = folder_make(in, name, 0700, &top);

	return rc ? rc : folder_make(&top, ETC, 0755, out);
}

/* What stands in a place now, under the name of the place. */
static int
copy_present(const char *root, const struct place *p, const struct folder *to)
{
	_drop_(folder_close) struct folder etc = FOLDER_NONE,
	    present = FOLDER_NONE;
	int rc;

	if (p->item == ITEM_FOLDER) {
		rc = place_open(root, p, &present);
		return rc || present.fd < 0 ? rc :
		    copy_item(&present, ".", to, p->name, COPY_EXACT);
	}
	rc = folder_open(root, "/" ETC, &etc);
	if (rc || folder_item(&etc, p->name, NULL) == ITEM_NONE)
		return rc;
	return copy_item(&etc, p->name, to, p->name, COPY_EXACT);
}

/* The path of what is to stand in a place. */
static char *
path_in(const struct order *order, const struct place *p)
{
	return order->plain ? text_format(".") :
	    text_format(ETC "/%s", p->name);
}

static bool
is_wanted(const struct order *order, const struct place *p, const char *path)
{
	if (order->plain)
		return p == &places[PLACES - 1];
	return folder_item(&order->from, path, NULL) != ITEM_NONE ||
	    folder_item(&order->beside, path, NULL) != ITEM_NONE;
}

static int
fill_new(const char *root, const struct order *order, const struct place *p,
    const char *path, const struct folder *new)
{
	const enum item item = folder_item(&order->from, path, NULL);
	int rc = 0;

	if (item == ITEM_NONE)
		return 0;
	if (item != p->item && order->how == COPY_SAFE)
		return fail(STATUS_CONFIG, "%s/%s: not a %s",
		    order->from.path, path,
		    p->item == ITEM_FILE ? "file" : "folder");
	if (!order->exact)
		rc = copy_present(root, p, new);
	if (rc == 0)
		rc = copy_over(&order->from, path, new, p->name, order->how);
	return rc;
}

static int
fill(const char *root, const struct order *order, const struct place *p,
    const struct folder *old, const struct folder *new)
{
	_drop_(freep) char *path = path_in(order, p);
	int rc;

	if (!path)
		return fail(STATUS_AGAIN, "out of memory");
	if (!is_wanted(order, p, path))
		return 0;
	rc = copy_present(root, p, old);
	return rc ? rc : fill_new(root, order, p, path, new);
}

static int
fill_all(const char *root, const struct order *order, const struct folder *in)
{
	_drop_(folder_close) struct folder old = FOLDER_NONE,
	    new = FOLDER_NONE;
	int rc = make_etc(in, "old", &old);

	if (rc == 0)
		rc = make_etc(in, "new", &new);
	for (size_t i = 0; i < PLACES && rc == 0; i++)
		rc = fill(root, order, &places[i], &old, &new);
	return rc ? rc : folder_sync(in);
}

int
trees_make(const char *root, const struct order *order,
    const struct folder *in, struct trees *out)
{
	const int rc = fill_all(root, order, in);

	return rc ? rc : trees_open(in, out);
}

void
trees_close(struct trees *t)
{
	folder_close(&t->old);
	folder_close(&t->new);
}
