/* SPDX-License-Identifier: BSD-2-Clause */
/* A user may choose the limits under which he runs a setuid program. With any
 * number of descriptors and any size of memory nobody comes in who would not
 * have otherwise. argv: the actor. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "base/drop.h"
#include "base/file.h"
#include "check.h"
#include "pamtest.h"
#include "stage.h"

#define SHOWN 5			/* of what goes wrong in a scenario */
#define PAGE 4096ul

static rlim_t
files_used(void)
{
	return (rlim_t)stage_files();
}

static rlim_t
memory_used(void)
{
	_drop_(freep) char *text = NULL;

	/* The first number is the size of all, in pages. */
	return file_read("/proc/self/statm", 4096, &text) == 0 ?
	    strtoul(text, NULL, 10) * PAGE : RLIM_INFINITY;
}

/* So many times step beyond what is used, up to most. */
static const struct {
	const char *name;
	__rlimit_resource_t resource;
	rlim_t (*used)(void);
	rlim_t step, most;
} limits[] = {
	{ "descriptors", RLIMIT_NOFILE, files_used, 1, 8 },
	{ "pages", RLIMIT_AS, memory_used, PAGE, 96 * PAGE },
};

static rlim_t
set_limit(__rlimit_resource_t resource, rlim_t soft)
{
	struct rlimit limit;
	rlim_t old;

	if (getrlimit(resource, &limit) < 0)
		abort();
	old = limit.rlim_cur;
	limit.rlim_cur = soft;
	if (setrlimit(resource, &limit) < 0)
		abort();
	return old;
}

static void
play_within(const struct scenario *s, size_t l, rlim_t more,
    const struct run *good)
{
	const int files = stage_files();
	struct run run;
	rlim_t old;

	old = set_limit(limits[l].resource, limits[l].used() + more);
	stage_play(s, NULL, good, &run);
	set_limit(limits[l].resource, old);
	for (size_t i = 0; i < run.count; i++) {
		check_run++;
		if (stage_came_in(&s->steps[i], good->outcome[i].code,
		    run.outcome[i].code) && check_bad++ < SHOWN)
			printf("%s: with %lu more %s: step %zu came in\n",
			    s->label, (unsigned long)(more / limits[l].step),
			    limits[l].name, i);
	}
	CHECK_INT(s->label, files, stage_files());
}

static int
limit_all(const struct scenario *s)
{
	struct run good;

	for (size_t l = 0; l < COUNT(limits); l++) {
		for (rlim_t n = 0; n <= limits[l].most;
		    n += limits[l].step) {
			stage_age(s, AGE_RENEWED);
			stage_play(s, NULL, NULL, &good);
			stage_age(s, AGE_RENEWED);
			play_within(s, l, n, &good);
		}
	}
	return TEST_RESULT();
}

/* The module that would refuse has to be mapped each time; the one that would
 * not is there already. */
static void
check_mapped(const char *actor)
{
	_drop_(freep) char *policy = NULL;
	struct scenario s = {
		.label = "the one who would refuse cannot be mapped",
		.conf = "unload loose\n",
		.steps = { { step_start, "svc", 1 }, { step_call_auth },
		    { step_end } },
	};

	CHECK("copy", stage_copy(actor, "loose.so"));
	if (asprintf(&policy, "auth [success=ok module_unknown=ignore "
	    "default=die] %s/loose.so answer=auth_err\nauth required %%M\n",
	    pamtest_confdir()) < 0)
		abort();
	s.files[0].name = "svc";
	s.files[0].text = policy;
	CHECK("files", stage_set(&s, actor));
	limit_all(&s);
}

int
main(int argc, char **argv)
{
	const int rc = stage_each(argc, argv, limit_all);

	if (argc == 2)
		check_mapped(argv[1]);
	return rc ? rc : TEST_RESULT();
}
