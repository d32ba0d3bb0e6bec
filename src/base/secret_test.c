/* SPDX-License-Identifier: BSD-2-Clause */
/* Nothing of a secret stays behind, and no comparison is wrong. */
#include "base/secret.h"

#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"

static const struct {
	const char *label;
	const char *secret, *candidate;
	bool want;
} pairs[] = {
	{ "the same", "secret", "secret", true },
	{ "two empty ones", "", "", true },
	{ "another first byte", "secret", "Secret", false },
	{ "another last byte", "secret", "secreT", false },
	{ "the candidate is a beginning", "secret", "secre", false },
	{ "the secret is a beginning", "secre", "secret", false },
	{ "an empty candidate", "secret", "", false },
	{ "an empty secret", "", "secret", false },
	{ "the secret twice over", "ab", "abab", false },
	{ "bytes beyond ASCII", "\xff\x80", "\xff\x80", true },
	{ "one bit of them", "\xff\x80", "\xff\x81", false },
	{ "no secret", NULL, "secret", false },
	{ "no candidate", "secret", NULL, false },
	{ "neither: no is no secret's equal", NULL, NULL, false },
};

static void
check_pairs(void)
{
	for (size_t i = 0; i < COUNT(pairs); i++)
		CHECK_INT(pairs[i].label, pairs[i].want,
		    secret_equal(pairs[i].secret, pairs[i].candidate));
}

/* In place of the C library's, the plain one and the one that _FORTIFY_SOURCE
 * takes: nobody else may see what is left of a watched secret. */
static const char *watched;
static size_t watched_size, left_over;

void __explicit_bzero_chk(void *p, size_t n, size_t room);

void
__explicit_bzero_chk(void *p, size_t n, size_t room)
{
	(void)room;
	memset(p, 0, n);
	__asm__ volatile("" : : "r"(p) : "memory");
	if (p != watched)
		return;
	for (size_t i = 0; i < watched_size; i++)
		left_over += watched[i] != '\0';
	watched = NULL;
}

void
explicit_bzero(void *p, size_t n)
{
	__explicit_bzero_chk(p, n, n);
}

static void
check_free(void)
{
	char *secret = strdup("a secret of some length");

	watched = secret;
	watched_size = strlen(secret);
	left_over = 0;
	secret_free(secret);
	CHECK("it was wiped", !watched);
	CHECK_INT("to the last byte", 0, left_over);
	secret_free(NULL);
}

static void
check_scope(void)
{
	{
		_drop_(secret_freep) char *secret = strdup("local");
		_drop_(secret_freep) char *none = NULL;

		watched = secret;
		watched_size = strlen(secret);
		CHECK("there is none", !none);
	}
	CHECK("a local one is wiped at the end of its scope", !watched);
}

static void
check_wipe(void)
{
	char buf[16];

	memset(buf, 'x', sizeof buf);
	wipe(buf + 4, 8);
	CHECK("wiped where it was asked for",
	    memcmp(buf, "xxxx\0\0\0\0\0\0\0\0xxxx", sizeof buf) == 0);
	wipe(NULL, 8);
	wipe(buf, 0);
	CHECK_INT("and nothing for nothing", 'x', buf[0]);
}

int
main(void)
{
	check_pairs();
	check_wipe();
	check_free();
	check_scope();
	return TEST_RESULT();
}
