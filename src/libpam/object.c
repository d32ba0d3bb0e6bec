/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/object.h"

#include <elf.h>
#include <link.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define HEADERS_MAX 64		/* segments; modules have a dozen */

/* The beginning of a file, in which, mostly, the segments stand. */
struct head {
	ElfW(Ehdr) e;
	ElfW(Phdr) behind[12];
};

static bool
read_at(int fd, void *buf, size_t n, uint64_t offset)
{
	return offset <= INT64_MAX &&
	    pread(fd, buf, n, (off_t)offset) == (ssize_t)n;
}

static bool
is_ours(const ElfW(Ehdr) *e)
{
	return memcmp(e->e_ident, ELFMAG, SELFMAG) == 0 &&
	    e->e_phentsize == sizeof(ElfW(Phdr)) && e->e_phnum > 0 &&
	    e->e_phnum <= HEADERS_MAX;
}

static bool
lies_within(const ElfW(Phdr) *p, uint64_t size)
{
	return p->p_type != PT_LOAD ||
	    (p->p_offset <= size && p->p_filesz <= size - p->p_offset);
}

static bool
read_segments(int fd, const struct head *head, size_t have,
    ElfW(Phdr) *segment)
{
	const ElfW(Off) at = head->e.e_phoff;
	const size_t n = head->e.e_phnum * sizeof *segment;

	if (at > have || n > have - at)
		return read_at(fd, segment, n, at);
	memcpy(segment, (const char *)head + at, n);
	return true;
}

bool
object_is_whole(int fd, off_t size)
{
	ElfW(Phdr) segment[HEADERS_MAX];
	struct head head;
	const ssize_t have = pread(fd, &head, sizeof head, 0);

	if (have < (ssize_t)sizeof head.e || !is_ours(&head.e) ||
	    !read_segments(fd, &head, (size_t)have, segment))
		return false;
	for (size_t i = 0; i < head.e.e_phnum; i++) {
		if (!lies_within(&segment[i], (uint64_t)size))
			return false;
	}
	return true;
}
