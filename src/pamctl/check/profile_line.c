/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/profile_line.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/grow.h"
#include "pamctl/check/profile.h"

#define BLANKS " \t\r"

/* A line that is read; what it says goes to the last rule. */
struct line {
	struct profile *p;
	char *rest;
};

static char *
next_word(struct line *l)
{
	char *word;

	do {
		word = strsep(&l->rest, BLANKS);
	} while (word && !*word);
	return word;
}

/* All that is left, without the blanks around it; NULL for nothing. */
static char *
rest_of(struct line *l)
{
	char *rest = l->rest ? l->rest + strspn(l->rest, BLANKS) : NULL;
	size_t len = rest ? strlen(rest) : 0;

	while (len && strchr(BLANKS, rest[len - 1]))
		rest[--len] = '\0';
	return len ? rest : NULL;
}

static char *
format(struct profile *p, const char *fmt, const char *a, const char *b)
{
	const size_t room = strlen(fmt) + strlen(a) + strlen(b) + 1;
	char *text = arena_alloc(&p->arena, room);
	char *to = text;

	/* fmt has two "%s" and nothing else. */
	for (const char *s = text ? fmt : ""; *s; s++) {
		if (s[0] == '%' && s[1] == 's') {
			to = stpcpy(to, a);
			a = b;
			s++;
		} else {
			*to++ = *s;
		}
	}
	if (text)
		*to = '\0';
	return text;
}

static int
read_profile(struct line *l)
{
	l->p->name = rest_of(l);
	return l->p->name && !strpbrk(l->p->name, BLANKS ",") ? 0 : -EINVAL;
}

static int
read_source(struct line *l)
{
	l->p->source = rest_of(l);
	return l->p->source ? 0 : -EINVAL;
}

/* The list of rules ends with one without a code. */
static int
grow_rules(struct profile *p)
{
	size_t next = p->rules + 1;

	if (GROW(p->rule, next, p->rule_cap) < 0 ||
	    GROW(p->services, next, p->service_cap) < 0)
		return -ENOMEM;
	p->services[p->rules] = NULL;
	p->rule[next] = (struct rule){ .code = NULL };
	return 0;
}

static int
read_rule(struct line *l)
{
	struct profile *p = l->p;
	const char *name = next_word(l), *section = rest_of(l);
	char *code;

	if (!p->name || !name || !section)
		return -EINVAL;
	if (grow_rules(p) < 0)
		return -ENOMEM;
	code = format(p, "PROFILE-%s-%s", p->name, name);
	section = format(p, "%s %s", p->source ? p->source : p->name, section);
	if (!code || !section)
		return -ENOMEM;
	if (profile_rule(p, code))
		return -EINVAL;
	p->rule[p->rules++] = (struct rule){ code, LEVEL_WARNING,
		SCOPE_SERVICE, demand_look, "", section };
	return 0;
}

static struct rule *
last_rule(struct profile *p)
{
	return p->rules ? &p->rule[p->rules - 1] : NULL;
}

static int
read_title(struct line *l)
{
	struct rule *rule = last_rule(l->p);
	const char *title = rest_of(l);

	if (!rule || !title)
		return -EINVAL;
	rule->what = title;
	return 0;
}

static int
read_advice(struct line *l)
{
	struct rule *rule = last_rule(l->p);
	const char *advice = rest_of(l);

	if (!rule || !advice)
		return -EINVAL;
	rule->explain = format(l->p, "%s: %s", rule->explain, advice);
	return rule->explain ? 0 : -ENOMEM;
}

static int
read_level(struct line *l)
{
	struct rule *rule = last_rule(l->p);
	const char *word = next_word(l);

	for (int level = 0; rule && word && level < LEVEL_COUNT; level++) {
		if (strcmp(word, level_word((enum level)level)) == 0) {
			rule->level = (enum level)level;
			return 0;
		}
	}
	return -EINVAL;
}

static int
read_services(struct line *l)
{
	struct profile *p = l->p;
	const char **names = arena_alloc(&p->arena,
	    (DEMAND_WORDS + 1) * sizeof *names);
	size_t n = 0;

	if (!names)
		return -ENOMEM;
	while (n < DEMAND_WORDS && (names[n] = next_word(l)))
		n++;
	names[n] = NULL;
	if (!n || rest_of(l) || !p->rules)
		return -EINVAL;
	p->services[p->rules - 1] = names;
	return 0;
}

static struct demand *
add_demand(struct line *l, enum demand_kind kind)
{
	struct profile *p = l->p;
	struct demand *d;

	if (GROW(p->demand, p->demands, p->demand_cap) < 0)
		return NULL;
	d = &p->demand[p->demands++];
	*d = (struct demand){ .kind = kind, .rule = p->rules - 1 };
	return d;
}

static int
read_holds(struct line *l)
{
	struct demand *d = l->p->rules ? add_demand(l, DEMAND_HOLDS) : NULL;
	const char *wrong;

	if (!d)
		return l->p->rules ? -ENOMEM : -EINVAL;
	d->sentence = rest_of(l);
	return d->sentence ?
	    property_read(d->sentence, &d->property, &wrong) : -EINVAL;
}

/* Words with "or" between them; gives the word behind them. */
static int
read_choice(struct line *l, const char **to, char **behind)
{
	size_t n = 0;
	char *word = next_word(l);

	while (word && n < DEMAND_WORDS) {
		to[n++] = word;
		word = next_word(l);
		if (!word || strcmp(word, "or") != 0)
			break;
		word = next_word(l);
		if (!word)
			return -EINVAL;
	}
	*behind = word;
	return n && n < DEMAND_WORDS ? 0 : -EINVAL;
}

/* "default VALUE" and "in FILE...", either of them perhaps. */
static int
read_places(struct line *l, struct demand *d, char *word)
{
	size_t n = 0;

	if (word && strcmp(word, "default") == 0) {
		d->initial = next_word(l);
		word = d->initial ? next_word(l) : (char []){ "" };
	}
	if (!word)
		return 0;
	if (strcmp(word, "in") != 0)
		return -EINVAL;
	while (n < DEMAND_WORDS && (d->file[n] = next_word(l)))
		n++;
	return n ? 0 : -EINVAL;
}

static int
read_option(struct line *l, enum demand_kind kind)
{
	struct demand *d = l->p->rules ? add_demand(l, kind) : NULL;
	const char *facility = next_word(l);
	char *behind = NULL;
	int f = 0, rc = 0;

	if (!d)
		return l->p->rules ? -ENOMEM : -EINVAL;
	while (facility && f < FAC_COUNT &&
	    strcmp(facility, facility_word((enum facility)f)) != 0)
		f++;
	d->facility = (enum facility)f;
	d->module = next_word(l);
	if (!d->module || f == FAC_COUNT)
		return -EINVAL;
	if (kind == DEMAND_VALUE) {
		d->option[0] = next_word(l);
		rc = read_choice(l, d->want, &behind);
	} else {
		rc = read_choice(l, d->option, &behind);
	}
	return rc < 0 ? rc : read_places(l, d, behind);
}

static int
read_value(struct line *l)
{
	return read_option(l, DEMAND_VALUE);
}

static int
read_flag(struct line *l)
{
	return read_option(l, DEMAND_FLAG);
}

static int
read_absent(struct line *l)
{
	return read_option(l, DEMAND_ABSENT);
}

static const struct {
	const char *word;
	int (*read)(struct line *l);
} readers[] = {
	{ "profile", read_profile },
	{ "source", read_source },
	{ "rule", read_rule },
	{ "title", read_title },
	{ "advice", read_advice },
	{ "level", read_level },
	{ "services", read_services },
	{ "holds", read_holds },
	{ "value", read_value },
	{ "flag", read_flag },
	{ "absent", read_absent },
};

int
profile_line(struct profile *p, char *text)
{
	struct line l = { p, text };
	const char *word = next_word(&l);

	if (!word || *word == '#')
		return 0;
	for (size_t i = 0; i < COUNT(readers); i++) {
		if (strcmp(word, readers[i].word) == 0)
			return readers[i].read(&l);
	}
	return -EINVAL;
}
