/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl simulate: what would come out of a stack if its modules answered so?
 * No module is called. */
#include <stdio.h>
#include <stdlib.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "engine/run.h"
#include "pamctl/pamctl.h"
#include "pamctl/script.h"
#include "pamctl/source.h"
#include "pamctl/trail.h"

#define USAGE "simulate [options] SERVICE auth|account|session|password"

static void
trail_freep(struct trail *t)
{
	trail_free(t);
}

static int
simulate(const struct options *o, const struct chain *chain,
    struct script *script)
{
	_drop_(trail_freep) struct trail trail = { 0 };
	struct run r = {
		.chain = chain, .ask = script_ask, .ctx = script, .trail = &trail,
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
		script.other = script_code(others[0]);
		if (script.other < 0)
			return fail(STATUS_USAGE,
			    "--others: no such code as \"%s\"", others[0]);
	}
	f = source_facility(o.argv[1]);
	rc = f < 0 ? STATUS_USAGE : script_check(&script, "--set");
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
