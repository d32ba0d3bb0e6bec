/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/kept.h"

#include <string.h>

#include "libpam/lock.h"

/* Newest first; only the head ever changes, and that under the lock. */
static struct module *kept;

static struct module *
first(void)
{
	struct module *m;

	if (!lock_take())
		return NULL;
	m = kept;
	lock_give();
	return m;
}

static struct module *
find_from(struct module *m, const char *path, const struct file_id *id)
{
	for (; m; m = m->next) {
		if (file_id_same(&m->id, id) && strcmp(m->path, path) == 0)
			return m;
	}
	return NULL;
}

struct module *
kept_find(const char *path, const struct file_id *id)
{
	return find_from(first(), path, id);
}

struct module *
kept_older(const char *path, const void *object)
{
	for (struct module *m = first(); m; m = m->next) {
		if ((!object || m->object == object) &&
		    strcmp(m->path, path) == 0)
			return m;
	}
	return NULL;
}

size_t
kept_count(const char *path)
{
	size_t n = 0;

	for (const struct module *m = first(); m; m = m->next)
		n += strcmp(m->path, path) == 0;
	return n;
}

struct module *
kept_add(struct module *m)
{
	struct module *other;

	/* A forked child without the lock: its own, and lost at its end. */
	if (!lock_take())
		return m;
	other = find_from(kept, m->path, &m->id);
	if (!other) {
		m->next = kept;
		kept = m;
	}
	lock_give();
	if (!other)
		return m;
	load_drop(m);
	return other;
}
