/* SPDX-License-Identifier: BSD-2-Clause */
/* The files that something was made from, and whether they are still the
 * same. A list is filled by one thread; afterwards many may ask. */
#ifndef BASE_WATCH_H
#define BASE_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

struct stat;

/* What tells one content of a file from another. */
struct file_id {
	dev_t dev;
	ino_t ino;
	off_t size;
	struct timespec mtime, ctime;
};

struct watched {
	char *path;
	bool there;
	struct file_id id;
};

/* All zero is an empty list. */
struct watch {
	struct watched *item;
	size_t count, cap;
	bool recent;		/* some file changed just before it was seen */
};

struct file_id file_id_of(const struct stat *st);
bool file_id_same(const struct file_id *a, const struct file_id *b);

/* The same but for what is not in the file: its owner, mode, links and names
 * change the ctime alone. */
bool file_id_same_content(const struct file_id *a, const struct file_id *b);

/* Note a file as it was when it was opened, or (st NULL) that there was none.
 * 0 or -ENOMEM. */
int watch_add(struct watch *w, const char *path, const struct stat *st);

/* Note the directory of a file, once however many of its files are asked for.
 * It changes when a name in it leads to another file, comes or goes; not when a
 * file is written over. What was noted, until the next is; NULL: no memory. */
const struct watched *watch_folder(struct watch *w, const char *path);

/* Whether every path still leads to the same, or still to nothing. */
bool watch_holds(const struct watch *w);

/* Forget everything. */
void watch_free(struct watch *w);

#endif
