/* SPDX-License-Identifier: BSD-2-Clause */
/* Where records are: one file a session, below a directory that is root's
 * alone. Nothing is held open between two calls of the library, so each finds
 * its way anew and looks whether it is still the same place. */
#ifndef RECORD_STORE_H
#define RECORD_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/id.h"

#define STORE_SESSIONS "/run/usher/sessions"
#define STORE_UNDO "/var/lib/usher/undo"	/* what outlives a boot */

#define STORE_NAME (24 + ID_TEXT)

/* A directory of records. */
struct store {
	dev_t dev;
	ino_t ino;		/* 0: not seen yet */
};

/* A record in it. */
struct store_name {
	char text[STORE_NAME];	/* "UID/ID" */
};

/* Whether a text is an id's: nothing else may become part of a path. */
bool store_is_id(const char *id);

/* The name of a record. uid (uid_t)-1: nobody knows whose it is. False when id
 * is none. */
bool store_name(struct store_name *name, uid_t uid, const char *id);

/* Open the directory, require that it is root's alone and, if it was seen
 * before, still the same; *store then says what it is. A descriptor, or -errno:
 * -ENOENT when it was never there; -EXDEV for another place (chroot, another
 * mount namespace); -EPERM for one that others may enter. */
int store_open(const char *path, struct store *store);

/* Take the lock of the whole open store, and wait for whoever has it as file_lock
 * does. A descriptor that is the lock, or -errno. */
int store_lock(int store, unsigned patience);

/* A record, opened for reading and writing. Descriptor or -errno; -ENOENT when
 * the directory is the right one and has no such record. */
int store_find(int store, const struct store_name *name);

/* Make a record that is not there yet. Descriptor or -errno. */
int store_create(int store, const struct store_name *name);

/* Remove a record. 0 or -errno. */
int store_remove(int store, const struct store_name *name);

/* The same for a session's record by its whole path, without a look at the
 * directory: for who knows what he is going to find, and looks at that. */
int store_reach(const struct store_name *name);
int store_forget(const struct store_name *name);

/* Append to a record what is one write, made or not at all as far as others can
 * see; the lock is not needed. What there is no room for takes none up. 0 or
 * -errno. */
int store_append(int store, const struct store_name *name, const char *text,
    size_t len);

/* Wait until a record is on the disk, and so is its name. 0 or -errno. */
int store_sync(int store, const struct store_name *name);

/* Each record of one uid, or ((uid_t)-1) of all; in no order. Stops when call
 * gives non-zero, and gives that back; else 0 or -errno. */
int store_each(int store, uid_t uid,
    int (*call)(void *ctx, const struct store_name *name), void *ctx);

#endif
