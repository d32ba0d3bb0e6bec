/* SPDX-License-Identifier: BSD-2-Clause */
/* Findings, for people and for programs. */
#ifndef PAMCTL_CHECK_PRINT_H
#define PAMCTL_CHECK_PRINT_H

#include "pamctl/check/report.h"
#include "pamctl/options.h"

/* A line each: file:line: severity: code: text. Colours only on a terminal. */
void print_lines(const struct report *r, enum level least);

/* In columns, or as JSON. 0, or the status to exit with. */
int print_columns(const struct options *o, const struct report *r,
    enum level least);

/* SARIF 2.1.0, with those that comments ignore marked as such. 0, or the status
 * to exit with. */
int print_sarif(const struct report *r, enum level least);

/* A paragraph in lines. */
void print_paragraph(const char *text);

/* Rows for the options of a verb that has codes: out is as in verb_option. */
#define OPTION_EXPLAIN(out)                                                    \
	{ .name = "explain", .argument = "CODE",                               \
	    .what = "what a code means, and what to do", .value = (out) }
#define OPTION_LIST(out)                                                       \
	{ .name = "list", .what = "all codes", .flag = (out) }

/* What a code means. */
void print_rule(const struct rule *rule);

/* All codes of a table; the last rule has none. */
void print_rules(const struct rule *rules);

#endif
