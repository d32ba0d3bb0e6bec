/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/cache.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/drop.h"
#include "libpam/lock.h"
#include "libpam/log.h"
#include "libpam/plan.h"
#include "policy/tree.h"

#define PLACES 64		/* services that one process asks for */

/* For whom a plan was made. The directory by its number: after chroot(2), or in
 * another mount namespace, the same path is another policy. */
struct key {
	dev_t dev;
	ino_t ino;
	bool system;		/* not a confdir */
	const char *service;	/* borrowed */
};

struct place_for {
	struct key key;
	char *service;		/* the key's, owned */
	struct plan *plan;	/* NULL: nothing is kept here */
};

/* The one thing in the library that outlives a handle, beside the modules. */
static struct place_for places[PLACES];
static size_t next_place;	/* who goes when all are taken */
static unsigned whole_since;	/* lock_losses() when they were last whole */
static atomic_bool used;	/* ever */

/* Take the lock, and the places in good order. */
static bool
enter(void)
{
	if (!lock_take())
		return false;
	if (whole_since != lock_losses()) {
		memset(places, 0, sizeof places);
		whole_since = lock_losses();
	}
	return true;
}

static struct key
key_of(const char *confdir, const char *service)
{
	struct policy_tree tree;
	struct stat st;

	if (confdir)
		tree_confdir(&tree, confdir);
	else
		tree_system(&tree);
	if (!tree_directory(&tree, &st))
		memset(&st, 0, sizeof st);
	return (struct key){ st.st_dev, st.st_ino, !confdir, service };
}

static bool
same_key(const struct key *a, const struct key *b)
{
	return a->ino == b->ino && a->dev == b->dev &&
	    a->system == b->system && strcmp(a->service, b->service) == 0;
}

static struct place_for *
find(const struct key *key)
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

/* The plan under a key, to be given back, or NULL. */
static struct plan *
get(const struct key *key)
{
	struct place_for *place;
	struct plan *plan = NULL;

	if (!enter())
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

/* Keep a plan in the place of any other under its key. */
static void
put(const struct key *key, struct plan *plan)
{
	_drop_(place_clear) struct place_for old = { 0 };
	_drop_(freep) char *service = strdup(key->service);
	struct place_for *place;

	if (!service || !enter())
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
	atomic_store_explicit(&used, true, memory_order_relaxed);
	lock_give();
}

int
cache_plan(const char *confdir, const char *service, struct plan **out)
{
	const struct key key = key_of(confdir, service);
	struct plan *plan = get(&key);
	int rc;

	if (plan && watch_holds(&plan->snapshot.watch)) {
		log_faults(service, plan->snapshot.policy);
		*out = plan;
		return PAM_SUCCESS;
	}
	plan_give(plan);
	rc = plan_load(confdir, service, out);
	if (rc == PAM_SUCCESS && (*out)->lasting)
		put(&key, *out);
	return rc;
}

/* When the library itself is unloaded, or the process ends. A handle that is
 * ended even later keeps its plan by its own reference. */
static void __attribute__((destructor))
cache_end(void)
{
	struct place_for old[PLACES];

	if (!atomic_load_explicit(&used, memory_order_relaxed) || !enter())
		return;
	memcpy(old, places, sizeof old);
	memset(places, 0, sizeof places);
	lock_give();
	for (size_t i = 0; i < PLACES; i++)
		place_clear(&old[i]);
}
