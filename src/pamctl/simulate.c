/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl simulate: what would come out of a stack if its modules answered so?
 * setcred and close go by what was answered before. No module is called. */
#include <stdio.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "pamctl/pamctl.h"
#include "pamctl/policies/source.h"
#include "pamctl/rehearsal/rehearsal.h"
#include "pamctl/trail.h"

#define USAGE                                                                  \
	"simulate [options] SERVICE "                                          \
	"auth|setcred|account|open|close|password"

/* The calls of programs. */
static const struct call {
	const char *name;
	enum facility facility;
	bool second;		/* it goes by the answers of another */
} calls[] = {
	{ "auth", FAC_AUTH, false },
	{ "setcred", FAC_AUTH, true },
	{ "account", FAC_ACCOUNT, false },
	{ "session", FAC_SESSION, false },
	{ "open", FAC_SESSION, false },
	{ "close", FAC_SESSION, true },
	{ "password", FAC_PASSWORD, false },
};

static const struct call *
call_named(const char *name)
{
	for (size_t i = 0; i < COUNT(calls); i++) {
		if (strcmp(name, calls[i].name) == 0)
			return &calls[i];
	}
	fail(STATUS_USAGE, "no call \"%s\": auth, setcred, account, open, "
	    "close or password", name);
	return NULL;
}

static int
report(const struct options *o, const struct call *call, bool alone,
    const struct rehearsal *r)
{
	const char *heading = o->noheadings ? "" : "result: ";
	const int code = r->code[call->second];
	struct columns *c = trail_columns(o);
	int rc;

	if (!c)
		return STATUS_USAGE;
	columns_fact(c, "service", o->argv[0]);
	columns_fact(c, "call", call->name);
	columns_fact(c, "result", code_word(code));
	if (call->second && !alone)
		columns_fact(c, "before", code_word(r->code[0]));
	trail_rows(c, &r->trail[call->second]);
	rc = columns_end(c);
	if (rc)
		return rc;
	if (!o->json && !o->noheadings && call->second && !alone)
		printf("before: %s\n", code_word(r->code[0]));
	if (!o->json)
		printf("%s%s\n", heading, code_word(code));
	return code == PAM_SUCCESS ? STATUS_CLEAN : STATUS_FINDINGS;
}

static int
simulate(const struct options *o, struct rehearsal *r, bool alone)
{
	_drop_(policy_freep) struct policy *policy = NULL;
	const struct call *call = call_named(o->argv[1]);
	int rc = call ? source_policy(o, o->argv[0], &policy) : STATUS_USAGE;

	if (rc)
		return rc;
	if (alone && !call->second)
		return fail(STATUS_USAGE, "--alone is for setcred and close");
	if (rehearsal_go(r, &policy->chain[call->facility], call->facility,
	    alone) < 0)
		return fail(STATUS_AGAIN, "out of memory");
	return report(o, call, alone, r);
}

static int
run_verb(int argc, char **argv)
{
	_drop_(rehearsal_end) struct rehearsal r = { 0 };
	bool alone = false, done;
	struct verb_option own[REHEARSAL_OPTIONS + 2] = {
		[REHEARSAL_OPTIONS] = { .name = "alone",
		    .what = "setcred or close without the call before it",
		    .flag = &alone },
	};
	struct options o;
	int rc;

	rehearsal_options(&r, own);
	rc = options_read(&o, USAGE, own, argc, argv, &done);
	if (rc != 0 || done)
		return rc;
	if (o.argc != 2)
		return fail(STATUS_USAGE, "usage: pamctl " USAGE);
	rc = rehearsal_check(&r, &o);
	return rc ? rc : simulate(&o, &r, alone);
}

const struct verb verb_simulate = {
	"simulate", "what a stack would say if its modules answered so",
	run_verb,
};
