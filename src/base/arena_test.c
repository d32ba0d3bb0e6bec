/* SPDX-License-Identifier: BSD-2-Clause */
/* Pieces of every size: aligned, apart from each other, and all freed. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"

/* The address sanitizer ends a program that asks for too much, unless told. */
const char *__asan_default_options(void);

__attribute__((visibility("default"))) const char *
__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

static void
arena_freep(struct arena *a)
{
	arena_free(a);
}

/* Around the size of a block, and pieces that leave an odd end behind. */
static const size_t sizes[] = {
	1, 7, 8, 16, 17, 100, 1, 3999, 4000, 4001, 1, 3984, 16, 1, 65536, 0, 5,
};

static void
check_pieces(void)
{
	_drop_(arena_freep) struct arena a = { 0 };
	unsigned char *piece[COUNT(sizes)];

	for (size_t i = 0; i < COUNT(sizes); i++) {
		piece[i] = arena_alloc(&a, sizes[i]);
		CHECK("there is memory", piece[i]);
		CHECK_INT("aligned for any object", 0,
		    (uintptr_t)piece[i] % alignof(max_align_t));
		memset(piece[i], (int)i + 1, sizes[i]);
	}
	for (size_t i = 0; i < COUNT(sizes); i++) {
		size_t foreign = 0;

		for (size_t k = 0; k < sizes[i]; k++)
			foreign += piece[i][k] != i + 1;
		CHECK_INT("nobody else writes on it", 0, foreign);
	}
}

static void
check_copies(void)
{
	_drop_(arena_freep) struct arena a = { 0 };
	const char *one = arena_copy(&a, "one two", 3);
	const char *none = arena_copy(&a, "anything", 0);
	const char *nul = arena_copy(&a, "a\0b", 3);
	char *aligned = arena_alloc(&a, 8);

	CHECK_STR("so many bytes", "one", one);
	CHECK_STR("none", "", none);
	CHECK("a NUL among them", nul && memcmp(nul, "a\0b", 4) == 0);
	CHECK_INT("aligned behind odd ones", 0,
	    (uintptr_t)aligned % alignof(max_align_t));
}

static void
check_too_much(void)
{
	static const size_t much[] = { SIZE_MAX, SIZE_MAX - 1, SIZE_MAX - 16,
		SIZE_MAX - 64, SIZE_MAX / 2 + 1 };
	_drop_(arena_freep) struct arena a = { 0 };
	char *before = arena_copy(&a, "kept", 4);

	for (size_t i = 0; i < COUNT(much); i++) {
		volatile size_t n = much[i];

		CHECK("more than there is", !arena_alloc(&a, n));
	}
	CHECK("and one for the NUL", !arena_copy(&a, "", SIZE_MAX));
	CHECK_STR("what was there stays", "kept", before);
}

static void
check_again(void)
{
	struct arena a = { 0 };

	arena_free(&a);
	CHECK("used", arena_alloc(&a, 10));
	arena_free(&a);
	CHECK("empty afterwards", !a.block);
	CHECK("used again", arena_alloc(&a, 10));
	arena_free(&a);
}

int
main(void)
{
	check_pieces();
	check_copies();
	check_too_much();
	check_again();
	return TEST_RESULT();
}
