/* SPDX-License-Identifier: BSD-2-Clause */
/* The operations of a run, in their order, and what came of each. */
#ifndef PAMCTL_RUN_SCRIPT_H
#define PAMCTL_RUN_SCRIPT_H

#include <stdbool.h>

#include "base/arena.h"
#include "pamctl/run/names.h"
#include "pamctl/trail.h"

struct settings;

/* What a module said, or asked. */
struct message {
	int style;
	const char *text;
	bool answered;
};

struct operation {
	const struct deed *deed;
	int flags;
	const char *id;		/* the session that attach is to */
	int expected;		/* a code, or the status of a program */
	bool told;		/* the user said what is expected */

	bool called;
	int result;
	struct message *message;
	size_t messages, message_cap;
	struct trail_row *step;
	size_t steps, step_cap;
};

/* All zero is an empty script. */
struct script {
	struct operation *operation;
	size_t count, cap;
	struct arena texts;	/* of messages and steps */
};

/* Read the words. 0, or with a complaint the status to exit with. */
int script_read(struct script *script, const struct settings *s);

/* Whether its result is another than the expected one. */
bool operation_differs(const struct operation *op);

void script_free(struct script *script);

#endif
