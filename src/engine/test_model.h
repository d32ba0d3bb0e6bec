/* SPDX-License-Identifier: BSD-2-Clause */
/* For tests: a second reading of the rules of the walk. Stacks are a tree, and
 * a level is a call, where the engine has a row of entries and a position. */
#ifndef ENGINE_TEST_MODEL_H
#define ENGINE_TEST_MODEL_H

#include "engine/run.h"

#define NODES 24
#define BELOW 6
#define WALKS 4

/* A line of a stack, or a substack with lines of its own. */
struct node {
	bool substack, refuses;
	struct control control;
	int answer[WALKS];
	bool waits[WALKS];		/* PAM_INCOMPLETE comes first */
	int kept;		/* -1: nothing */
	size_t below[BELOW], count;	/* lines of the substack */
};

/* nodes[0] is the stack as a whole. */
extern struct node nodes[NODES];

struct mind {
	enum mood mood;
	int status;
};

struct model {
	struct mind mind;
	bool keep, follow;
	int walk;		/* which of the answers count */
	int asked[NODES];	/* in this order, with the answer judged */
	int answers[NODES];
	size_t count;
};

/* Go down the stack. */
void model_walk(struct model *m);

/* The code of the stack. */
int model_end(const struct model *m);

#endif
