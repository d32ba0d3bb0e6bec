/* SPDX-License-Identifier: BSD-2-Clause */
/* What a verb prints in columns, as people or programs want it. */
#ifndef PAMCTL_COLUMNS_H
#define PAMCTL_COLUMNS_H

#include "pamctl/options.h"

struct column {
	const char *name;
	bool hidden;		/* only with --output */
	bool number;
	bool tree;		/* shows which row is below which */
};

struct columns;
struct libscols_line;

/* A table of these columns, the last of them without a name; which are shown,
 * and how, is the user's. NULL, with a complaint, when it cannot be. */
struct columns *columns_new(const struct options *o, const char *name,
    const struct column *columns);

/* Begin a row, and fill in its columns by their number. NULL is nothing. */
void columns_row(struct columns *c);
void columns_cell(struct columns *c, size_t column, const char *text);
void columns_number(struct columns *c, size_t column, long long number);

/* Begin a row below another one (NULL: none). The row, for those below it. */
struct libscols_line *columns_under(struct columns *c,
    struct libscols_line *row);
/* How many rows there are. */
size_t columns_count(const struct columns *c);

/* columns_cell for a text that others have made, without anything in it that a
 * terminal would obey. */
void columns_foreign(struct columns *c, size_t column, const char *text);

/* What is said of the whole table: in JSON a key before it, else not printed. A
 * text of NULL is null. */
void columns_fact(struct columns *c, const char *key, const char *text);

/* Free it, not printed. NULL is nothing. */
void columns_free(struct columns *c);

/* Print and free it. 0, or the status to exit with. */
int columns_end(struct columns *c);

#endif
