/* SPDX-License-Identifier: BSD-2-Clause */
/* A way through a stack, for people and programs to read. */
#ifndef PAMCTL_TRAIL_H
#define PAMCTL_TRAIL_H

#include <stdint.h>

#include "engine/trail.h"
#include "pamctl/columns.h"
#include "pamctl/options.h"

/* A step as it is printed. Texts may be NULL, numbers -1: not known; without a
 * module it is a broken line. */
struct trail_row {
	const char *file, *module, *answer, *action;
	int64_t line, ms;
	bool decides;
};

/* A table for steps, to be ended by columns_end, and one more step for it. */
struct columns *trail_columns(const struct options *o);
void trail_row(struct columns *c, const struct trail_row *row);

/* A row for each step of a way. */
void trail_rows(struct columns *c, const struct trail *trail);

/* Print the steps. 0, or the status to exit with. */
int trail_print(const struct options *o, const struct trail *trail);

#endif
