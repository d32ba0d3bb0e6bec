/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/page.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/row.h"

#define PAGE 4096
#define WAIT_STEP_MS 10
#define WAIT_STEPS 50

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
    const struct store_name *name, uid_t uid, const struct rows *head,
    size_t room)
{
	const size_t size = round_up(head->len + room);
	_drop_(closep) int fd = -1;
	int rc;

	*p = (struct page){ .used = head->len, .store = *store,
		.name = *name };
	if (head->lost)
		return -ENOMEM;
	fd = store_create(dir, name, uid);
	if (fd < 0)
		return fd;
	rc = write_head(fd, head, size);
	if (rc == 0)
		rc = map(p, fd, size);
	if (rc < 0)
		store_remove(dir, name);
	return rc;
}

/* Whoever closes a session does so in a moment, or hangs. */
static int
lock(int fd)
{
	const struct timespec step = { 0, WAIT_STEP_MS * 1000000 };

	for (int i = 0; i < WAIT_STEPS; i++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return 0;
		if (errno != EWOULDBLOCK && errno != EINTR)
			return -errno;
		nanosleep(&step, NULL);
	}
	return -EBUSY;
}

/* The lock belongs to the open file: it stays as long as the mapping does, and
 * no child of a module may keep it. */
static int
map_locked(struct page *p, int fd, size_t room)
{
	struct stat st;
	size_t size;
	int rc;

	if (fstat(fd, &st) < 0)
		return -errno;
	if (st.st_nlink == 0)
		return -ENOENT;
	p->used = (size_t)st.st_size;
	size = round_up(p->used + room);
	rc = fill(fd, p->used, size);
	if (rc == 0)
		rc = map(p, fd, size);
	if (rc == 0)
		madvise(p->map, p->size, MADV_DONTFORK);
	return rc;
}

/* What only fills up a page is room. */
static void
find_end(struct page *p)
{
	while (p->used && p->map[p->used - 1] == '\0')
		p->used--;
}

int
page_open(struct page *p, struct store *store, const struct store_name *name,
    size_t room)
{
	_drop_(closep) int dir = store_again(store);
	_drop_(closep) int fd = -1;
	int rc;

	*p = (struct page){ 0 };
	if (dir < 0)
		return dir;
	p->store = *store;
	p->name = *name;
	fd = store_find(dir, name);
	if (fd < 0)
		return fd;
	rc = lock(fd);
	if (rc == 0)
		rc = map_locked(p, fd, room);
	if (rc == 0)
		find_end(p);
	return rc;
}

static int
append(struct page *p, const char *text, size_t len)
{
	_drop_(closep) int dir = store_again(&p->store);

	return dir < 0 ? dir : store_append(dir, &p->name, text, len);
}

/* The last byte, which makes it a row, comes last. Of two rows the later one
 * counts: behind what was appended nothing goes into the page. */
static int
note(struct page *p, const char *text, size_t len)
{
	char *to = p->map + p->used;

	p->full |= len > p->size - p->used;
	if (p->full)
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
	char text[80];

	return note(p, text, (size_t)snprintf(text, sizeof text,
	    "\n%s %zu %d .", key, entry, answer));
}

void
page_close(struct page *p)
{
	if (p->map)
		munmap(p->map, p->size);
	p->map = NULL;
}
