/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/columns.h"

#include <libsmartcols.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/text.h"
#include "pamctl/json.h"
#include "pamctl/pamctl.h"

#define COLUMNS_MAX 24

struct columns {
	struct libscols_table *table;
	struct libscols_line *line;
	int shown[COLUMNS_MAX];	/* where a column stands; -1: nowhere */
	FILE *facts;		/* JSON of them, or NULL: none */
	char *facts_text;
	size_t facts_len;
	bool failed;
};

static int
column_named(const struct column *columns, const char *name, size_t len)
{
	char word[32];

	if (len >= sizeof word)
		return -1;
	memcpy(word, name, len);
	word[len] = '\0';
	for (int i = 0; columns[i].name; i++) {
		if (text_same(columns[i].name, word))
			return i;
	}
	return -1;
}

static bool
add_column(struct columns *c, const struct column *column, size_t i, int at)
{
	const int flags = (column->number ? SCOLS_FL_RIGHT : 0) |
	    (column->tree ? SCOLS_FL_TREE : 0);
	struct libscols_column *made = scols_table_new_column(c->table,
	    column->name, 0, flags);

	if (!made)
		return false;
	if (column->number)
		scols_column_set_json_type(made, SCOLS_JSON_NUMBER);
	c->shown[i] = at;
	return true;
}

/* The columns that --output names, in its order. */
static bool
add_chosen(struct columns *c, const struct column *columns,
    const char *output)
{
	for (int at = 0; *output; at++) {
		const size_t len = strcspn(output, ",");
		const int i = column_named(columns, output, len);

		if (i < 0) {
			fail(STATUS_USAGE, "no column \"%.*s\"", (int)len,
			    output);
			return false;
		}
		if (!add_column(c, &columns[i], (size_t)i, at))
			return false;
		output += len + (output[len] == ',');
	}
	return true;
}

static bool
add_usual(struct columns *c, const struct column *columns)
{
	int at = 0;

	for (size_t i = 0; columns[i].name; i++) {
		if (columns[i].hidden)
			continue;
		if (!add_column(c, &columns[i], i, at++))
			return false;
	}
	return true;
}

void
columns_free(struct columns *c)
{
	if (!c)
		return;
	if (c->facts)
		fclose(c->facts);
	free(c->facts_text);
	scols_unref_table(c->table);
	free(c);
}

struct columns *
columns_new(const struct options *o, const char *name,
    const struct column *columns)
{
	struct columns *c = calloc(1, sizeof *c);
	bool good;

	if (!c)
		return NULL;
	memset(c->shown, 0xff, sizeof c->shown);
	c->table = scols_new_table();
	if (!c->table) {
		free(c);
		fail(STATUS_AGAIN, "out of memory");
		return NULL;
	}
	scols_table_set_name(c->table, name);
	scols_table_enable_json(c->table, o->json);
	scols_table_enable_raw(c->table, o->raw);
	scols_table_enable_noheadings(c->table, o->noheadings);
	good = o->output ? add_chosen(c, columns, o->output) :
	    add_usual(c, columns);
	if (good)
		return c;
	columns_free(c);
	return NULL;
}

struct libscols_line *
columns_under(struct columns *c, struct libscols_line *row)
{
	c->line = scols_table_new_line(c->table, row);
	c->failed |= !c->line;
	return c->line;
}

void
columns_row(struct columns *c)
{
	columns_under(c, NULL);
}

size_t
columns_count(const struct columns *c)
{
	return scols_table_get_nlines(c->table);
}

void
columns_cell(struct columns *c, size_t column, const char *text)
{
	const int at = c->shown[column];
	_drop_(freep) char *copy = NULL;

	if (!text || at < 0 || !c->line)
		return;
	/* libsmartcols quotes, but does not look whether it is UTF-8. */
	if (scols_table_is_json(c->table))
		text = copy = json_utf8(text);
	c->failed |= !text ||
	    scols_line_set_data(c->line, (size_t)at, text) < 0;
}

/* Bytes that are no character would break the JSON, and a terminal takes them
 * for control characters. */
void
columns_foreign(struct columns *c, size_t column, const char *text)
{
	_drop_(freep) char *copy = text ? json_utf8(text) : NULL;

	c->failed |= text && !copy;
	if (copy)
		text_defuse(copy);
	columns_cell(c, column, copy);
}

void
columns_number(struct columns *c, size_t column, long long number)
{
	char text[24];

	snprintf(text, sizeof text, "%lld", number);
	columns_cell(c, column, text);
}

void
columns_fact(struct columns *c, const char *key, const char *text)
{
	if (!scols_table_is_json(c->table))
		return;
	if (!c->facts)
		c->facts = open_memstream(&c->facts_text, &c->facts_len);
	c->failed |= !c->facts;
	if (!c->facts)
		return;
	fputs("   ", c->facts);
	json_string(c->facts, key);
	fputs(": ", c->facts);
	if (text)
		json_string(c->facts, text);
	else
		fputs("null", c->facts);
	fputs(",\n", c->facts);
}

/* The library's object, with the facts behind its bracket. */
static bool
print_with_facts(struct columns *c)
{
	_drop_(freep) char *table = NULL;
	char *rest;

	if (fflush(c->facts) != 0 ||
	    scols_print_table_to_string(c->table, &table) < 0)
		return false;
	rest = table ? strchr(table, '\n') : NULL;
	if (!rest)
		return false;
	printf("{\n%s%s", c->facts_text, rest + 1);
	return true;
}

int
columns_end(struct columns *c)
{
	const bool failed = c->failed || (c->facts ? !print_with_facts(c) :
	    scols_print_table(c->table) < 0);

	columns_free(c);
	return failed ? fail(STATUS_AGAIN, "out of memory") : STATUS_CLEAN;
}
