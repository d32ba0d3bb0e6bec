/* SPDX-License-Identifier: BSD-2-Clause */
/* Which entries of two stacks are the same one: module and arguments are, and
 * of several the first is the first, the second the second. */
#ifndef ANALYSIS_MATCH_H
#define ANALYSIS_MATCH_H

#include "policy/policy.h"

#define NO_ENTRY UINT32_MAX
#define NO_LABEL UINT32_MAX

enum side { SIDE_OLD, SIDE_NEW, SIDE_COUNT };

/* Every module that one of the two names has a number, its label. */
struct match {
	const struct chain *chain[SIDE_COUNT];
	uint32_t *label[SIDE_COUNT];	/* by entry; NO_LABEL: asks nobody */
	uint32_t *entry[SIDE_COUNT];	/* by label; NO_ENTRY: not there */
	size_t labels;
};

/* 0 with *out, to be freed, or -ENOMEM. The chains stay the caller's. */
int match_chains(const struct chain *old, const struct chain *new,
    struct match *out);

/* Whether two chains are the same, entry by entry: modules, arguments and what
 * is done for each answer. Then no answers tell them apart. */
bool match_alike(const struct chain *old, const struct chain *new);

/* The entry of a label, of the old stack if it has one. */
const struct entry *match_entry(const struct match *m, size_t label);

void match_free(struct match *m);

#endif
