/* SPDX-License-Identifier: BSD-2-Clause */
/* No token outlives the call that needed it, anywhere in the process or in the
 * log, whatever fails. argv: the actor. */
#include "base/drop.h"
#include "check.h"
#include "memory/heap.h"
#include "steps.h"

#define SHOWN 4			/* of what goes wrong in a scenario */

static void
wrong(const struct scenario *s, size_t step, size_t n, int code)
{
	if (check_bad++ < SHOWN)
		printf("%s: step %zu, allocation %zu: %d\n", s->label, step,
		    n, code);
}

/* While nothing fails, what the steps and the actor see is as expected. */
static void
check_good(const struct scenario *s, const struct run *run)
{
	for (size_t i = 0; i < run->count; i++) {
		step_fn *const act = s->steps[i].act;
		const int code = run->outcome[i].code;

		check_run++;
		if (act == step_gone || act == step_held ? code != 0 :
		    code == SHOW_DIFFERS)
			wrong(s, i, 0, code);
	}
}

/* With a failure a setter may have left the old value, and a call may still be
 * put off. Nothing else is an excuse. */
static bool
must_be_gone(const struct scenario *s, const struct run *run, size_t i)
{
	static step_fn *const wiping[] = { step_call_auth, step_call_account,
		step_call_open, step_call_change, step_end };

	if (s->steps[i].act != step_gone || i == 0 ||
	    run->outcome[i - 1].code == PAM_INCOMPLETE)
		return false;
	for (size_t k = 0; k < COUNT(wiping); k++) {
		if (s->steps[i - 1].act == wiping[k])
			return true;
	}
	return false;
}

static void
check_gone(const struct scenario *s, const struct run *run, size_t n)
{
	for (size_t i = 0; i < run->count; i++) {
		check_run++;
		if (must_be_gone(s, run, i) && run->outcome[i].code)
			wrong(s, i, n, run->outcome[i].code);
	}
}

/* Whether it came to that. */
static bool
play_without(const struct scenario *s, size_t n, bool for_good)
{
	struct run run;

	heap_fail(n, for_good);
	stage_play(s, NULL, NULL, &run);
	heap_heal();
	check_gone(s, &run, n);
	return heap_failed();
}

static int
look(const struct scenario *s)
{
	struct run run;

	stage_reply = secret_reply;
	stage_age(s, AGE_RENEWED);
	secret_loud = true;
	for (int i = 0; i < 2; i++) {
		stage_play(s, NULL, NULL, &run);
		check_good(s, &run);
	}
	secret_loud = false;
	for (size_t n = 1; play_without(s, n, false); n++)
		play_without(s, n, true);
	return TEST_RESULT();
}

int
main(int argc, char **argv)
{
	return stage_each(argc, argv, look);
}
