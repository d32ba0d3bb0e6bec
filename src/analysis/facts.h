/* SPDX-License-Identifier: BSD-2-Clause */
/* What modules can answer, and what their success says. From a text file, one
 * line a module and function; of a module that is not in it anything may
 * come. */
#ifndef ANALYSIS_FACTS_H
#define ANALYSIS_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "policy/policy.h"

/* What it means when a module of the auth stack succeeds. */
enum proof {
	PROOF_NOTHING,		/* nobody has shown anything */
	PROOF_IDENTITY,		/* who he is, by where he comes from */
	PROOF_CREDENTIAL,	/* he knew or had what only he knows or has */
};

/* The functions of modules, as the file names them. */
enum function {
	FUNCTION_AUTH,
	FUNCTION_SETCRED,
	FUNCTION_ACCOUNT,
	FUNCTION_OPEN,
	FUNCTION_CLOSE,
	FUNCTION_PASSWORD,
	FUNCTION_COUNT,
};

#define ANY_ANSWER UINT32_MAX

struct facts;

/* Read a file of facts. 0 with *out, -errno, or -EINVAL with *wrong, the place
 * of the first line that is none. */
int facts_load(const char *path, struct facts **out, unsigned *wrong);

/* The codes that this module's function can answer, by bits. */
uint32_t facts_answers(const struct facts *facts, const char *module,
    enum function function);

/* What its success in the auth stack says. A module nobody knows may be one
 * that checks, or one that does not: *known tells. */
enum proof facts_proof(const struct facts *facts, const char *module,
    bool *known);

/* The function that a facility calls first. */
enum function facts_first(enum facility f);

void facts_free(struct facts *facts);

#endif
