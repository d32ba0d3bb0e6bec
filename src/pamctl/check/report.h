/* SPDX-License-Identifier: BSD-2-Clause */
/* What a check has found. */
#ifndef PAMCTL_CHECK_REPORT_H
#define PAMCTL_CHECK_REPORT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "policy/fault.h"

struct rule;

enum level {
	LEVEL_NOTE,		/* for those who read everything */
	LEVEL_WARNING,		/* likely not what was meant */
	LEVEL_ERROR,		/* keeps people out, or lets them in */
	LEVEL_COUNT,
};

struct finding {
	const struct rule *rule;
	enum level level;
	struct place at;	/* borrowed; line 0: the file as a whole */
	char *text;
	char *services;		/* in which it was found, by blanks */
	size_t service_count;
	const char *ignored;	/* why it does not count, borrowed; or NULL */
};

struct report {
	struct finding *finding;
	size_t count, cap;
	bool failed;		/* memory ran out */
	const struct rule *more;	/* rules that no family has, or NULL */
};

/* "warning" for LEVEL_WARNING. */
const char *level_word(enum level level);

/* Add a finding in a service (NULL: in none). The same one in several services
 * is one finding; it counts if it counts in any of them. */
void report_add(struct report *r, const struct finding *like,
    const char *service, const char *fmt, va_list args)
    __attribute__((format(printf, 4, 0)));

/* How many count that are of this level or worse. */
size_t report_counts(const struct report *r, enum level least);

/* Take out what another report has too: the same rule and text in a file of the
 * same name, whatever the line, and in no service besides. */
void report_subtract(struct report *r, const struct report *old);

/* By file, line and code. */
void report_sort(struct report *r);

void report_free(struct report *r);

#endif
