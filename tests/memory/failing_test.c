/* SPDX-License-Identifier: BSD-2-Clause */
/* Each allocation of each scenario fails once, and once with all that follow:
 * the call that needed it says so, nobody comes in who would not have, nothing
 * is left behind. argv: the actor. */
#include <dlfcn.h>
#include <stdio.h>

#include "base/drop.h"
#include "check.h"
#include "heap.h"
#include "stage.h"

#define SHOWN 5				/* of what goes wrong in a scenario */

static const char *const ages[] = {
	[AGE_OLD] = "kept", [AGE_FRESH] = "fresh", [AGE_RENEWED] = "renewed",
};

/* Which run it is, for who reads of a failure. */
static struct {
	const struct scenario *s;
	enum age age;
	size_t n;
	bool for_good;
} now;

static void
wrong(const char *what, long long want, long long got)
{
	if (check_bad < SHOWN)
		printf("%s, policy %s, allocation %zu%s: %s: %lld, not %lld\n",
		    now.s->label, ages[now.age], now.n,
		    now.for_good ? " and after" : "", what, got, want);
	check_bad++;
}

static void
same(const char *what, long long want, long long got)
{
	check_run++;
	if (want != got)
		wrong(what, want, got);
}

static bool
allowed(int code)
{
	return code == PAM_BUF_ERR || (code >= 0 && code < 32 &&
	    now.s->errors >> code & 1);
}

/* A call that will be made again tells at its end. */
static bool
put_off(const struct run *run)
{
	return run->hit < run->count &&
	    run->outcome[run->hit].code == PAM_INCOMPLETE;
}

static void
compare(const struct run *good, const struct run *run)
{
	bool told = false;

	for (size_t i = 0; i < run->count; i++) {
		const struct outcome *want = &good->outcome[i];
		const struct outcome *got = &run->outcome[i];
		const bool differs = want->code != got->code ||
		    (!told && strcmp(want->text, got->text) != 0);

		check_run++;
		if (stage_came_in(&now.s->steps[i], want->code, got->code))
			wrong("came in", want->code, got->code);
		if (!differs || told)
			continue;
		told = true;
		if (!now.for_good && !put_off(run))
			same("told by the step", (long long)run->hit,
			    (long long)i);
		if (!allowed(got->code))
			wrong("told as", PAM_BUF_ERR, got->code);
	}
}

/* The loader keeps its last one until it is asked once more. */
static void
forget_messages(void)
{
	dlerror();
}

static void
play_once(const struct run *good)
{
	const struct heap_live before = heap_live();
	const int files = stage_files();
	struct heap_live after;
	struct run run;

	stage_age(now.s, now.age);
	heap_fail(now.n, now.for_good);
	stage_play(now.s, heap_failed, good, &run);
	heap_heal();
	forget_messages();
	after = heap_live();
	same("blocks left behind", (long long)before.blocks,
	    (long long)after.blocks);
	same("descriptors left behind", files, stage_files());
	compare(good, &run);
}

/* Once and once again, so that what is kept is kept, and lists have grown. */
static void
rehearse(struct run *good)
{
	for (int i = 0; i < 3; i++) {
		stage_age(now.s, now.age);
		stage_play(now.s, NULL, NULL, good);
		forget_messages();
	}
}

static void
play_all(void)
{
	struct run good;

	rehearse(&good);
	for (now.n = 1;; now.n++) {
		play_once(&good);
		if (!heap_failed())
			break;
	}
}

static int
fail_all(const struct scenario *s)
{
	now.s = s;
	for (size_t i = 0; i < 2 * AGE_COUNT; i++) {
		now.age = (enum age)(i / 2);
		now.for_good = i % 2;
		play_all();
	}
	return TEST_RESULT();
}

int
main(int argc, char **argv)
{
	return stage_each(argc, argv, fail_all);
}
