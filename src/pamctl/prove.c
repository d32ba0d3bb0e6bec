/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl prove: does a sentence hold for every way through a stack? If not, the
 * shortest way on which it does not. */
#include <errno.h>
#include <stdio.h>

#include <security/_pam_types.h>

#include "analysis/property.h"
#include "base/drop.h"
#include "pamctl/modules.h"
#include "pamctl/pamctl.h"
#include "pamctl/prove.h"
#include "pamctl/source.h"
#include "pamctl/trail.h"

#define USAGE "prove [options] SERVICE SENTENCE..."

/* A sentence, and what the modules of its stack can answer. */
struct proof_of {
	const struct options *o;
	const struct policy *policy;
	struct modules *modules;
	struct property property;
	struct quest all;	/* the modules' own quest */
};

static const struct verb_option own[] = { { .name = NULL } };

static uint32_t
answers(void *ctx, const struct entry *e)
{
	const struct proof_of *p = ctx;

	return p->all.answers(p->all.ctx, e);
}

static uint32_t
marks(void *ctx, const struct entry *e, int answer)
{
	const struct proof_of *p = ctx;

	return property_marks(&p->property, e, answer);
}

static int
report(const struct proof_of *p, const struct exploration *x,
    const char *sentence)
{
	const struct outcome *counter = explore_find(x, PAM_SUCCESS, 1,
	    property_bad(&p->property));
	struct trail trail = { 0 };
	int rc;

	if (!counter) {
		printf("%s: %s\n", x->cut ? "not decided, too many ways" :
		    "holds", sentence);
		return x->cut ? STATUS_FINDINGS : STATUS_CLEAN;
	}
	printf("does not hold: %s\n", sentence);
	explore_way(x, counter, &trail);
	rc = trail_print(p->o, &trail);
	trail_free(&trail);
	return rc ? rc : STATUS_FINDINGS;
}

static int
prove(struct proof_of *p, const char *sentence)
{
	const enum facility f = p->property.facility;
	struct quest quest = { .answers = answers, .marks = marks, .ctx = p,
		.grain = GRAIN_SUCCESS };
	struct exploration x;
	int rc;

	p->all = modules_quest(p->modules, &p->policy->chain[f], f);
	quest.chain = p->all.chain;
	if (explore(&quest, &x) < 0)
		return fail(STATUS_AGAIN, "out of memory");
	rc = report(p, &x, sentence);
	explore_end(&x);
	return rc;
}

static int
prove_text(struct proof_of *p, const char *sentence)
{
	const char *wrong;
	int rc = property_read(sentence, &p->property, &wrong);

	if (rc == -ENOMEM)
		return fail(STATUS_AGAIN, "out of memory");
	if (rc < 0)
		return fail(STATUS_USAGE, "\"%s\": not understood at \"%s\"",
		    sentence, wrong);
	rc = prove(p, sentence);
	property_free(&p->property);
	return rc;
}

int
prove_sentence(const struct options *o, const struct policy *policy,
    struct modules *m, const char *sentence)
{
	struct proof_of p = { .o = o, .policy = policy, .modules = m };

	return prove_text(&p, sentence);
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
	_drop_(modules_free) struct modules m = { 0 };
	struct options o;
	bool done;
	int rc = options_read(&o, USAGE, own, argc, argv, &done);
	int worst = STATUS_CLEAN;

	if (rc != 0 || done)
		return rc;
	if (o.argc < 2)
		return fail(STATUS_USAGE, "usage: pamctl " USAGE);
	rc = modules_read(&o, &m);
	if (rc == 0)
		rc = source_policy(&o, o.argv[0], &policy);
	for (int i = 1; i < o.argc && rc <= STATUS_FINDINGS; i++) {
		rc = prove_sentence(&o, policy, &m, o.argv[i]);
		worst = rc > worst ? rc : worst;
	}
	return rc > worst ? rc : worst;
}

const struct verb verb_prove = {
	"prove", "does a sentence hold for every way through?", run_verb,
};
