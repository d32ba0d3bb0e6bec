/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl check: is anything wrong with these policies? Nothing is loaded or
 * run of what is checked. */
#include <string.h>

#include "base/drop.h"
#include "pamctl/check/inspect.h"
#include "pamctl/check/print.h"
#include "pamctl/check/profile.h"
#include "pamctl/check/rule.h"
#include "pamctl/pamctl.h"

#define USAGE "check [options] [SERVICE...]"

/* What the verb was asked for besides. */
struct wish {
	bool sarif, list;
	const char *explain, *level, **module_path, *profile_name;
	enum level least;
	struct profile *profile;
};

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

/* Notes are for reading. */
static int
verdict_of(const struct report *r, enum level least)
{
	return report_counts(r, least > LEVEL_NOTE ? least : LEVEL_WARNING) ?
	    STATUS_FINDINGS : STATUS_CLEAN;
}

static int
check(const struct options *o, const struct wish *wish)
{
	_drop_(inspect_end) struct check c = { 0 };
	int rc = inspect(o, wish->profile,
	    wish->module_path ? wish->module_path[0] : NULL, &c);

	if (rc == 0)
		rc = print(&c, wish);
	return rc ? rc : verdict_of(&c.report, wish->least);
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
		if (strcmp(wish->level, level_word((enum level)l)) == 0) {
			wish->least = (enum level)l;
			return 0;
		}
	}
	return fail(STATUS_USAGE, "--level %s: not error, warning or note",
	    wish->level);
}

static int
run_wish(const struct options *o, struct wish *wish)
{
	int rc = read_level(wish);

	if (rc == 0 && wish->profile_name)
		rc = profile_read(wish->profile_name, &wish->profile);
	if (rc)
		return rc;
	if (wish->list)
		return list(wish->profile);
	return wish->explain ? explain(wish->profile, wish->explain) :
	    check(o, wish);
}

static void
wish_free(struct wish *wish)
{
	free(wish->module_path);
	profile_free(wish->profile);
}

static int
run_verb(int argc, char **argv)
{
	_drop_(wish_free) struct wish wish = { 0 };
	const struct verb_option own[] = {
		OPTION_EXPLAIN(&wish.explain),
		{ .name = "level", .argument = "LEVEL",
		    .what = "no less than error, warning or note",
		    .value = &wish.level },
		OPTION_LIST(&wish.list),
		{ .name = "module-path", .argument = "DIRS",
		    .what = "where modules are, by colons",
		    .values = &wish.module_path },
		{ .name = "profile", .argument = "NAME",
		    .what = "with what cis or stig, or a file, asks for",
		    .value = &wish.profile_name },
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
