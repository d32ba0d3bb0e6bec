/* SPDX-License-Identifier: BSD-2-Clause */
/* A record while one call of the library works on it: its file mapped, so that
 * a note costs no system call and no descriptor stays open for modules to
 * close. What is noted is in the file, whenever the process is killed. */
#ifndef RECORD_PAGE_H
#define RECORD_PAGE_H

#include <stddef.h>

#include "record/store.h"

struct rows;

/* All zero: none. */
struct page {
	char *map;
	size_t size, used;
	struct store store;	/* where it is, for what does not fit */
	struct store_name name;
};

/* Make a record in the open store dir from the rows of its head, with room for
 * so many bytes more. 0 or -errno. */
int page_create(struct page *p, int dir, const struct store *store,
    const struct store_name *name, const struct rows *head, size_t room);

/* Open a record to work on it alone: waits for whoever does, for tenths of a
 * second at most. 0 or -errno; -ENOENT when it is gone, -EBUSY when somebody
 * else holds it too long. */
int page_open(struct page *p, struct store *store,
    const struct store_name *name);

/* Append rows. 0 or -errno: then they are not on record. */
int page_note(struct page *p, const struct rows *rows);

/* "KEY ENTRY ANSWER", without memory from anywhere. */
int page_note_answer(struct page *p, const char *key, size_t entry, int answer);

/* Let go of it; the lock too. */
void page_close(struct page *p);

#endif
