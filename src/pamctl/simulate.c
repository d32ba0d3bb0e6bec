/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl simulate: what would come out of a stack if its modules answered so?
 * No module is called. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "base/text.h"
#include "engine/run.h"
#include "pamctl/pamctl.h"
#include "pamctl/source.h"
#include "pamctl/trail.h"

#define USAGE "simulate [options] SERVICE auth|account|session|password"

/* What the modules say. */
struct script {
	const char **set;	/* MODULE=CODE, the last that fits counts */
	int other;		/* everybody else's answer */
};

static int
code_named(const char *word)
{
	size_t len;
	const int code = code_prefix(word, &len);

	return code >= 0 && word[len] == '\0' ? code : -1;
}

static void
trail_freep(struct trail *t)
{
	trail_free(t);
}

/* The code that a MODULE=CODE gives this entry; -1 when it is for another. The
 * module is its name, or (for one of several) FILE:LINE. */
static int
code_for(const char *set, const struct entry *e)
{
	const char *equals = strrchr(set, '=');
	const size_t len = (size_t)(equals - set);
	_drop_(freep) char *place = source_place(&e->at);
	const bool named = strlen(e->name) == len &&
	    strncmp(set, e->name, len) == 0;
	const bool placed = place && strlen(place) >= len &&
	    strncmp(place + strlen(place) - len, set, len) == 0 &&
	    strchr(set, ':');

	return named || placed ? code_named(equals + 1) : -1;
}

static int
ask(void *ctx, const struct entry *e, uint32_t *ms)
{
	const struct script *s = ctx;
	int answer = s->other;

	*ms = 0;
	for (size_t i = 0; s->set && s->set[i]; i++) {
		const int code = code_for(s->set[i], e);

		if (code >= 0)
			answer = code;
	}
	return answer;
}

static int
check_script(const struct script *s)
{
	for (size_t i = 0; s->set && s->set[i]; i++) {
		const char *equals = strrchr(s->set[i], '=');

		if (!equals || equals == s->set[i])
			return fail(STATUS_USAGE,
			    "--set %s: not MODULE=CODE", s->set[i]);
		if (code_named(equals + 1) < 0)
			return fail(STATUS_USAGE,
			    "--set %s: no such code as \"%s\"", s->set[i],
			    equals + 1);
	}
	return 0;
}

static int
simulate(const struct options *o, const struct chain *chain,
    struct script *script)
{
	_drop_(trail_freep) struct trail trail = { 0 };
	struct run r = {
		.chain = chain, .ask = ask, .ctx = script, .trail = &trail,
	};
	struct walk w;
	int code, rc;

	walk_begin(&w);
	code = run(&r, &w);
	if (chain->count == 0)
		code = PAM_PERM_DENIED;
	rc = trail_print(o, &trail);
	if (rc == 0 && !o->json)
		printf("%s%s\n", o->noheadings ? "" : "result: ",
		    code_word(code));
	if (rc)
		return rc;
	return code == PAM_SUCCESS ? STATUS_CLEAN : STATUS_FINDINGS;
}

static void
policy_freep(struct policy **p)
{
	policy_free(*p);
}

static int
run_verb(int argc, char **argv)
{
	_drop_(policy_freep) struct policy *policy = NULL;
	_drop_(freep) const char **others = NULL;
	struct script script = { .other = PAM_SUCCESS };
	const struct verb_option own[] = {
		{ .name = "set", .argument = "MODULE=CODE",
		    .what = "the answer of a module, or of FILE:LINE",
		    .values = &script.set },
		{ .name = "others", .argument = "CODE",
		    .what = "the answer of all others (success)",
		    .values = &others },
		{ .name = NULL },
	};
	struct options o;
	bool done;
	int rc = options_read(&o, USAGE, own, argc, argv, &done), f;

	if (rc != 0 || done)
		return rc;
	if (o.argc != 2)
		return fail(STATUS_USAGE, "usage: pamctl " USAGE);
	if (others) {
		script.other = code_named(others[0]);
		if (script.other < 0)
			return fail(STATUS_USAGE,
			    "--others: no such code as \"%s\"", others[0]);
	}
	f = source_facility(o.argv[1]);
	rc = f < 0 ? STATUS_USAGE : check_script(&script);
	if (rc == 0)
		rc = source_policy(&o, o.argv[0], &policy);
	if (rc == 0)
		rc = simulate(&o, &policy->chain[f], &script);
	free(script.set);
	return rc;
}

const struct verb verb_simulate = {
	"simulate", "what a stack would say if its modules answered so",
	run_verb,
};
