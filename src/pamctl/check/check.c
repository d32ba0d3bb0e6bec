/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl check: is anything wrong with these policies? Nothing is loaded or
 * run of what is checked. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "pamctl/check/check.h"
#include "pamctl/check/kinds.h"
#include "pamctl/check/print.h"
#include "pamctl/check/profile.h"
#include "pamctl/check/rule.h"
#include "pamctl/check/trust.h"
#include "pamctl/modules.h"
#include "pamctl/pamctl.h"
#include "pamctl/services.h"

#define USAGE "check [options] [SERVICE...]"

/* What the verb was asked for besides. */
struct wish {
	bool sarif, list;
	const char **explain, **level, **module_path, **profile_name;
	enum level least;
	struct profile *profile;
};

static void
look_at_entries(struct scene *s)
{
	for (s->at = 0; s->at < s->chain->count; s->at++) {
		s->entry = &s->chain->entry[s->at];
		if (s->entry->kind == ENTRY_MODULE)
			s->rule->look(s);
	}
}

static void
look_at_chains(struct scene *s)
{
	for (int f = 0; f < FAC_COUNT && !s->service->policy->refused; f++) {
		s->facility = (enum facility)f;
		s->study = &s->service->study[f];
		s->chain = s->study->chain;
		if (s->chain->count == 0)
			continue;
		if (s->rule->scope == SCOPE_ENTRY)
			look_at_entries(s);
		else
			s->rule->look(s);
	}
}

static void
look_at_service(struct scene *s)
{
	if (s->rule->scope == SCOPE_SERVICE)
		s->rule->look(s);
	else
		look_at_chains(s);
}

static void
apply(struct check *c, const struct rule *rule)
{
	struct scene s = { .check = c, .rule = rule };

	if (rule->scope == SCOPE_TREE) {
		rule->look(&s);
		return;
	}
	for (size_t i = 0; i < c->services; i++) {
		s.service = &c->service[i];
		if (!s.service->part)
			look_at_service(&s);
	}
}

static void
apply_table(struct check *c, const struct rule *rules)
{
	for (const struct rule *r = rules; r && r->code; r++)
		apply(c, r);
}

static void
apply_all(struct check *c)
{
	for (size_t i = 0; rule_families[i]; i++)
		apply_table(c, rule_families[i]);
	apply_table(c, c->report.more);
	report_sort(&c->report);
}

static int
print(const struct check *c, const struct wish *wish)
{
	const struct options *o = c->o;

	if (wish->sarif)
		return print_sarif(&c->report, wish->least);
	if (o->json || o->raw || o->output)
		return print_columns(o, &c->report, wish->least);
	print_lines(&c->report, wish->least);
	return STATUS_CLEAN;
}

/* Notes are for reading; what is ignored was read. */
static int
verdict_of(const struct report *r, enum level least)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct finding *f = &r->finding[i];

		if (!f->ignored && f->level > LEVEL_NOTE && f->level >= least)
			return STATUS_FINDINGS;
	}
	return STATUS_CLEAN;
}

static int
check_services(struct check *c, const struct wish *wish, char **name,
    size_t count)
{
	int rc = study_services(c, name, count);

	if (rc == 0)
		apply_all(c);
	if (rc == 0 && c->report.failed)
		rc = fail(STATUS_AGAIN, "out of memory");
	if (rc == 0)
		rc = print(c, wish);
	return rc ? rc : verdict_of(&c->report, wish->least);
}

static int
check_all(struct check *c, const struct wish *wish)
{
	_drop_(names_free) struct names names = { 0 };
	const int rc = services_list(c->o, &names);

	if (rc == -ENOMEM)
		return fail(STATUS_AGAIN, "out of memory");
	if (rc == -EACCES || rc == -EPERM)
		return fail(STATUS_PRIVILEGE, "policies: %s", strerror(-rc));
	if (rc < 0 || names.count == 0)
		return fail(STATUS_CONFIG, "no policies: %s",
		    rc < 0 ? strerror(-rc) : "there is no file");
	return check_services(c, wish, names.name, names.count);
}

static int
check(const struct options *o, const struct wish *wish)
{
	struct modules m = { 0 };
	struct check c = { .o = o, .profile = wish->profile };
	int rc = modules_read(o, &m);

	if (rc)
		return rc;
	c.facts = m.facts;
	c.report.more = wish->profile ? wish->profile->rule : NULL;
	c.shelf = shelf_new(o->root,
	    wish->module_path ? wish->module_path[0] : NULL);
	c.trust = trust_new(o->root ? o->root : o->confdir);
	if (!c.shelf || !c.trust)
		rc = fail(STATUS_AGAIN, "out of memory");
	else if (o->argc > 0)
		rc = check_services(&c, wish, o->argv, (size_t)o->argc);
	else
		rc = check_all(&c, wish);
	study_free(&c);
	report_free(&c.report);
	shelf_free(c.shelf);
	trust_free(c.trust);
	modules_free(&m);
	return rc;
}

int
check_policies(const struct options *o, enum level least)
{
	const struct wish wish = { .least = least };

	return check(o, &wish);
}

static int
explain(const struct profile *profile, const char *code)
{
	const struct rule *rule = profile_rule(profile, code);

	if (!rule)
		return fail(STATUS_USAGE, "no code \"%s\"; see pamctl check "
		    "--list", code);
	print_rule(rule);
	return STATUS_CLEAN;
}

static int
list(const struct profile *profile)
{
	for (size_t i = 0; rule_families[i] && !profile; i++)
		print_rules(rule_families[i]);
	if (profile)
		print_rules(profile->rule);
	return STATUS_CLEAN;
}

static int
read_level(struct wish *wish)
{
	wish->least = LEVEL_NOTE;
	if (!wish->level)
		return 0;
	for (int l = 0; l < LEVEL_COUNT; l++) {
		if (strcmp(wish->level[0], level_word((enum level)l)) == 0) {
			wish->least = (enum level)l;
			return 0;
		}
	}
	return fail(STATUS_USAGE, "--level %s: not error, warning or note",
	    wish->level[0]);
}

static int
run_wish(const struct options *o, struct wish *wish)
{
	int rc = read_level(wish);

	if (rc == 0 && wish->profile_name)
		rc = profile_read(wish->profile_name[0], &wish->profile);
	if (rc)
		return rc;
	if (wish->list)
		return list(wish->profile);
	return wish->explain ? explain(wish->profile, wish->explain[0]) :
	    check(o, wish);
}

static void
wish_free(struct wish *wish)
{
	free(wish->explain);
	free(wish->level);
	free(wish->module_path);
	free(wish->profile_name);
	profile_free(wish->profile);
}

static int
run_verb(int argc, char **argv)
{
	_drop_(wish_free) struct wish wish = { 0 };
	const struct verb_option own[] = {
		{ .name = "explain", .argument = "CODE",
		    .what = "what a code means, and what to do",
		    .values = &wish.explain },
		{ .name = "level", .argument = "LEVEL",
		    .what = "no less than error, warning or note",
		    .values = &wish.level },
		{ .name = "list", .what = "all codes", .flag = &wish.list },
		{ .name = "module-path", .argument = "DIRS",
		    .what = "where modules are, by colons",
		    .values = &wish.module_path },
		{ .name = "profile", .argument = "NAME",
		    .what = "with what cis or stig, or a file, asks for",
		    .values = &wish.profile_name },
		{ .name = "sarif", .what = "print SARIF 2.1.0",
		    .flag = &wish.sarif },
		{ .name = NULL },
	};
	struct options o;
	bool done;
	int rc = options_read(&o, USAGE, own, argc, argv, &done);

	if (rc == 0 && !done)
		rc = run_wish(&o, &wish);
	return rc;
}

const struct verb verb_check = {
	"check", "is anything wrong with these policies?", run_verb,
};
