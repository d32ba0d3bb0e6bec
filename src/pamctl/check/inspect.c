/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/inspect.h"

#include <errno.h>
#include <string.h>

#include "base/drop.h"
#include "base/text.h"
#include "pamctl/check/profile.h"
#include "pamctl/check/rule.h"
#include "pamctl/check/trust.h"
#include "pamctl/pamctl.h"
#include "pamctl/policies/modules.h"
#include "pamctl/policies/services.h"

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
inspect_services(struct check *c, char **name, size_t count)
{
	const int rc = study_services(c, name, count);

	if (rc == 0)
		apply_all(c);
	return rc == 0 && c->report.failed ?
	    fail(STATUS_AGAIN, "out of memory") : rc;
}

static int
inspect_all(struct check *c)
{
	const int rc = services_list(c->o, &c->names);

	if (rc == -ENOMEM)
		return fail(STATUS_AGAIN, "out of memory");
	if (rc == -EACCES || rc == -EPERM)
		return fail(STATUS_PRIVILEGE, "policies: %s", strerror(-rc));
	if (rc < 0 || c->names.count == 0)
		return fail(STATUS_CONFIG, "no policies: %s",
		    rc < 0 ? strerror(-rc) : "there is no file");
	return inspect_services(c, c->names.name, c->names.count);
}

/* Beside the facts; where there are none, nothing is compared. */
static int
read_tables(const struct options *o, struct conf_tables *out)
{
	const size_t folder = (size_t)(text_base(o->facts) - o->facts);
	_drop_(freep) char *path = text_format("%.*ssettings.facts",
	    (int)folder, o->facts);
	unsigned wrong = 0;
	const int rc = path ? conf_tables_read(path, out, &wrong) : -ENOMEM;

	if (rc == 0 || rc == -ENOENT)
		return 0;
	if (rc == -EINVAL && wrong)
		return fail(STATUS_CONFIG, "%s:%u: not a setting", path,
		    wrong);
	return fail(STATUS_CONFIG, "settings.facts: %s", strerror(-rc));
}

int
inspect(const struct options *o, struct profile *profile,
    const char *module_path, struct check *out)
{
	struct modules m = { 0 };
	const int rc = modules_read(o, &m);

	*out = (struct check){ .o = o, .profile = profile, .facts = m.facts };
	if (rc)
		return rc;
	if (read_tables(o, &out->tables))
		return STATUS_CONFIG;
	out->report.more = profile ? profile->rule : NULL;
	out->shelf = shelf_new(o->root, module_path);
	out->trust = trust_new(o->root ? o->root : o->confdir);
	if (!out->shelf || !out->trust)
		return fail(STATUS_AGAIN, "out of memory");
	return o->argc > 0 ?
	    inspect_services(out, o->argv, (size_t)o->argc) : inspect_all(out);
}

void
inspect_end(struct check *c)
{
	study_free(c);
	report_free(&c->report);
	shelf_free(c->shelf);
	trust_free(c->trust);
	facts_free(c->facts);
	conf_tables_free(&c->tables);
	arena_free(&c->arena);
	names_free(&c->names);
}
