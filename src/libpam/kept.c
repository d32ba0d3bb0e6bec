/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/kept.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "libpam/lock.h"

struct number {
	struct number *next;
	struct file_id id;
	unsigned value;
	char path[];
};

/* Newest first; only the head ever changes, and that under the lock. Who only
 * looks needs none, nor the call of the kernel that it costs. */
static struct module *_Atomic kept;

static struct number *numbers;	/* touched under the lock only */
static atomic_uint last_number;

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
	return find_from(kept, path, id);
}

struct module *
kept_older(const char *path)
{
	for (struct module *m = kept; m; m = m->next) {
		if (strcmp(m->path, path) == 0)
			return m;
	}
	return NULL;
}

static struct module *
same_as(const struct module *m)
{
	struct module *other = find_from(kept, m->path, &m->id);

	for (struct module *k = kept; k && !other; k = k->next) {
		/* With another ctime alone it is itself, and kept twice. */
		if (k->object == m->object &&
		    !file_id_same_content(&k->id, &m->id))
			other = k;
	}
	return other;
}

struct module *
kept_add(struct module *m)
{
	struct module *other;

	m->adrift = !lock_take();
	if (m->adrift)
		return m;
	other = same_as(m);
	if (!other) {
		m->next = kept;
		kept = m;
	}
	lock_give();
	if (!other)
		return m;
	module_drop(m);
	return other;
}

static struct number *
number_of(const char *path, const struct file_id *id)
{
	for (struct number *n = numbers; n; n = n->next) {
		if (file_id_same(&n->id, id) && strcmp(n->path, path) == 0)
			return n;
	}
	return NULL;
}

static struct number *
number_new(const char *path, const struct file_id *id)
{
	struct number *n = malloc(sizeof *n + strlen(path) + 1);

	if (!n)
		return NULL;
	n->id = *id;
	n->value = atomic_fetch_add(&last_number, 1);
	strcpy(n->path, path);
	return n;
}

unsigned
kept_number(const char *path, const struct file_id *id)
{
	_drop_(freep) struct number *fresh = number_new(path, id);
	struct number *n;
	unsigned value;

	/* A number that nobody will find again is as good, only longer. */
	if (!fresh || !lock_take())
		return atomic_fetch_add(&last_number, 1);
	n = number_of(path, id);
	if (!n) {
		fresh->next = numbers;
		numbers = fresh;
		n = TAKE(fresh);
	}
	value = n->value;
	lock_give();
	return value;
}

void
kept_spoil_number(const char *path, const struct file_id *id)
{
	struct number *n;

	if (!lock_take())
		return;
	n = number_of(path, id);
	if (n)
		n->value = atomic_fetch_add(&last_number, 1);
	lock_give();
}

/* When the library itself is unloaded: with it goes the need to tell files
 * apart. What is kept cannot be left behind, as it needs the library. */
static void __attribute__((destructor))
kept_end(void)
{
	/* Most programs that link the library have never used it. */
	if (!atomic_load(&last_number) || !lock_take())
		return;
	while (numbers) {
		struct number *next = numbers->next;

		free(numbers);
		numbers = next;
	}
	lock_give();
}
