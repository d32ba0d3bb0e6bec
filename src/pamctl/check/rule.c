/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/rule.h"

#include <stdarg.h>
#include <string.h>

#include "pamctl/check/families.h"
#include "pamctl/check/ignore.h"

const struct rule *const rule_families[] = {
	rules_text,
	rules_module,
	rules_option,
	rules_setting,
	rules_walk,
	rules_lockout,
	rules_credential,
	rules_service,
	rules_session,
	rules_faillock,
	rules_repeat,
	rules_trust,
	NULL,
};

const struct rule *
rule_named(const char *code, size_t len)
{
	for (size_t i = 0; rule_families[i]; i++) {
		for (const struct rule *r = rule_families[i]; r->code; r++) {
			if (strlen(r->code) == len &&
			    strncmp(r->code, code, len) == 0)
				return r;
		}
	}
	return NULL;
}

static void __attribute__((format(printf, 4, 0)))
add(const struct scene *s, enum level level, struct place at, const char *fmt,
    va_list args)
{
	const struct finding like = {
		.rule = s->rule, .level = level, .at = at,
		.ignored = s->excuse ? s->excuse : ignored_because(s, at),
	};

	report_add(&s->check->report, &like,
	    s->service ? s->service->name : NULL, fmt, args);
}

void
found(const struct scene *s, struct place at, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	add(s, s->rule->level, at, fmt, args);
	va_end(args);
}

void
found_as(const struct scene *s, enum level level, struct place at,
    const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	add(s, level, at, fmt, args);
	va_end(args);
}

bool
is_module(const struct entry *e, const char *name)
{
	return e->kind == ENTRY_MODULE && strcmp(e->name, name) == 0;
}

bool
is_any_of(const struct entry *e, const char *const *names)
{
	for (; *names; names++) {
		if (is_module(e, *names))
			return true;
	}
	return false;
}

bool
has_argument(const struct entry *e, const char *argument)
{
	const size_t len = strlen(argument);
	const bool valued = argument[len - 1] == '=';

	for (int i = 0; i < e->argc; i++) {
		if (valued ? strncmp(e->argv[i], argument, len) == 0 :
		    strcmp(e->argv[i], argument) == 0)
			return true;
	}
	return false;
}

const struct entry *
find_module(const struct chain *chain, size_t from, const char *const *names)
{
	for (size_t i = from; i < chain->count; i++) {
		if (is_any_of(&chain->entry[i], names))
			return &chain->entry[i];
	}
	return NULL;
}
