/* SPDX-License-Identifier: BSD-2-Clause */
/* One logical line of a policy, by its columns. Private to policy/. */
#ifndef POLICY_STATEMENT_H
#define POLICY_STATEMENT_H

#include "policy/build.h"

/* Where the lines of a text go. */
struct scope {
	struct chain *chain;	/* FAC_COUNT of them */
	enum facility only;	/* lines of others are skipped; FAC_ANY: none */
	uint8_t depth;		/* substacks around the text */
	unsigned level;		/* includes around the text */
};

enum statement_outcome {
	STATEMENT_DONE,		/* an entry is added, or nothing was there */
	STATEMENT_INCLUDE,	/* the caller reads the file that it names */
	STATEMENT_BROKEN,	/* C-39: the rest of the text is not read */
};

struct inclusion {
	struct place at;
	const char *file;	/* NULL: the line names none */
	enum facility only;	/* what is taken from it; FAC_ANY: all */
	bool substack;
};

/* Take a line apart and add what it says. An outcome, or -ENOMEM. */
int statement(struct policy *p, const struct scope *scope, struct line *line,
    struct place at, struct inclusion *inclusion);

#endif
