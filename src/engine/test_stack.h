/* SPDX-License-Identifier: BSD-2-Clause */
/* For tests: a stack from text, as run_test.c describes it. */
#ifndef ENGINE_TEST_STACK_H
#define ENGINE_TEST_STACK_H

#include "engine/run.h"

#define STACK_MAX 40
#define ANSWERS_MAX 4

struct stack {
	struct chain chain;
	struct entry entry[STACK_MAX];
	uint32_t jump[STACK_MAX][CODE_COUNT];
	char name[STACK_MAX][4];
	int answer[STACK_MAX][ANSWERS_MAX];
	size_t answers[STACK_MAX];
	size_t asked[STACK_MAX];	/* how often */
};

void stack_read(struct stack *s, const char *text);

/* What an entry answers this time; the last answer stays. */
int stack_answer(struct stack *s, const struct entry *e);

#endif
