/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/cache.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/drop.h"
#include "libpam/lock.h"
#include "libpam/plan.h"
#include "policy/tree.h"

#define PLACES 64		/* services that one process asks for */

struct place_for {
	struct cache_key key;
	char *service;		/* the key's, owned */
	struct plan *plan;	/* NULL: nothing is kept here */
};

/* The one thing in the library that outlives a handle, beside the modules. */
static struct place_for places[PLACES];
static size_t next_place;	/* who goes when all are taken */

struct cache_key
cache_key_of(const char *confdir, const char *service)
{
	struct policy_tree tree;
	struct stat st;

	if (confdir)
		tree_confdir(&tree, confdir);
	else
		tree_system(&tree);
	if (!tree_directory(&tree, &st))
		memset(&st, 0, sizeof st);
	return (struct cache_key){ st.st_dev, st.st_ino, !confdir, service };
}

static bool
same_key(const struct cache_key *a, const struct cache_key *b)
{
	return a->ino == b->ino && a->dev == b->dev &&
	    a->system == b->system && strcmp(a->service, b->service) == 0;
}

static struct place_for *
find(const struct cache_key *key)
{
	for (size_t i = 0; i < PLACES; i++) {
		if (places[i].plan && same_key(&places[i].key, key))
			return &places[i];
	}
	return NULL;
}

static struct place_for *
free_place(void)
{
	for (size_t i = 0; i < PLACES; i++) {
		if (!places[i].plan)
			return &places[i];
	}
	return &places[next_place++ % PLACES];
}

struct plan *
cache_get(const struct cache_key *key)
{
	struct place_for *place;
	struct plan *plan = NULL;

	if (!lock_take())
		return NULL;
	place = find(key);
	if (place) {
		plan = place->plan;
		atomic_fetch_add(&plan->refs, 1);
	}
	lock_give();
	return plan;
}

/* Freeing is work, and not done under the lock. */
static void
place_clear(struct place_for *old)
{
	free(old->service);
	plan_give(old->plan);
}

void
cache_put(const struct cache_key *key, struct plan *plan)
{
	_drop_(place_clear) struct place_for old = { 0 };
	_drop_(freep) char *service = strdup(key->service);
	struct place_for *place;

	if (!service || !lock_take())
		return;
	place = find(key);
	if (!place)
		place = free_place();
	old = *place;
	atomic_fetch_add(&plan->refs, 1);
	place->key = *key;
	place->key.service = service;
	place->service = TAKE(service);
	place->plan = plan;
	lock_give();
}

/* When the library itself is unloaded, or the process ends. A handle that is
 * ended even later keeps its plan by its own reference. */
static void __attribute__((destructor))
cache_end(void)
{
	for (size_t i = 0; i < PLACES; i++) {
		struct place_for old;

		if (!lock_take())
			return;
		old = places[i];
		memset(&places[i], 0, sizeof places[i]);
		lock_give();
		place_clear(&old);
	}
}
