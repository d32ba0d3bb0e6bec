/* SPDX-License-Identifier: BSD-2-Clause */
/* Where in a shared object the note is. The file may be anybody's: every offset
 * and size is checked before it is used. */
#include <elf.h>
#include <errno.h>
#include <link.h>
#include <string.h>

#include "modkit/note.h"

#define NATIVE_CLASS (sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32)
#define NATIVE_DATA                                                            \
	(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB)

struct bytes {
	const char *at;
	size_t len;
};

static bool
part(const struct bytes *whole, size_t offset, size_t len, struct bytes *out)
{
	if (offset > whole->len || len > whole->len - offset)
		return false;
	out->at = whole->at + offset;
	out->len = len;
	return true;
}

/* Take n bytes off the front, and what fills them up to align. */
static bool
take(struct bytes *b, size_t n, size_t align, struct bytes *out)
{
	size_t step;

	if (!part(b, 0, n, out))
		return false;
	step = n + (align - n % align) % align;
	if (step < n || step > b->len)
		step = b->len;
	b->at += step;
	b->len -= step;
	return true;
}

/* 1: found; 0: not among these notes; -ENOEXEC. Head and owner are filled up
 * together: with an alignment of 8, "GNU" ends where its description begins. */
static int
search(struct bytes notes, size_t align, struct bytes *found)
{
	struct bytes head;
	ElfW(Nhdr) n;

	while (notes.len >= sizeof n) {
		memcpy(&n, notes.at, sizeof n);
		if (n.n_namesz > notes.len - sizeof n ||
		    !take(&notes, sizeof n + n.n_namesz, align, &head) ||
		    !take(&notes, n.n_descsz, align, found))
			return -ENOEXEC;
		if (n.n_type == NOTE_TYPE && n.n_namesz == sizeof NOTE_OWNER &&
		    memcmp(head.at + sizeof n, NOTE_OWNER,
			sizeof NOTE_OWNER) == 0)
			return 1;
	}
	return 0;
}

static int
search_segment(const struct bytes *file, const char *at, struct bytes *found)
{
	struct bytes notes;
	ElfW(Phdr) ph;

	memcpy(&ph, at, sizeof ph);
	if (ph.p_type != PT_NOTE)
		return 0;
	if (!part(file, ph.p_offset, ph.p_filesz, &notes))
		return -ENOEXEC;
	return search(notes, ph.p_align == 8 ? 8 : 4, found);
}

static bool
is_native(const ElfW(Ehdr) *eh)
{
	return memcmp(eh->e_ident, ELFMAG, SELFMAG) == 0 &&
	    eh->e_ident[EI_CLASS] == NATIVE_CLASS &&
	    eh->e_ident[EI_DATA] == NATIVE_DATA &&
	    eh->e_phentsize == sizeof(ElfW(Phdr));
}

int
note_find(const void *image, size_t size, const void **desc, size_t *len)
{
	const struct bytes file = { image, size };
	struct bytes heads, found = { NULL, 0 };
	ElfW(Ehdr) eh;
	int rc = 0;

	if (size < sizeof eh)
		return -ENOEXEC;
	memcpy(&eh, image, sizeof eh);
	if (!is_native(&eh) || !part(&file, eh.e_phoff,
		(size_t)eh.e_phnum * sizeof(ElfW(Phdr)), &heads))
		return -ENOEXEC;
	for (size_t i = 0; i < eh.e_phnum && rc == 0; i++)
		rc = search_segment(&file,
		    heads.at + i * sizeof(ElfW(Phdr)), &found);
	if (rc <= 0)
		return rc < 0 ? rc : -ENOENT;
	*desc = found.at;
	*len = found.len;
	return 0;
}
