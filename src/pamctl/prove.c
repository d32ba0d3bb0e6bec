/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl prove: does a sentence hold for every way through a stack? If not, the
 * shortest way on which it does not. */
#include <errno.h>
#include <stdio.h>

#include <security/_pam_types.h>

#include "analysis/property.h"
#include "base/drop.h"
#include "pamctl/columns.h"
#include "pamctl/pamctl.h"
#include "pamctl/policies/modules.h"
#include "pamctl/policies/policies.h"
#include "pamctl/policies/source.h"
#include "pamctl/prove.h"
#include "pamctl/trail.h"

#define USAGE "prove [options] SERVICE|--all SENTENCE..."

enum { COL_SERVICE, COL_SENTENCE, COL_VERDICT, COL_FILE, COL_LINE, COL_MODULE, COL_ANSWER,
	COL_ACTION };

/* For programs: a row for each step of a counterexample. */
static const struct column columns[] = {
	[COL_SERVICE] = { .name = "SERVICE" },
	[COL_SENTENCE] = { .name = "SENTENCE" },
	[COL_VERDICT] = { .name = "VERDICT" },
	[COL_FILE] = { .name = "FILE" },
	[COL_LINE] = { .name = "LINE", .number = true },
	[COL_MODULE] = { .name = "MODULE" },
	[COL_ANSWER] = { .name = "ANSWER" },
	[COL_ACTION] = { .name = "ACTION" },
	{ .name = NULL },
};

/* A sentence, and what the modules of its stack can answer. */
struct proof_of {
	const struct options *o;
	struct columns *columns;	/* or NULL: in words */
	bool all;		/* services: words begin with the name */
	const char *service;
	const struct policy *policy;
	struct modules *modules;
	struct property property;
	struct quest any;	/* the modules' own quest */
};

static int
worse(int a, int b)
{
	return a > b ? a : b;
}

static uint32_t
answers(void *ctx, const struct entry *e)
{
	const struct proof_of *p = ctx;

	return p->any.answers(p->any.ctx, e);
}

static uint32_t
marks(void *ctx, const struct entry *e, int answer)
{
	const struct proof_of *p = ctx;

	return property_marks(&p->property, e, answer);
}

static void
fill_row(const struct proof_of *p, const char *sentence, const char *verdict,
    const struct step *s)
{
	struct columns *c = p->columns;

	columns_row(c);
	columns_cell(c, COL_SERVICE, p->service);
	columns_cell(c, COL_SENTENCE, sentence);
	columns_cell(c, COL_VERDICT, verdict);
	if (!s)
		return;
	columns_cell(c, COL_FILE, s->entry->at.file);
	columns_number(c, COL_LINE, s->entry->at.line);
	columns_cell(c, COL_MODULE, s->entry->name);
	columns_cell(c, COL_ANSWER, code_word(s->answer));
	columns_cell(c, COL_ACTION, action_word((enum action)s->action));
}

/* In words, after the name where there are several. */
static void
tell(const struct proof_of *p, const char *verdict, const char *sentence)
{
	if (p->all) {
		put(stdout, p->service);
		fputs(": ", stdout);
	}
	printf("%s: %s\n", verdict, sentence);
}

static int
tell_trail(const struct proof_of *p, const char *sentence,
    const struct trail *trail)
{
	if (!p->columns) {
		tell(p, "does not hold", sentence);
		return trail_print(p->o, trail);
	}
	for (size_t i = 0; i < trail->count; i++)
		fill_row(p, sentence, "fails", &trail->step[i]);
	return 0;
}

static int
report(const struct proof_of *p, const struct exploration *x,
    const char *sentence)
{
	const struct outcome *counter = explore_find(x, PAM_SUCCESS, 1,
	    property_bad(&p->property));
	struct trail trail = { 0 };
	int rc;

	if (!counter && p->columns)
		fill_row(p, sentence, x->cut ? "undecided" : "holds", NULL);
	else if (!counter)
		tell(p, x->cut ? "not decided, too many ways" : "holds",
		    sentence);
	if (!counter)
		return x->cut ? STATUS_FINDINGS : STATUS_CLEAN;
	explore_way(x, counter, &trail);
	rc = tell_trail(p, sentence, &trail);
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

	p->any = modules_quest(p->modules, &p->policy->chain[f], f);
	quest.chain = p->any.chain;
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
prove_sentence(const struct options *o, const char *service,
    const struct policy *policy, struct modules *m, const char *sentence)
{
	struct proof_of p = { .o = o, .all = true, .service = service,
		.policy = policy, .modules = m };

	return prove_text(&p, sentence);
}

/* All sentences of one service. What a service that cannot be started does is
 * not asked. */
static int
prove_service(struct proof_of *p, char **sentence)
{
	int rc = STATUS_CLEAN, worst = STATUS_CLEAN;

	if (p->policy->refused)
		return fail(STATUS_CONFIG, "no program can start the service "
		    "%s", p->service);
	for (; *sentence && rc <= STATUS_FINDINGS; sentence++) {
		rc = prove_text(p, *sentence);
		worst = worse(worst, rc);
	}
	return worst;
}

static int
prove_named(struct proof_of *p)
{
	_drop_(policy_freep) struct policy *policy = NULL;
	const int rc = source_policy(p->o, p->o->argv[0], &policy);

	p->service = p->o->argv[0];
	p->policy = policy;
	return rc ? rc : prove_service(p, p->o->argv + 1);
}

static int
prove_tree(struct proof_of *p)
{
	_drop_(policies_free) struct policies all = { 0 };
	int rc = policies_read(p->o, &all), worst = rc;

	for (size_t i = 0; i < all.names.count && worst != STATUS_USAGE; i++) {
		if (rc || policies_part(&all, i))
			continue;
		p->service = all.names.name[i];
		p->policy = all.policy[i];
		worst = worse(worst, prove_service(p, p->o->argv));
	}
	return worst;
}

static int
prove_all(struct proof_of *p)
{
	const struct options *o = p->o;
	int rc, worst;

	if (o->json || o->raw || o->output) {
		p->columns = columns_new(o, "proofs", columns);
		if (!p->columns)
			return STATUS_USAGE;
	}
	worst = p->all ? prove_tree(p) : prove_named(p);
	rc = p->columns ? columns_end(p->columns) : STATUS_CLEAN;
	return worse(rc, worst);
}

static int
run_verb(int argc, char **argv)
{
	_drop_(modules_free) struct modules m = { 0 };
	struct options o;
	struct proof_of p = { .o = &o, .modules = &m };
	const struct verb_option own[] = {
		{ .name = "all", .what = "every service, in place of one",
		    .flag = &p.all },
		{ .name = NULL },
	};
	bool done;
	int rc = options_read(&o, USAGE, own, argc, argv, &done);

	if (rc != 0 || done)
		return rc;
	if (o.argc < (p.all ? 1 : 2))
		return fail(STATUS_USAGE, "usage: pamctl " USAGE);
	rc = modules_read(&o, &m);
	return rc ? rc : prove_all(&p);
}

const struct verb verb_prove = {
	"prove", "does a sentence hold for every way through?", run_verb,
};
