/* SPDX-License-Identifier: BSD-2-Clause */
/* What may stand in the files that modules read themselves: settings.facts,
 * beside the facts of the modules. */
#ifndef PAMCTL_CHECK_CONF_TABLE_H
#define PAMCTL_CHECK_CONF_TABLE_H

#include <stdbool.h>

#include "base/arena.h"
#include "pamctl/check/report.h"

/* How a line is made. */
enum conf_form {
	FORM_SETTINGS,		/* name = value, name value, name */
	FORM_BLANKS,		/* fields, with quotes, between blanks */
	FORM_COLONS,		/* the last field takes the rest */
	FORM_SEMICOLONS,
	FORM_COUNT,
};

enum conf_word { CONF_SET, CONF_FIELD, CONF_CASE, CONF_END, CONF_FLAGS,
	CONF_MORE, CONF_WORDS };

/* A line of the table. */
struct conf_row {
	enum conf_word word;
	const char *name;
	const char *const *want;	/* NULL-terminated */
};

struct conf_table {
	enum level level;
	enum conf_form form;
	const char *module;		/* NULL: the library itself */
	const char *const *path;	/* NULL-terminated, with patterns; none
					 * where it is about arguments */
	const char *argument, *unless;	/* of the module, or NULL */
	struct conf_row *row;
	size_t rows, cap;
};

struct conf_tables {
	struct conf_table *table;
	size_t count, cap;
	char *text;			/* every word is in it */
	struct arena arena;
};

/* Read a file of tables. 0 with *out, to be freed; -errno; or -EINVAL with
 * *wrong, the first line that is none. */
int conf_tables_read(const char *path, struct conf_tables *out,
    unsigned *wrong);

/* The first row of this word and name, or NULL. */
const struct conf_row *conf_row_named(const struct conf_table *t,
    enum conf_word word, const char *name);

/* The table of a module's arguments, or NULL. */
const struct conf_table *conf_tables_options(const struct conf_tables *t,
    const char *module);

void conf_tables_free(struct conf_tables *t);

#endif
