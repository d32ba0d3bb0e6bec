/* SPDX-License-Identifier: BSD-2-Clause */
/* A rule looks at one thing and says what is wrong with it. Rules stand in
 * tables, one file for a family of them. */
#ifndef PAMCTL_CHECK_RULE_H
#define PAMCTL_CHECK_RULE_H

#include "pamctl/check/report.h"
#include "pamctl/check/study.h"

/* What a rule is shown, one after the other. */
enum scope {
	SCOPE_TREE,		/* everything at once */
	SCOPE_SERVICE,
	SCOPE_CHAIN,		/* one of its stacks, if not empty */
	SCOPE_ENTRY,		/* one line of it that names a module */
};

/* What is looked at; what is smaller than the rule's scope is not set. */
struct scene {
	struct check *check;
	const struct rule *rule;
	const struct service *service;
	enum facility facility;
	const struct chain *chain;
	const struct study *study;
	const struct entry *entry;
	size_t at;		/* of entry in chain */
	const char *excuse;	/* why it does not count, if the rule knows */
};

struct rule {
	const char *code;	/* a row without ends the table */
	enum level level;	/* the worst that it says */
	enum scope scope;
	void (*look)(struct scene *s);
	const char *what;	/* in a line */
	const char *explain;	/* why it matters, and what to do */
};

/* All families; the last is NULL. */
extern const struct rule *const rule_families[];

/* The rule with this code, NULL: there is none. */
const struct rule *rule_named(const char *code, size_t len);

/* Say it, at the rule's own level or a lower one. */
void found(const struct scene *s, struct place at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void found_as(const struct scene *s, enum level level, struct place at,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Of entries. */
bool is_module(const struct entry *e, const char *name);
bool is_any_of(const struct entry *e, const char *const *names);

/* Whether an argument is there; "user_readenv=" stands for any value. */
bool has_argument(const struct entry *e, const char *argument);

/* The first entry from there on of one of these modules, or NULL. names ends
 * with NULL. */
const struct entry *find_module(const struct chain *chain, size_t from,
    const char *const *names);

#endif
