/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/profile_line.h"

#include <errno.h>
#include <string.h>

#include "base/drop.h"
#include "base/grow.h"
#include "pamctl/check/profile.h"
#include "pamctl/check/profile_demand.h"
#include "pamctl/check/profile_words.h"

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
read_profile(struct words *w)
{
	w->p->name = words_rest(w);
	return w->p->name && !strpbrk(w->p->name, WORDS_BLANKS ",") ?
	    0 : -EINVAL;
}

static int
read_source(struct words *w)
{
	w->p->source = words_rest(w);
	return w->p->source ? 0 : -EINVAL;
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
read_rule(struct words *w)
{
	struct profile *p = w->p;
	const char *name = words_next(w), *section = words_rest(w);
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
read_title(struct words *w)
{
	struct rule *rule = last_rule(w->p);
	const char *title = words_rest(w);

	if (!rule || !title)
		return -EINVAL;
	rule->what = title;
	return 0;
}

static int
read_advice(struct words *w)
{
	struct rule *rule = last_rule(w->p);
	const char *advice = words_rest(w);

	if (!rule || !advice)
		return -EINVAL;
	rule->explain = format(w->p, "%s: %s", rule->explain, advice);
	return rule->explain ? 0 : -ENOMEM;
}

static int
read_level(struct words *w)
{
	struct rule *rule = last_rule(w->p);
	const char *word = words_next(w);

	for (int level = 0; rule && word && level < LEVEL_COUNT; level++) {
		if (strcmp(word, level_word((enum level)level)) == 0) {
			rule->level = (enum level)level;
			return 0;
		}
	}
	return -EINVAL;
}

static int
read_services(struct words *w)
{
	struct profile *p = w->p;
	const char **names = arena_alloc(&p->arena,
	    (DEMAND_WORDS + 1) * sizeof *names);
	size_t n = 0;

	if (!names)
		return -ENOMEM;
	while (n < DEMAND_WORDS && (names[n] = words_next(w)))
		n++;
	names[n] = NULL;
	if (!n || words_rest(w) || !p->rules)
		return -EINVAL;
	p->services[p->rules - 1] = names;
	return 0;
}

static const struct {
	const char *word;
	int (*read)(struct words *w);
} readers[] = {
	{ "profile", read_profile },
	{ "source", read_source },
	{ "rule", read_rule },
	{ "title", read_title },
	{ "advice", read_advice },
	{ "level", read_level },
	{ "services", read_services },
	{ "holds", demand_holds },
	{ "value", demand_value },
	{ "flag", demand_flag },
	{ "absent", demand_absent },
};

int
profile_line(struct profile *p, char *text)
{
	struct words w = { p, text };
	const char *word = words_next(&w);

	if (!word || *word == '#')
		return 0;
	for (size_t i = 0; i < COUNT(readers); i++) {
		if (strcmp(word, readers[i].word) == 0)
			return readers[i].read(&w);
	}
	return -EINVAL;
}
