/* SPDX-License-Identifier: BSD-2-Clause */
/* Logins by the thousand: after the last quarter the process holds what it held
 * after the first. argv: the actor, how many. */
#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "check.h"
#include "heap.h"
#include "pamtest.h"
#include "stage.h"

#define SERVICES 100		/* more than are kept */
#define RSS_SLACK 512		/* KiB, of the C library's own */

#define LINES(control, args)                                                   \
	"auth " control " %M " args "\naccount " control " %M " args "\n"      \
	"session " control " %M " args "\npassword " control " %M " args "\n"
#define CALLS                                                                  \
	{ step_putenv, "LANG=C" }, { step_set, "tty1", PAM_TTY },              \
	    { step_xauth, "cookie", 6 }, { step_call_auth },                   \
	    { step_call_account }, { step_call_cred, "", PAM_ESTABLISH_CRED }, \
	    { step_call_open }, { step_list }, { step_call_close },            \
	    { step_call_cred, "", PAM_DELETE_CRED }, { step_call_change },     \
	    { step_end }

static const struct scenario logins[] = {
	{ "a good one",
	  .files = { { "good", LINES("required", "data=x env=A=1 x pw=root") },
	    { "usher.conf", "unload loose\n" } },
	  .steps = { { step_start, "good", 1 }, CALLS } },
	{ "with words",
	  .files = { { "words", LINES("optional", "user token tty=x")
	    "auth include good\naccount include good\n" } },
	  .replies = { { PAM_SUCCESS, "root" }, { PAM_SUCCESS, "secret" },
	    { PAM_SUCCESS, "a" }, { PAM_SUCCESS, "b" } },
	  .steps = { { step_start, "words" }, CALLS } },
	{ "a refused one",
	  .files = { { "bad", LINES("requisite", "data=x answer=auth_err") } },
	  .steps = { { step_start, "bad", 1 }, CALLS } },
	{ "one that is broken off",
	  .files = { { "later", LINES("required", "later=x user") } },
	  .replies = { { PAM_CONV_AGAIN }, { PAM_CONV_ERR } },
	  .steps = { { step_start, "later" }, CALLS } },
	{ "of a broken policy",
	  .files = { { "broken", "auth required gone.so\nbogus\n"
	    LINES("required", "") } },
	  .steps = { { step_start, "broken", 1 }, CALLS } },
	{ "that changes its service",
	  .files = { { "other", LINES("required", "service=good") } },
	  .steps = { { step_start, "unheard-of", 1 }, CALLS } },
	{ "with a module that is closed again",
	  .files = { { "loose", LINES("required", "data=x")
	    "auth required %B/loose.so\n" } },
	  .steps = { { step_start, "loose", 1 }, CALLS } },
};

struct state {
	struct heap_live heap;
	long files, rss;
};

static long
open_files(void)
{
	DIR *dir = opendir("/proc/self/fd");
	long n = 0;

	while (dir && readdir(dir))
		n++;
	closedir(dir);
	return n;
}

static long
resident(void)
{
	_drop_(freep) char *text = NULL;
	const char *at = file_read("/proc/self/status", 65536, &text) == 0 ?
	    strstr(text, "VmRSS:") : NULL;

	return at ? atol(at + strlen("VmRSS:")) : 0;
}

static struct state
state_now(void)
{
	const long files = open_files(), rss = resident();

	return (struct state){ heap_live(), files, rss };
}

static void
set_up(const char *actor)
{
	char name[16], copy[256];

	snprintf(copy, sizeof copy, "%s/loose.so", pamtest_confdir());
	CHECK("copy", stage_copy(actor, "loose.so"));
	for (size_t i = 0; i < COUNT(logins); i++)
		CHECK(logins[i].label, stage_set(&logins[i],
		    strcmp(logins[i].files[0].name, "loose") == 0 ?
		    copy : actor));
	for (int i = 0; i < SERVICES; i++) {
		snprintf(name, sizeof name, "s%d", i);
		CHECK(name, pamtest_policy(name, "auth required %M data=x\n",
		    actor));
	}
}

static void
one_of_many(unsigned i)
{
	char name[16];
	const struct scenario s = {
		.label = "one of many services",
		.steps = { { step_start, name, 1 }, { step_call_auth },
		    { step_end } },
	};
	struct run run;

	snprintf(name, sizeof name, "s%u", i % SERVICES);
	stage_play(&s, NULL, NULL, &run);
}

static void
quarter(size_t cycles)
{
	struct run run;

	for (size_t i = 0; i < cycles; i++) {
		const struct scenario *s = &logins[i % COUNT(logins)];

		if (i % 8 == 0)
			one_of_many((unsigned)(i / 8));
		stage_age(s, i % 101 == 0 ? AGE_RENEWED :
		    i % 103 == 0 ? AGE_FRESH : AGE_OLD);
		stage_play(s, NULL, NULL, &run);
	}
	/* Until nothing else is kept: at the end all quarters are alike. */
	for (unsigned i = 0; i < 2 * SERVICES; i++)
		one_of_many(i);
}

int
main(int argc, char **argv)
{
	const size_t cycles = argc > 2 ? strtoul(argv[2], NULL, 10) : 20000;
	struct state first, last;

	if (argc < 2)
		return 2;
	set_up(argv[1]);
	quarter(cycles / 4);
	first = state_now();
	for (int i = 0; i < 3; i++)
		quarter(cycles / 4);
	last = state_now();
	CHECK_INT("descriptors", first.files, last.files);
	CHECK_INT("blocks of memory", first.heap.blocks, last.heap.blocks);
	CHECK("bytes", last.heap.bytes <= first.heap.bytes + 4096);
	CHECK("pages, unless a sanitizer keeps them", !first.heap.bytes ||
	    last.rss <= first.rss + RSS_SLACK);
	printf("%zu logins: %zu blocks, %ld KiB, %ld descriptors\n", cycles,
	    last.heap.blocks, last.rss, last.files);
	return TEST_RESULT();
}
