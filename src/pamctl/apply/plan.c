/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/plan.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statfs.h>

#include "base/drop.h"
#include "base/text.h"
#include "pamctl/pamctl.h"

/* Two trees at one path, and the steps so far. */
struct pair {
	const struct folder *old, *new;	/* perhaps not open */
	const struct folder *present;	/* the system's, the same */
	const char *path;		/* below the system's root */
	struct journal *j;
};

static bool
is_mount(const struct folder *in, const char *name)
{
	struct statx st;

	return in->fd >= 0 && statx(in->fd, name, AT_SYMLINK_NOFOLLOW |
	    AT_NO_AUTOMOUNT, 0, &st) == 0 &&
	    st.stx_attributes & STATX_ATTR_MOUNT_ROOT;
}

/* A folder of a lower layer cannot be moved, and which are is not told. */
static bool
is_overlay(const struct folder *in, const char *name)
{
	_drop_(closep) int fd = openat(in->fd, name, O_RDONLY | O_CLOEXEC |
	    O_NOFOLLOW | O_DIRECTORY);
	struct statfs fs;

	return fd >= 0 && fstatfs(fd, &fs) == 0 &&
	    fs.f_type == OVERLAYFS_SUPER_MAGIC;
}

static bool
is_link(const struct folder *in, const char *name)
{
	return folder_item(in, name, NULL) == ITEM_LINK;
}

static const struct {
	bool (*is)(const struct folder *in, const char *name);
	const char *words;
} obstacles[] = {
	{ is_link, "a symbolic link" },
	{ is_mount, "a mount point" },
	{ is_overlay, "in an overlay" },
};

/* Why a folder cannot change place as a whole; NULL: it can. */
static const char *
obstacle(const struct folder *in, const char *name)
{
	for (size_t i = 0; i < COUNT(obstacles); i++) {
		if (obstacles[i].is(in, name))
			return obstacles[i].words;
	}
	return NULL;
}

static int
add_step(const struct pair *p, const char *name)
{
	struct step *s;

	if (is_mount(p->present, name))
		return fail(STATUS_CONFIG, "%s/%s: a mount point; it cannot "
		    "be replaced", p->path, name);
	if (journal_add(p->j, p->path, name) < 0)
		return fail(STATUS_AGAIN, "out of memory");
	s = &p->j->step[p->j->count - 1];
	s->old = folder_item(p->old, name, NULL) != ITEM_NONE;
	s->new = folder_item(p->new, name, NULL) != ITEM_NONE;
	return 0;
}

static bool
both_are_folders(const struct pair *p, const char *name)
{
	return folder_item(p->old, name, NULL) == ITEM_FOLDER &&
	    folder_item(p->new, name, NULL) == ITEM_FOLDER;
}

struct inner {
	struct folder old, new, present;
	char *path;
};

static void
inner_close(struct inner *i)
{
	folder_close(&i->old);
	folder_close(&i->new);
	folder_close(&i->present);
	free(i->path);
}

/* A folder that both trees have; the system's is opened by the caller if there
 * is no simple way to it. */
static int
inner_open(const struct pair *p, const char *name, bool present,
    struct inner *out)
{
	int rc;

	*out = (struct inner){ FOLDER_NONE, FOLDER_NONE, FOLDER_NONE,
		text_format("%s/%s", p->path, name) };
	rc = out->path ? folder_enter(p->old, name, &out->old) :
	    fail(STATUS_AGAIN, "out of memory");
	if (rc == 0)
		rc = folder_enter(p->new, name, &out->new);
	if (rc == 0 && present)
		rc = folder_enter(p->present, name, &out->present);
	return rc;
}

static struct pair
inner_pair(const struct inner *i, struct journal *j)
{
	return (struct pair){ &i->old, &i->new, &i->present, i->path, j };
}

static int
add_steps(const struct pair *p)
{
	_drop_(names_free) struct names names = { 0 };
	int rc = folder_union(p->old, p->new, &names);

	for (size_t i = 0; i < names.count && rc == 0; i++) {
		_drop_(inner_close) struct inner inner = { FOLDER_NONE,
			FOLDER_NONE, FOLDER_NONE, NULL };
		const char *name = names.name[i];
		const bool deeper = both_are_folders(p, name);
		struct pair next;
		bool same;

		rc = same_item(p->old, name, p->new, name, &same);
		if (rc || same)
			continue;
		rc = deeper ? inner_open(p, name, true, &inner) :
		    add_step(p, name);
		next = inner_pair(&inner, p->j);
		if (rc == 0 && deeper)
			rc = add_steps(&next);
	}
	return rc;
}

/* The folder of a place, file by file. */
static int
plan_files(const char *root, const struct place *place, const struct pair *p)
{
	_drop_(inner_close) struct inner inner;
	struct pair next;
	int rc = inner_open(p, place->name, false, &inner);

	if (rc == 0)
		rc = place_open(root, place, &inner.present);
	next = inner_pair(&inner, p->j);
	return rc ? rc : add_steps(&next);
}

/* Said before anything is done. */
static void
announce(const struct place *place, const char *why, const struct journal *j,
    size_t from)
{
	if (!why) {
		printf("/" ETC "/%s: at once\n", place->name);
		return;
	}
	printf("/" ETC "/%s: file by file, for it is %s\n", place->name, why);
	for (; from < j->count; from++) {
		fputs("  ", stdout);
		put(stdout, j->step[from].parent);
		putchar('/');
		put(stdout, j->step[from].name);
		putchar('\n');
	}
}

static int
plan_place(const char *root, const struct place *place, const struct pair *p)
{
	const size_t before = p->j->count;
	const char *why = NULL;
	bool same;
	int rc = same_item(p->old, place->name, p->new, place->name, &same);

	if (rc || same)
		return rc;
	if (both_are_folders(p, place->name))
		why = obstacle(p->present, place->name);
	rc = why ? plan_files(root, place, p) : add_step(p, place->name);
	if (rc == 0)
		announce(place, why, p->j, before);
	return rc;
}

int
plan(const char *root, const struct trees *t, struct journal *j)
{
	_drop_(folder_close) struct folder old = FOLDER_NONE,
	    new = FOLDER_NONE, present = FOLDER_NONE;
	const struct pair p = { &old, &new, &present, "/" ETC, j };
	int rc = folder_enter(&t->old, ETC, &old);

	if (rc == 0)
		rc = folder_enter(&t->new, ETC, &new);
	if (rc == 0)
		rc = folder_open(root, "/" ETC, &present);
	for (size_t i = 0; i < PLACES && rc == 0; i++)
		rc = plan_place(root, &places[i], &p);
	return rc;
}
