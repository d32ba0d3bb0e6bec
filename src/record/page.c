/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/page.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/number.h"
#include "base/row.h"
#include "record/limits.h"

#define PAGE 4096
#define ROOM_STEP 64
#define PATIENCE 50		/* hundredths of a second: whoever closes a
				 * session does so in a moment, or hangs */

static size_t
round_up(size_t n)
{
	return (n + PAGE - 1) / PAGE * PAGE;
}

static int
map(struct page *p, int fd, size_t size)
{
	void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (at == MAP_FAILED)
		return -errno;
	p->map = at;
	p->size = size;
	return 0;
}

/* Bytes of nothing up to size: what is mapped has memory, so that a full file
 * system shows here and not as a signal later. */
static int
fill(int fd, size_t from, size_t size)
{
	static const char nothing[PAGE];

	while (from < size) {
		const size_t n = size - from < PAGE ? size - from : PAGE;
		const ssize_t put = pwrite(fd, nothing, n, (off_t)from);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -errno;
		from += (size_t)put;
	}
	return 0;
}

/* The head and what fills its last page are one write, mostly. */
static int
write_head(int fd, const struct rows *head, size_t size)
{
	char first[2 * PAGE];
	int rc;

	if (size <= sizeof first) {
		memcpy(first, head->text, head->len);
		memset(first + head->len, 0, size - head->len);
		return write_all(fd, first, size);
	}
	rc = write_all(fd, head->text, head->len);
	return rc < 0 ? rc : fill(fd, head->len, size);
}

int
page_create(struct page *p, int dir, const struct store *store,
    const struct store_name *name, const struct rows *head, size_t room)
{
	const size_t size = round_up(head->len + room);
	_drop_(closep) int fd = -1;
	int rc;

	*p = (struct page){ .used = head->len, .store = *store,
		.name = *name };
	if (head->lost)
		return -ENOMEM;
	fd = store_create(dir, name);
	if (fd < 0)
		return fd;
	rc = write_head(fd, head, size);
	if (rc == 0)
		rc = map(p, fd, size);
	if (rc < 0)
		store_remove(dir, name);
	return rc;
}

/* Whether the n bytes in front of a place are nothing. */
static bool
is_nothing(const char *end, size_t n)
{
	static const char nothing[ROOM_STEP];

	return memcmp(end - n, nothing, n) == 0;
}

/* What only fills up a page is room. */
static void
find_end(struct page *p)
{
	p->used = p->size;
	while (p->used >= ROOM_STEP &&
	    is_nothing(p->map + p->used, ROOM_STEP))
		p->used -= ROOM_STEP;
	while (p->used && p->map[p->used - 1] == '\0')
		p->used--;
}

/* The lock belongs to the open file: it stays as long as the mapping does, and
 * no child of a module may keep it. */
static int
map_locked(struct page *p, int fd, const struct store *store)
{
	struct stat st;
	int rc;

	if (fstat(fd, &st) < 0)
		return -errno;
	if (st.st_nlink == 0)
		return -ENOENT;
	if (!S_ISREG(st.st_mode) || st.st_uid != 0 || st.st_size == 0)
		return -EPERM;
	if (store->ino && st.st_dev != store->dev)
		return -EXDEV;
	rc = map(p, fd, (size_t)st.st_size);
	if (rc < 0)
		return rc;
	madvise(p->map, p->size, MADV_DONTFORK);
	find_end(p);
	return 0;
}

/* The file cannot be opened: that says something about it only in the directory
 * that it would be in. */
static int
missing(struct store *store, int err)
{
	_drop_(closep) int dir = store_open(STORE_SESSIONS, store);

	return dir < 0 ? dir : err;
}

/* Who has no descriptor left has so, perhaps, by the will of his caller. */
static int
reach(const struct store_name *name)
{
	_drop_(limits_drop) struct limits limits = { 0 };
	const int fd = store_reach(name);

	if (fd != -EMFILE)
		return fd;
	limits_lift(&limits);
	return store_reach(name);
}

int
page_open(struct page *p, struct store *store, const struct store_name *name)
{
	_drop_(closep) int fd = reach(name);
	int rc;

	*p = (struct page){ .store = *store, .name = *name };
	if (fd < 0)
		return missing(store, fd);
	rc = file_lock(fd, PATIENCE);
	return rc < 0 ? rc : map_locked(p, fd, store);
}

/* The page is full then: what comes later must stand later. */
static int
append(struct page *p, const char *text, size_t len)
{
	_drop_(limits_drop) struct limits limits = { 0 };
	_drop_(closep) int dir = -1;
	int rc;

	limits_lift(&limits);
	dir = store_open(STORE_SESSIONS, &p->store);
	rc = dir < 0 ? dir : store_append(dir, &p->name, text, len);
	if (rc == 0)
		p->used = p->size;
	return rc;
}

/* The last byte, which makes it a row, comes last. */
static int
note(struct page *p, const char *text, size_t len)
{
	char *to = p->map + p->used;

	if (len > p->size - p->used)
		return append(p, text, len);
	memcpy(to, text, len - 1);
	__atomic_store_n(to + len - 1, text[len - 1], __ATOMIC_RELEASE);
	p->used += len;
	return 0;
}

int
page_note(struct page *p, const struct rows *rows)
{
	if (rows->lost)
		return -ENOMEM;
	return rows->len ? note(p, rows->text, rows->len) : 0;
}

int
page_note_answer(struct page *p, const char *key, size_t entry, int answer)
{
	char text[80], number[NUMBER_TEXT];
	char *to = text;

	*to++ = '\n';
	to = stpcpy(to, key);
	*to++ = ' ';
	number_write(entry, 1, number);
	to = stpcpy(to, number);
	*to++ = ' ';
	number_write((unsigned)answer, 1, number);
	to = stpcpy(stpcpy(to, number), " .");
	return note(p, text, (size_t)(to - text));
}

void
page_close(struct page *p)
{
	if (p->map)
		munmap(p->map, p->size);
	p->map = NULL;
}
