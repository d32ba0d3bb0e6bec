/* SPDX-License-Identifier: BSD-2-Clause */
/* What the analysis takes for true of a stack is what the library does: small
 * stacks of all kinds are written as policies, and for every combination of
 * answers the real calls ask the modules and return the codes that the walks
 * of the analysis foretell, setcred and close behind the first call included. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/test_world.h"
#include "base/drop.h"
#include "check.h"
#include "policy/code.h"
#include "rig.h"

#define STACKS 6000
#define WAYS_MAX 16		/* of one stack: more would take long */

/* What is called, what the modules answer, and who was asked in the first
 * call. */
static const char *letters;	/* as rig_do() has them */
static const struct world *world;
static const struct fate *foretold;
static bool first;
static size_t asked[WORLD_ENTRIES], calls;

static int
answer(pam_handle_t *pamh, const struct rig_call *call)
{
	const size_t i = (size_t)atoi(call->argv[0]);
	const bool undo = first && strcmp(call->what, "close_session") == 0;

	(void)pamh;
	if (!first || undo)
		return world->second[i];
	asked[calls++] = i;
	return foretold->answer[i];
}

static void
write_module(FILE *f, const struct world *w, size_t i)
{
	const struct entry *e = &w->entry[i];

	for (int code = 0; code < CODE_COUNT; code++) {
		fprintf(f, "%s%s=", code ? " " : "[", code_word(code));
		if (e->action[code] == ACT_JUMP)
			fprintf(f, "%u", e->jump[code]);
		else
			fputs(action_word((enum action)e->action[code]), f);
	}
	fprintf(f, "] %%M %zu\n", i);
}

/* A new file: disks are slow to write an old one again. */
static void
put(const char *service, const char *text)
{
	char path[300];

	snprintf(path, sizeof path, "%s/%s", rig_confdir(), service);
	unlink(path);
	rig_policy(service, text);
}

/* The lines of one level, from an entry on, as a service of that name. The
 * entry behind it. */
static size_t
write_level(const struct world *w, size_t i, const char *facility,
    const char *service)
{
	const uint8_t depth = i < w->chain.count ? w->entry[i].depth : 0;
	char *text = NULL, below[32];
	size_t size;
	FILE *f = open_memstream(&text, &size);

	while (i < w->chain.count && w->entry[i].depth == depth) {
		fprintf(f, "%s ", facility);
		if (w->entry[i].kind == ENTRY_MODULE) {
			write_module(f, w, i++);
			continue;
		}
		snprintf(below, sizeof below, "level%zu", i);
		fprintf(f, "substack %s\n", below);
		if (++i < w->chain.count && w->entry[i].depth > depth)
			i = write_level(w, i, facility, below);
		else
			put(below, "");
	}
	fclose(f);
	put(service, text);
	free(text);
	return i;
}

static bool
asked_as_foretold(const struct trail *trail)
{
	if (calls != trail->count)
		return false;
	for (size_t i = 0; i < calls; i++) {
		if (trail->step[i].entry != &world->entry[asked[i]])
			return false;
	}
	return true;
}

static void
see(void *ctx, const struct world *w, const struct fate *fate)
{
	pam_handle_t *pamh;
	int code, again;

	(void)ctx;
	foretold = fate;
	calls = 0;
	rig_must(pam_start_confdir("foretold", "u", &rig_conv, rig_confdir(),
	    &pamh) == PAM_SUCCESS, "transaction");
	first = true;
	code = rig_do(pamh, letters[0], 0);
	first = false;
	if (code != fate->code || !asked_as_foretold(&fate->trail))
		world_print(w);
	CHECK_INT("the code of the first call", fate->code, code);
	CHECK("who is asked, in order", asked_as_foretold(&fate->trail));
	if (code == PAM_SUCCESS) {
		again = rig_do(pamh, letters[1], 0);
		CHECK_INT("the code of the second", world_again(w, &fate->trail),
		    again);
	}
	rig_end(pamh);
	rig.called[0] = '\0';
	rig_log_clear();
}

static bool
is_small(const struct world *w)
{
	unsigned ways = 1;

	for (size_t i = 0; i < w->chain.count; i++) {
		if (w->entry[i].kind == ENTRY_REFUSE)
			return false;
		if (w->entry[i].kind == ENTRY_MODULE)
			ways *= (unsigned)__builtin_popcount(w->answers[i]);
	}
	return ways <= WAYS_MAX;
}

int
main(int argc, char **argv)
{
	unsigned played = 0;

	rig_main(argc, argv);
	rig_reset();
	rig.module = answer;
	for (uint64_t seed = 1; seed <= STACKS; seed++) {
		const bool session = seed % 2;
		struct world w;

		world_make(&w, seed);
		if (!is_small(&w))
			continue;
		world = &w;
		write_level(&w, 0, session ? "session" : "auth", "foretold");
		letters = session ? "os" : "ac";
		world_each(&w, see, NULL);
		played++;
	}
	CHECK("many are small enough", played > STACKS / 3);
	return TEST_RESULT();
}
