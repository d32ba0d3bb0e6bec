/* SPDX-License-Identifier: BSD-2-Clause */
/* The control column: what each answer of a module does to the stack. */
#ifndef POLICY_CONTROL_H
#define POLICY_CONTROL_H

#include <stdint.h>

#include "policy/code.h"

enum action {
	ACT_IGNORE,
	ACT_OK,
	ACT_DONE,
	ACT_BAD,
	ACT_DIE,
	ACT_RESET,
	ACT_JUMP,		/* by the figure in control.jump */
};

struct control {
	uint8_t action[CODE_COUNT];	/* enum action */
	uint32_t jump[CODE_COUNT];	/* 0 where the action is no jump */
};

enum control_kind {
	CONTROL_ACTIONS,	/* the module's answers are judged */
	CONTROL_INCLUDE,
	CONTROL_SUBSTACK,
};

/* What is wrong with a list of value=action pairs. */
enum control_fault {
	CONTROL_FINE,
	CONTROL_GLUED,		/* accepted: a pair begins without a blank */
	CONTROL_VALUE,		/* not the name of a return code */
	CONTROL_EQUALS,		/* no '=' behind it */
	CONTROL_ACTION,		/* not an action */
	CONTROL_JUMP,		/* a jump of 0 or of more than 2^31-1 */
};

/* Set all codes to one action. */
void control_fill(struct control *c, enum action action);

/* Read a control word without its brackets: a keyword in any case, or a list
 * of pairs (C-25 to C-31). With any fault but CONTROL_GLUED every code is bad.
 * *rest is where the fault begins in word. */
enum control_fault control_parse(const char *word, enum control_kind *kind,
    struct control *c, const char **rest);

/* "ok" for ACT_OK. */
const char *action_word(enum action action);

#endif
