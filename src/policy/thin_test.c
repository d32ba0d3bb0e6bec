/* SPDX-License-Identifier: BSD-2-Clause */
/* What a service loses with the lines of others: nothing. C-9, C-12, C-17. */
#include "policy/thin.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include "base/drop.h"
#include "base/file.h"
#include "check.h"
#include "policy/test_show.h"
#include "policy/tree.h"

static int
memory(const char *text, size_t len)
{
	const int fd = memfd_create("pam.conf", MFD_CLOEXEC);

	CHECK("a file", fd >= 0 && write_all(fd, text, len) == 0);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

#define BYTES(text) text, sizeof text - 1

static const struct {
	const char *label, *text;
	size_t len;
	const char *want;
	size_t want_len;
} rows[] = {
	{ "nothing", BYTES(""), BYTES("") },
	{ "lines of others leave their newlines",
	  BYTES("x auth a\nsvc auth b\n\ny auth c\nsvc auth d"),
	  BYTES("\nsvc auth b\n\n\nsvc auth d") },
	{ "the last one leaves nothing", BYTES("svc a\nx b"),
	  BYTES("svc a\n") },
	{ "other is everybody's", BYTES("x a\n\t OTHER a\n@Include b\n"),
	  BYTES("\n\t OTHER a\n@Include b\n") },
	{ "comments and blanks are nobody's", BYTES("# svc a\n  \n"),
	  BYTES("\n\n") },
	{ "a longer name is kept for the parser to see", BYTES("svcs a\n"),
	  BYTES("svcs a\n") },
	{ "a word in brackets too", BYTES("[x] a\n"), BYTES("[x] a\n") },
	{ "a line that goes on is kept, and what follows",
	  BYTES("x a \\ \n svc b\nx c\n"), BYTES("x a \\ \n svc b\n\n") },
	{ "and the end of a file in it", BYTES("x a\nx \\"),
	  BYTES("\nx \\") },
	{ "a NUL may hide a backslash: all that follows is kept",
	  BYTES("x \\\0a\nsvc b\nx c\n"), BYTES("x \\\0a\nsvc b\nx c\n") },
};

static void
check_row(size_t i)
{
	_drop_(closep) int fd = memory(rows[i].text, rows[i].len);
	_drop_(freep) char *text = NULL;
	size_t len = 0;

	CHECK_INT(rows[i].label, 0, thin_read(fd, "svc", 100, &text, &len));
	CHECK_INT(rows[i].label, rows[i].want_len, len);
	CHECK(rows[i].label, len == rows[i].want_len &&
	    memcmp(text, rows[i].want, len + 1) == 0);
}

static void
check_limits(void)
{
	static char line[40000];
	_drop_(closep) int fd = memory("x a\n", 4), big = -1;
	_drop_(freep) char *text = NULL;
	size_t len = 0;

	CHECK_INT("longer than allowed", -EFBIG,
	    thin_read(fd, "svc", 3, &text, &len));
	lseek(fd, 0, SEEK_SET);
	CHECK_INT("as long as allowed", 0, thin_read(fd, "svc", 4, &text, &len));
	CHECK_INT("not open", -EBADF, thin_read(-1, "svc", 4, &text, &len));

	memset(line, 'x', sizeof line);
	line[39990] = '\n';
	big = memory(line, sizeof line);
	freep(&text);
	CHECK_INT("a line without end", 0,
	    thin_read(big, "svc", sizeof line, &text, &len));
	CHECK("is kept as it is", len == sizeof line &&
	    memcmp(line, text, len) == 0);
}

/* With the lines of others, and without: the same policy. */
static void
compare(const char *text, size_t len)
{
	_drop_(closep) int fd = memory(text, len);
	_drop_(freep) char *whole_shown = NULL, *thin_shown = NULL;
	struct policy *whole = NULL, *thin = NULL;
	char path[32];
	const struct policy_tree tree = { .single = path };

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	CHECK_INT("whole", 0, tree_load(&tree, "svc", 0, &whole));
	CHECK_INT("thin", 0, tree_load(&tree, "svc", POLICY_OWN_LINES, &thin));
	whole_shown = show_policy(whole);
	thin_shown = show_policy(thin);
	CHECK_STR(text, whole_shown, thin_shown);
	policy_free(whole);
	policy_free(thin);
}

static uint32_t seed = 1;

static uint32_t
any(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

static const char *const pieces[] = {
	"svc ", "svc ", "SVC\t", "svcs ", "x ", "x ", "y ", "other ", "[svc] ",
	"[svc\\] ", "[", "@include ", "@include /proc/self/fd/99\n", "auth ",
	"session ", "required ", "optional a.so ", "required b.so\n",
	"x auth required c.so\n", "svc auth optional d.so\n", "include ",
	"\\", "\\\n", " \\ \n", "\\\n", "#", "# svc\n", "# \\\n", "\n", "\n",
	"\n", " ", "\t", "\r", "",
};

static size_t
fill(char *text, size_t begin, size_t pieces_wanted)
{
	static const char filler[] = "x auth required a.so\n";
	size_t len = 0;

	for (; len < begin; len++)
		text[len] = filler[len % (sizeof filler - 1)];
	for (; pieces_wanted; pieces_wanted--) {
		const char *piece = pieces[any(COUNT(pieces))];

		len = (size_t)(stpcpy(text + len, piece) - text);
		/* A NUL, now and then. */
		len += !*piece && any(4) == 0;
	}
	return len;
}

/* Some of them where one piece of the file ends and the next begins. */
static void
check_random(void)
{
	static char text[32768];

	for (size_t i = 0; i < 5000; i++) {
		const size_t begin = i % 10 ? any(3) * 21 : 16384 - any(200);

		memset(text, 0, sizeof text);
		compare(text, fill(text, begin, 1 + any(40)));
	}
}

/* An include of pam.conf reads it as a file of pam.d, with all of its lines. */
static void
check_included(void)
{
	static const char text[] = "auth required a.so\nsvc auth required b.so\n"
	    "svc auth include /proc/self/fd/99\nx auth required c.so\n";
	_drop_(closep) int fd = memory(text, sizeof text - 1);
	const struct policy_tree tree = { .single = "/proc/self/fd/99" };
	_drop_(freep) char *got = NULL;
	struct policy *p = NULL;

	CHECK("its name", dup2(fd, 99) == 99);
	CHECK_INT("read", 0, tree_load(&tree, "svc", POLICY_OWN_LINES, &p));
	got = show_policy(p);
	CHECK("what stands in it is seen", strstr(got,
	    "auth /proc/self/fd/99:1 required a.so\n"));
	policy_free(p);
	close(99);
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(i);
	check_limits();
	check_random();
	check_included();
	return TEST_RESULT();
}
