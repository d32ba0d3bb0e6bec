/* SPDX-License-Identifier: BSD-2-Clause */
/* A chain together with what its modules can answer: the quest that verbs of
 * proof set out on. */
#ifndef PAMCTL_POLICIES_MODULES_H
#define PAMCTL_POLICIES_MODULES_H

#include "analysis/explore.h"
#include "analysis/facts.h"
#include "pamctl/options.h"

struct modules {
	struct facts *facts;
	enum function function;
};

/* Read the facts. Without a file at the usual place every module may answer
 * anything. 0, or the status to exit with. */
int modules_read(const struct options *o, struct modules *m);

/* A quest over a chain with these modules and no marks. */
struct quest modules_quest(struct modules *m, const struct chain *chain,
    enum facility f);

void modules_free(struct modules *m);

#endif
