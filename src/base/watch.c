/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/watch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/drop.h"
#include "base/grow.h"

/* Two changes within one tick of a file system's clock leave the same time
 * behind. Most tick with the kernel; where there are no parts of a second, the
 * tick may be two seconds long (FAT). */
#define TICK_NS 20000000
#define COARSE_TICK_S 2

struct file_id
file_id_of(const struct stat *st)
{
	return (struct file_id){ st->st_dev, st->st_ino, st->st_size,
		st->st_mtim, st->st_ctim };
}

static bool
same_time(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

bool
file_id_same_content(const struct file_id *a, const struct file_id *b)
{
	return a->ino == b->ino && a->dev == b->dev && a->size == b->size &&
	    same_time(&a->mtime, &b->mtime);
}

bool
file_id_same(const struct file_id *a, const struct file_id *b)
{
	return file_id_same_content(a, b) && same_time(&a->ctime, &b->ctime);
}

/* A time in the future, by another host's clock, counts as recent too. */
static bool
is_recent(const struct timespec *t)
{
	const time_t coarse = t->tv_nsec ? 0 : COARSE_TICK_S;
	struct timespec now;
	time_t age;

	clock_gettime(CLOCK_REALTIME, &now);
	/* Seconds first: times may be centuries away. */
	if (now.tv_sec < t->tv_sec)
		return true;
	age = now.tv_sec - t->tv_sec;
	if (age > coarse + 1)
		return false;
	return (age - coarse) * 1000000000 + now.tv_nsec - t->tv_nsec <
	    TICK_NS;
}

int
watch_add(struct watch *w, const char *path, const struct stat *st)
{
	struct watched item = { .there = st != NULL };

	if (GROW(w->item, w->count, w->cap) < 0)
		return -ENOMEM;
	item.path = strdup(path);
	if (!item.path)
		return -ENOMEM;
	if (st) {
		item.id = file_id_of(st);
		w->recent |= is_recent(&st->st_ctim);
	}
	w->item[w->count++] = item;
	return 0;
}

static const struct watched *
noted(const struct watch *w, const char *path, size_t len)
{
	for (size_t i = 0; i < w->count; i++) {
		const char *known = w->item[i].path;

		if (strncmp(known, path, len) == 0 && !known[len])
			return &w->item[i];
	}
	return NULL;
}

const struct watched *
watch_folder(struct watch *w, const char *path)
{
	const char *slash = strrchr(path, '/'), *from = slash ? path : ".";
	const size_t len = slash && slash > path ?
	    (size_t)(slash - path) : 1;
	const struct watched *known = noted(w, from, len);
	_drop_(freep) char *folder = NULL;
	struct stat st;
	int rc;

	if (known)
		return known;
	folder = strndup(from, len);
	if (!folder)
		return NULL;
	rc = stat(folder, &st);
	if (watch_add(w, folder, rc == 0 ? &st : NULL) < 0)
		return NULL;
	return &w->item[w->count - 1];
}

static bool
holds(const struct watched *item)
{
	struct file_id id;
	struct stat st;

	if (stat(item->path, &st) < 0)
		return !item->there && (errno == ENOENT || errno == ENOTDIR);
	id = file_id_of(&st);
	return item->there && file_id_same(&id, &item->id);
}

bool
watch_holds(const struct watch *w)
{
	for (size_t i = 0; i < w->count; i++) {
		if (!holds(&w->item[i]))
			return false;
	}
	return true;
}

void
watch_free(struct watch *w)
{
	for (size_t i = 0; i < w->count; i++)
		free(w->item[i].path);
	free(w->item);
	memset(w, 0, sizeof *w);
}
