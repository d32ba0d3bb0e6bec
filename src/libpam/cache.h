/* SPDX-License-Identifier: BSD-2-Clause */
/* The plans that this process has made. Private to libpam/. */
#ifndef LIBPAM_CACHE_H
#define LIBPAM_CACHE_H

#include <stdbool.h>
#include <sys/types.h>

struct plan;

/* For whom a plan was made. The directory by its number: after chroot(2), or in
 * another mount namespace, the same path is another policy. */
struct cache_key {
	dev_t dev;
	ino_t ino;
	bool system;		/* not a confdir */
	const char *service;	/* borrowed */
};

struct cache_key cache_key_of(const char *confdir, const char *service);

/* The plan under a key, to be given back, or NULL. Whether it still holds is
 * the caller's to find out. */
struct plan *cache_get(const struct cache_key *key);

/* Keep a plan in the place of any other under its key. */
void cache_put(const struct cache_key *key, struct plan *plan);

#endif
