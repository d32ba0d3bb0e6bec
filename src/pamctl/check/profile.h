/* SPDX-License-Identifier: BSD-2-Clause */
/* Requirements from a file, as benchmarks have them; pamctl-rules(5) tells the
 * form. Each becomes a rule like those that are built in. */
#ifndef PAMCTL_CHECK_PROFILE_H
#define PAMCTL_CHECK_PROFILE_H

#include "analysis/property.h"
#include "base/arena.h"
#include "pamctl/check/rule.h"

#define DEMAND_WORDS 16

enum demand_kind {
	DEMAND_HOLDS,		/* a sentence about a stack */
	DEMAND_VALUE,		/* the value of an option of a module */
	DEMAND_FLAG,		/* one of these options is there */
	DEMAND_ABSENT,		/* none of them is */
};

/* What a rule asks for; a rule may have several. */
struct demand {
	size_t rule;		/* its number */
	enum demand_kind kind;
	const char *sentence;	/* DEMAND_HOLDS, and as it was read: */
	struct property property;
	enum facility facility;
	const char *module;
	const char *option[DEMAND_WORDS + 1];	/* NULL-terminated */
	const char *want[DEMAND_WORDS + 1];	/* "1..5", "0", "sha512" */
	const char *initial;	/* what counts when nothing is set, or NULL */
	const char *file[DEMAND_WORDS + 1];	/* the later one counts */
};

struct profile {
	char *text;
	const char *name, *source;
	struct rule *rule;	/* the last is without a code */
	const char *const **services;	/* by rule: patterns; NULL: all */
	size_t rules, rule_cap, service_cap;
	struct demand *demand;
	size_t demands, demand_cap;
	struct arena arena;
};

/* Read a profile by its name ("cis") or, with a slash in it, path. 0 with *out,
 * to be freed; or, with a complaint, the status to exit with. */
int profile_read(const char *name, struct profile **out);

void profile_free(struct profile *p);

/* The rule of a profile (NULL: none) or of the families with this code. */
const struct rule *profile_rule(const struct profile *p, const char *code);

/* What every rule of a profile does with a service. */
void demand_look(struct scene *s);

#endif
