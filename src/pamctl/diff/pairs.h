/* SPDX-License-Identifier: BSD-2-Clause */
/* The services of two trees, each with its policy in either. */
#ifndef PAMCTL_DIFF_PAIRS_H
#define PAMCTL_DIFF_PAIRS_H

#include "analysis/match.h"
#include "pamctl/options.h"
#include "pamctl/policies/services.h"

struct pair {
	const char *service;
	struct policy *policy[SIDE_COUNT];
	bool listed[SIDE_COUNT];	/* that tree has this service */
	bool own[SIDE_COUNT][FAC_COUNT];	/* or what "other" says */
	bool part;			/* only included by others */
};

struct pairs {
	struct options tree[SIDE_COUNT];
	struct names listed[SIDE_COUNT];
	struct pair *pair;
	size_t count;
};

/* Read both trees, each a root with policies below or a folder of policies; all
 * services of either, or those named (NULL-terminated). 0, or the status to
 * exit with; *out is to be freed. */
int pairs_read(const struct options *o, const char *const *services,
    struct pairs *out);

void pairs_free(struct pairs *p);

#endif
