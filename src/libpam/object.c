/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/object.h"

#include <elf.h>
#include <link.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define HEADERS_MAX 64		/* segments; modules have a dozen */

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

bool
object_is_whole(int fd, off_t size)
{
	ElfW(Phdr) segment[HEADERS_MAX];
	ElfW(Ehdr) e;

	if (!read_at(fd, &e, sizeof e, 0) || !is_ours(&e))
		return false;
	if (!read_at(fd, segment, e.e_phnum * sizeof *segment, e.e_phoff))
		return false;
	for (size_t i = 0; i < e.e_phnum; i++) {
		if (!lies_within(&segment[i], (uint64_t)size))
			return false;
	}
	return true;
}
