/* SPDX-License-Identifier: BSD-2-Clause */
/* What modules can answer, and what their success says: the file modules.facts,
 * whose form pamctl(8) tells. */
#ifndef ANALYSIS_FACTS_H
#define ANALYSIS_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "analysis/function.h"

/* What it means when a module of the auth stack succeeds. */
enum proof {
	PROOF_NOTHING,		/* nobody has shown anything */
	PROOF_IDENTITY,		/* who he is, by where he comes from */
	PROOF_CREDENTIAL,	/* he knew or had what only he knows or has */
};

#define ANY_ANSWER UINT32_MAX

/* What is known of one function of a module. */
struct fact {
	uint32_t answers;	/* the codes that it can give, by bits */
	enum proof proof;	/* of FUNCTION_AUTH */
	bool listed;		/* the file has this function of the module */
	bool vague;		/* nobody has told: answers is all */
};

struct facts;

/* Read a file of facts. 0 with *out, -errno, or -EINVAL with *wrong, the line
 * of the first fact that is none. */
int facts_load(const char *path, struct facts **out, unsigned *wrong);

/* What is known of a function of an entry's module with the entry's arguments.
 * Of what is not in the file anything may come, and it is taken for one that
 * checks a credential. */
struct fact facts_of(const struct facts *facts, const struct entry *e,
    enum function function);

/* Whether the file has this module at all, by its name. */
bool facts_know(const struct facts *facts, const char *module);

/* The names that the file has, by number; NULL: there are no more. */
const char *facts_name(const struct facts *facts, size_t number);

void facts_free(struct facts *facts);

#endif
