/* SPDX-License-Identifier: BSD-2-Clause */
/* What a profile asks of services, against what they do. */
#include <errno.h>
#include <fnmatch.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "base/text.h"
#include "pamctl/check/profile.h"
#include "pamctl/check/settings.h"
#include "pamctl/check/want.h"

/* A demand, and the stack that it is about. */
struct claim {
	struct scene *s;
	const struct demand *d;
	const struct study *study;
};

static uint32_t
answers(void *ctx, const struct entry *e)
{
	const struct claim *c = ctx;

	return c->study->quest.answers(c->study->quest.ctx, e);
}

static uint32_t
marks(void *ctx, const struct entry *e, int answer)
{
	const struct claim *c = ctx;

	return property_marks(&c->d->property, e, answer);
}

/* Where the success that contradicts a sentence comes from. */
static struct place
place_of(const struct claim *c, const struct exploration *x,
    const struct outcome *counter)
{
	struct place at = service_place(c->s->service);
	struct trail trail = { 0 };
	const struct step *decider;

	explore_way(x, counter, &trail);
	decider = trail_decider(&trail);
	if (decider)
		at = decider->entry->at;
	trail_free(&trail);
	return at;
}

static void
look_holds(struct claim *c)
{
	const struct quest quest = { .chain = c->study->chain,
		.answers = answers, .marks = marks, .ctx = c,
		.grain = GRAIN_SUCCESS };
	const struct outcome *counter;
	struct exploration x;

	if (explore(&quest, &x) < 0) {
		c->s->check->report.failed = true;
		return;
	}
	counter = explore_find(&x, PAM_SUCCESS, 1,
	    property_bad(&c->d->property));
	if (counter)
		found(c->s, place_of(c, &x, counter), "%s: \"%s\" does not "
		    "hold", c->s->rule->what, c->d->sentence);
	else if (x.cut)
		found(c->s, service_place(c->s->service), "%s: too many ways "
		    "to tell whether \"%s\" holds", c->s->rule->what,
		    c->d->sentence);
	explore_end(&x);
}

/* The last argument that gives this option; its value, or NULL. */
static const char *
argument_value(const struct entry *e, const char *option)
{
	const char *value = NULL;

	for (int i = 0; i < e->argc; i++) {
		const char *after = text_after(e->argv[i], option);

		if (after && (*after == '=' || !*after))
			value = *after ? after + 1 : after;
	}
	return value;
}

/* What counts for an option: the argument, or what a file says. Policies alone
 * (--confdir) have no files. */
static int
find_setting(const struct claim *c, const struct entry *e, const char *option,
    struct setting *out)
{
	const struct options *o = c->s->check->o;
	const char *value = argument_value(e, option);
	const char *conf = argument_value(e, "conf");
	int rc = 0;

	if (value) {
		out->value = strdup(value);
		return out->value ? 0 : -ENOMEM;
	}
	if (conf && (o->root || !o->confdir))
		return settings_find(o, conf, option, out);
	for (size_t i = 0; c->d->file[i] && rc == 0; i++) {
		if (o->root || !o->confdir)
			rc = settings_find(o, c->d->file[i], option, out);
	}
	return rc;
}

/* The line of a module's own file, which lives as long as the profile. */
static struct place
setting_place(const struct claim *c, const struct setting *set)
{
	const char *root = c->s->check->o->root;
	struct arena *arena = &c->s->check->profile->arena;
	char path[PATH_MAX];
	char *copy;

	snprintf(path, sizeof path, "%s%s", root ? root : "", set->file);
	copy = arena_copy(arena, path, strlen(path));
	return (struct place){ copy ? copy : c->d->file[0], set->line };
}

static void
judge_value(const struct claim *c, const struct entry *e,
    const struct setting *set)
{
	const struct demand *d = c->d;
	const char *value = set->value ? set->value : d->initial;
	char want[200];

	if (value && want_fits(d->want, value))
		return;
	want_text(d->want, want, sizeof want);
	if (!value)
		found(c->s, e->at, "%s: %s of %s is not set and should be %s",
		    c->s->rule->what, d->option[0], d->module, want);
	else
		found(c->s, set->file ? setting_place(c, set) : e->at,
		    "%s: %s of %s is %s%s and should be %s",
		    c->s->rule->what, d->option[0], d->module,
		    *value ? value : "empty",
		    set->value ? "" : " where nothing is set", want);
}

static void
judge_flag(const struct claim *c, const struct entry *e,
    const struct setting *set, const char *option)
{
	char want[200];

	want_text(c->d->option, want, sizeof want);
	if (c->d->kind == DEMAND_FLAG)
		found(c->s, e->at, "%s: %s should have %s", c->s->rule->what,
		    c->d->module, want);
	else
		found(c->s, set->file ? setting_place(c, set) : e->at,
		    "%s: %s should not have %s", c->s->rule->what,
		    c->d->module, option);
}

/* Judge one option. True when one that is wanted is there. */
static bool
look_option(struct claim *c, const struct entry *e, const char *option)
{
	_drop_(setting_free) struct setting set = { 0 };
	bool there;

	if (find_setting(c, e, option, &set) < 0) {
		c->s->check->report.failed = true;
		return true;
	}
	there = set.value;
	if (c->d->kind == DEMAND_VALUE)
		judge_value(c, e, &set);
	else if (c->d->kind == DEMAND_ABSENT && there)
		judge_flag(c, e, &set, option);
	return there;
}

static void
look_entry(struct claim *c, const struct entry *e)
{
	bool any = false;

	if (!is_module(e, c->d->module))
		return;
	for (size_t i = 0; c->d->option[i]; i++)
		any |= look_option(c, e, c->d->option[i]);
	if (c->d->kind == DEMAND_FLAG && !any)
		judge_flag(c, e, &(struct setting){ 0 }, NULL);
}

static bool
concerns(const struct scene *s, size_t rule)
{
	const char *const *pattern = s->check->profile->services[rule];

	if (!pattern)
		return true;
	for (; *pattern; pattern++) {
		if (fnmatch(*pattern, s->service->name, 0) == 0)
			return true;
	}
	return false;
}

static void
look_demand(struct scene *s, const struct demand *d)
{
	const enum facility f = d->kind == DEMAND_HOLDS ?
	    d->property.facility : d->facility;
	struct claim c = { s, d, &s->service->study[f] };

	if (d->kind == DEMAND_HOLDS) {
		look_holds(&c);
		return;
	}
	for (size_t i = 0; i < c.study->chain->count; i++)
		look_entry(&c, &c.study->chain->entry[i]);
}

void
demand_look(struct scene *s)
{
	const struct profile *p = s->check->profile;
	const size_t rule = (size_t)(s->rule - p->rule);

	if (s->service->policy->refused || !concerns(s, rule))
		return;
	for (size_t i = 0; i < p->demands; i++) {
		if (p->demand[i].rule == rule)
			look_demand(s, &p->demand[i]);
	}
}
