/* SPDX-License-Identifier: BSD-2-Clause */
#include "modkit/note.h"

#include <elf.h>
#include <errno.h>
#include <link.h>
#include <stdalign.h>

#include "base/drop.h"
#include "check.h"

/* Two options, of which the second has words. */
static const char good[] =
    "1\0pam_x\0does x\0" "5\0" "1\0" "0\0" "2\0"
    "count\0int\0" "3\0" "0\0" "9\0" "\0how many\0"
    "kind\0enum\0two\0" "0\0" "0\0" "one\0two\0" "\0which\0";

static void
test_good(void)
{
	_drop_(note_free) struct note n = { 0 };

	CHECK_INT("good", 0, note_read(good, sizeof good - 1, &n));
	CHECK_STR("name", "pam_x", n.name);
	CHECK_STR("what", "does x", n.what);
	CHECK_INT("entries", NOTE_AUTH | NOTE_ACCOUNT, n.entries);
	CHECK_INT("traits", NOTE_WORDS, n.traits);
	CHECK_INT("count", 2, n.count);
	CHECK_STR("option", "count", n.options[0].name);
	CHECK_INT("default", 3, n.options[0].number);
	CHECK_STR("no words", NULL, n.options[0].words[0].name);
	CHECK_STR("word", "two", n.options[1].words[1].name);
	CHECK_STR("end of words", NULL, n.options[1].words[2].name);
	CHECK_STR("help", "which", n.options[1].help);
	CHECK_STR("end of options", NULL, n.options[2].name);
	CHECK("the table answers as the module's own would",
	    opt_take(&n.options[0], "count=9", NULL) == 0 &&
		opt_take(&n.options[0], "count=10", NULL) < 0 &&
		opt_take(&n.options[1], "kind=one", NULL) == 0 &&
		opt_take(&n.options[1], "kind=three", NULL) < 0);
}

static const struct {
	const char *label, *desc;
	size_t len;
	int want;
} damaged[] = {
#define DAMAGED(label, text, want) { label, text, sizeof text - 1, want }
	DAMAGED("empty", "", -EINVAL),
	DAMAGED("another version", "2\0new layout\0", -EPROTO),
	DAMAGED("no version", "x\0pam_x\0", -EINVAL),
	DAMAGED("not even text", "1", -EINVAL),
	DAMAGED("entries are no number",
	    "1\0x\0y\0z\0" "0\0" "0\0" "0\0", -EINVAL),
	DAMAGED("entries below zero",
	    "1\0x\0y\0-1\0" "0\0" "0\0" "0\0", -EINVAL),
	DAMAGED("blank before a number",
	    "1\0x\0y\0 1\0" "0\0" "0\0" "0\0", -EINVAL),
	DAMAGED("more options than bytes",
	    "1\0x\0y\0" "1\0" "0\0" "0\0" "999999999999\0", -EINVAL),
	DAMAGED("options below zero",
	    "1\0x\0y\0" "1\0" "0\0" "0\0" "-1\0", -EINVAL),
	DAMAGED("a kind of tomorrow",
	    "1\0x\0y\0" "1\0" "0\0" "0\0" "1\0"
	    "a\0date\0" "\0" "0\0" "0\0" "\0h\0", -EINVAL),
};

static void
test_damaged(void)
{
	struct note n = { 0 };

	for (size_t i = 0; i < COUNT(damaged); i++)
		CHECK_INT(damaged[i].label, damaged[i].want,
		    note_read(damaged[i].desc, damaged[i].len, &n));

	/* In memory of just that size, for the sanitizers to watch. */
	for (size_t len = 0; len < sizeof good - 1; len++) {
		_drop_(freep) char *copy = malloc(len ? len : 1);

		memcpy(copy, good, len);
		CHECK_INT("cut short", -EINVAL, note_read(copy, len, &n));
	}
	CHECK("untouched on failure", !n.name && !n.options);
}

/* The smallest ELF file that has a note. */
struct image {
	ElfW(Ehdr) eh;
	ElfW(Phdr) ph;
	ElfW(Nhdr) n;
	char owner[8];
	char desc[4];
};

static struct image
image_new(void)
{
	struct image i = {
		.eh = { .e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3,
			    sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32,
			    ELFDATA2LSB },
		    .e_phoff = offsetof(struct image, ph),
		    .e_phentsize = sizeof i.ph, .e_phnum = 1 },
		.ph = { .p_type = PT_NOTE, .p_align = 4,
		    .p_offset = offsetof(struct image, n),
		    .p_filesz = sizeof i.n + sizeof i.owner + sizeof i.desc },
		.n = { .n_namesz = sizeof NOTE_OWNER, .n_type = NOTE_TYPE,
		    .n_descsz = sizeof i.desc },
		.owner = NOTE_OWNER, .desc = "abc",
	};

	if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
		i.eh.e_ident[EI_DATA] = ELFDATA2MSB;
	return i;
}

static int
find(const struct image *i, size_t size)
{
	_drop_(freep) char *copy = malloc(size ? size : 1);
	const void *desc;
	size_t len = 0;
	int rc;

	memcpy(copy, i, size);
	rc = note_find(copy, size, &desc, &len);
	if (rc == 0)
		CHECK("what was found is inside",
		    len == sizeof i->desc && memcmp(desc, "abc", 4) == 0);
	return rc;
}

static void
test_image(void)
{
	struct image i = image_new();

	CHECK_INT("found", 0, find(&i, sizeof i));
	for (size_t size = 0; size < sizeof i; size++)
		CHECK_INT("cut short", -ENOEXEC, find(&i, size));

	i.ph.p_offset = (size_t)-8;
	CHECK_INT("offset that wraps", -ENOEXEC, find(&i, sizeof i));
	i = image_new();
	i.eh.e_phoff = (size_t)-1;
	CHECK_INT("headers outside", -ENOEXEC, find(&i, sizeof i));
	i = image_new();
	i.eh.e_phnum = 2;
	CHECK_INT("a header that is not there", -ENOEXEC, find(&i, sizeof i));
	i = image_new();
	i.ph.p_type = PT_NULL;
	CHECK_INT("no notes at all", -ENOENT, find(&i, sizeof i));
	i = image_new();
	i.n.n_descsz = 0xffffffff;
	CHECK_INT("huge descriptor", -ENOEXEC, find(&i, sizeof i));
	i = image_new();
	i.n.n_namesz = 0xfffffffd;
	CHECK_INT("size that wraps in rounding", -ENOEXEC,
	    find(&i, sizeof i));
	i = image_new();
	i.n.n_type = 2;
	CHECK_INT("another type", -ENOENT, find(&i, sizeof i));
	i = image_new();
	i.owner[0] = 'u';
	CHECK_INT("another owner", -ENOENT, find(&i, sizeof i));
	i = image_new();
	i.eh.e_ident[EI_CLASS] ^= 3;
	CHECK_INT("another class", -ENOEXEC, find(&i, sizeof i));
}

/* What compilers for processors with shadow stacks put before ours. */
static void
test_eight(void)
{
	struct {
		struct image ours;
		ElfW(Phdr) ph[2];
		alignas(8) ElfW(Nhdr) n;
		char owner[4];
		char desc[16];
	} i = {
		.ours = image_new(), .owner = "GNU",
		.n = { .n_namesz = sizeof i.owner, .n_type = 5,
		    .n_descsz = sizeof i.desc },
		.ph = { { .p_type = PT_NOTE, .p_align = 8,
		    .p_offset = offsetof(__typeof__(i), n),
		    .p_filesz = sizeof i.n + sizeof i.owner + sizeof i.desc } },
	};
	const void *desc;
	size_t len;

	i.ph[1] = i.ours.ph;
	i.ours.eh.e_phoff = offsetof(__typeof__(i), ph);
	i.ours.eh.e_phnum = 2;
	CHECK_INT("behind notes of eight", 0,
	    note_find(&i, sizeof i, &desc, &len));
	i.ph[0].p_filesz--;
	CHECK_INT("which are cut short", -ENOEXEC,
	    note_find(&i, sizeof i, &desc, &len));
}

int
main(void)
{
	test_good();
	test_damaged();
	test_image();
	test_eight();
	note_free(NULL);
	return TEST_RESULT();
}
