/* SPDX-License-Identifier: BSD-2-Clause */
/* A way through a stack, for people and programs to read. */
#ifndef PAMCTL_TRAIL_H
#define PAMCTL_TRAIL_H

#include "engine/trail.h"
#include "pamctl/options.h"

struct columns;

/* A step as people read it. */
struct trail_row {
	const char *file;
	unsigned line;
	const char *module;	/* NULL: the line was broken */
	int answer;
	const char *action;
	unsigned ms;
	bool decides;
};

/* The table, to be ended by columns_end; NULL, with a complaint, when it cannot
 * be. */
struct columns *trail_columns(const struct options *o);
void trail_row(struct columns *c, const struct trail_row *row);

/* Print the steps. 0, or the status to exit with. */
int trail_print(const struct options *o, const struct trail *trail);

#endif
