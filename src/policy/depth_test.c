/* SPDX-License-Identifier: BSD-2-Clause */
/* Files that include each other come to an end: C-35, DEB-4. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/drop.h"
#include "check.h"
#include "policy/test_show.h"

#define FILES(svc, ...)                                                        \
	.files = { { "svc", svc }, { "other", "" }, __VA_ARGS__ }

/* A chain of files, each of which includes the next. */
static void
check_depth(const char *control, unsigned levels, const char *fault)
{
	struct text chain[TEXTS] = { { "other", "" } };
	char names[TEXTS][8], lines[TEXTS][80];
	_drop_(freep) char *got = NULL;
	char label[40];

	for (unsigned i = 0; i <= levels; i++) {
		snprintf(names[i], sizeof names[i], "f%u", i);
		snprintf(lines[i], sizeof lines[i], i < levels ?
		    "%s f%u\n" : "auth required last.so\n", control, i + 1);
		chain[i + 1] = (struct text){ names[i], lines[i], 0, 0 };
	}
	snprintf(label, sizeof label, "%s, %u levels", control, levels);
	got = show_parsed(chain, "f0", NULL);
	CHECK(label, !strstr(got, "last.so") == !!*fault);
	CHECK(label, !strstr(got, "(refuse)") == !*fault);
	CHECK(label, strstr(got, fault));
}

static void
check_depths(void)
{
	static const char *const controls[] = { "auth include",
		"auth substack", "@include" };

	for (size_t i = 0; i < COUNT(controls); i++) {
		check_depth(controls[i], 1, "");
		check_depth(controls[i], 15, "");
		check_depth(controls[i], 16, "! maximum level of inclusions "
		    "reached at: f16 at f15:1\n");
	}
}

static const struct {
	const char *label;
	struct text files[TEXTS];
	size_t entries, refusals;	/* of the auth stack */
	bool refused;
} loops[] = {
	{ "a file that includes itself: 16 copies, DEB-4",
	  FILES("auth required a.so\nauth include svc\n"), 17, 1, false },
	{ "by @include", FILES("auth required a.so\n@include svc\n"), 17, 1,
	  false },
	{ "as a substack, 15 marks more",
	  FILES("auth required a.so\nauth substack svc\n"), 33, 1, false },
	{ "two that include each other",
	  FILES("auth include one\nauth required a.so\n",
	  { "one", "auth include svc\nauth required b.so\n" }), 17, 1, false },
	{ "one that does so twice multiplies",
	  FILES("auth include svc\nauth include svc\n"), 65536, 65536, false },
	{ "up to a limit for all of it",
	  FILES("auth include svc\nauth include svc\nauth include svc\n"
	  "auth include svc\n"), 0, 0, true },
	{ "whatever the lines are", FILES(
	  "@include svc\n@include svc\n@include svc\n#\n#\n"), 0, 0, true },
};

static void
count(const struct policy *p, size_t *entries, size_t *refusals)
{
	const struct chain *auth = &p->chain[FAC_AUTH];

	*entries = auth->count;
	*refusals = 0;
	for (size_t k = 0; k < auth->count; k++)
		*refusals += auth->entry[k].kind == ENTRY_REFUSE;
}

static void
check_loops(void)
{
	for (size_t i = 0; i < COUNT(loops); i++) {
		const struct policy_source source = {
			.read = show_read,
			.ctx = (void *)(uintptr_t)loops[i].files,
		};
		const clock_t begin = clock();
		struct policy *p = NULL;
		size_t entries, refusals;

		CHECK_INT(loops[i].label, 0,
		    policy_parse(&source, "svc", 0, &p));
		count(p, &entries, &refusals);
		CHECK_INT(loops[i].label, loops[i].refused, p->refused);
		CHECK(loops[i].label, p->refused ||
		    (entries == loops[i].entries &&
		    refusals == loops[i].refusals));
		CHECK("in a short time",
		    clock() - begin < 10 * CLOCKS_PER_SEC);
		policy_free(p);
	}
}

/* Whoever includes a file a thousand times does not read it as often, and one
 * that changes meanwhile is still one file. */
static unsigned reads;

static int
read_counted(void *ctx, const char *name, struct policy_file *file)
{
	reads++;
	return show_read(ctx, name, file);
}

static void
check_reads(void)
{
	struct text files[TEXTS] = { { "svc", NULL, 0, 0 },
		{ "inc", "auth required a.so\n", 0, 0 }, { "other", "", 0, 0 } };
	const struct policy_source source = { read_counted, files, NULL };
	char text[1000 * 17 + 1] = "";
	struct policy *p = NULL;

	for (size_t i = 0; i < 1000; i++)
		memcpy(text + 17 * i, "auth include inc\n", 17);
	files[0].text = text;
	CHECK_INT("parsed", 0, policy_parse(&source, "svc", 0, &p));
	CHECK_INT("all copies are there", 1000, p->chain[FAC_AUTH].count);
	CHECK_INT("each file is read once", 3, reads);
	policy_free(p);
}

int
main(void)
{
	check_depths();
	check_loops();
	check_reads();
	return TEST_RESULT();
}
