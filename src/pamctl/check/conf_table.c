/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/conf_table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/grow.h"

#define FILE_MAX 1000000
#define WORDS_MAX 48		/* in a line */

static const char *const forms[FORM_COUNT] = {
	[FORM_SETTINGS] = "settings",
	[FORM_BLANKS] = "blanks",
	[FORM_COLONS] = "colons",
	[FORM_SEMICOLONS] = "semicolons",
};

static const char *const words[CONF_WORDS] = {
	[CONF_SET] = "set",
	[CONF_FIELD] = "field",
	[CONF_CASE] = "case",
	[CONF_END] = "end",
	[CONF_FLAGS] = "flags",
	[CONF_MORE] = "more",
};

/* A line of the file, cut into its words. */
struct cut {
	const char *word[WORDS_MAX + 1];
	size_t count;
};

static int
cut_line(char *line, struct cut *out)
{
	const char *word;

	out->count = 0;
	while ((word = strsep(&line, " \t"))) {
		if (!*word)
			continue;
		if (out->count == WORDS_MAX)
			return -EINVAL;
		out->word[out->count++] = word;
	}
	out->word[out->count] = NULL;
	return 0;
}

static int
index_of(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(word, list[i]) == 0)
			return (int)i;
	}
	return -1;
}

static int
level_of(const char *word)
{
	for (int l = 0; l < LEVEL_COUNT; l++) {
		if (strcmp(word, level_word((enum level)l)) == 0)
			return l;
	}
	return -1;
}

/* The words of a line from there on, to stay. */
static const char *const *
keep(struct conf_tables *t, const struct cut *cut, size_t from)
{
	const size_t size = (cut->count - from + 1) * sizeof cut->word[0];
	const char **row = arena_alloc(&t->arena, size);

	if (row)
		memcpy(row, &cut->word[from], size);
	return row;
}

static int
add_table(struct conf_tables *t, const struct cut *cut)
{
	struct conf_table new = { 0 };
	int level, form;

	if (cut->count < 5)
		return -EINVAL;
	level = level_of(cut->word[1]);
	form = index_of(cut->word[2], forms, FORM_COUNT);
	if (level < 0 || form < 0)
		return -EINVAL;
	new.level = (enum level)level;
	new.form = (enum conf_form)form;
	new.module = strcmp(cut->word[3], "-") == 0 ? NULL : cut->word[3];
	new.path = keep(t, cut, 4);
	if (!new.path || GROW(t->table, t->count, t->cap) < 0)
		return -ENOMEM;
	t->table[t->count++] = new;
	return 0;
}

static int
add_options(struct conf_tables *t, const struct cut *cut)
{
	struct conf_table new = { .level = LEVEL_WARNING,
		.form = FORM_SETTINGS, .module = cut->word[1] };

	new.path = keep(t, cut, cut->count);
	if (!new.path || GROW(t->table, t->count, t->cap) < 0)
		return -ENOMEM;
	t->table[t->count++] = new;
	return 0;
}

static int
add_row(struct conf_tables *t, struct conf_table *table, const struct cut *cut)
{
	const int word = index_of(cut->word[0], words, CONF_WORDS);
	struct conf_row new = { 0 };

	if (word < 0 || (cut->count < 3 && word != CONF_END))
		return -EINVAL;
	new.word = (enum conf_word)word;
	new.name = cut->word[1];
	new.want = keep(t, cut, 2);
	if (!new.want || GROW(table->row, table->rows, table->cap) < 0)
		return -ENOMEM;
	table->row[table->rows++] = new;
	return 0;
}

static int
read_line(struct conf_tables *t, char *line)
{
	struct conf_table *last = t->count ? &t->table[t->count - 1] : NULL;
	struct cut cut;

	if (*line == '#' || !line[strspn(line, " \t")])
		return 0;
	if (cut_line(line, &cut) < 0 || cut.count < 2)
		return -EINVAL;
	if (strcmp(cut.word[0], "file") == 0)
		return add_table(t, &cut);
	if (strcmp(cut.word[0], "options") == 0)
		return add_options(t, &cut);
	if (!last)
		return -EINVAL;
	if (strcmp(cut.word[0], "argument") == 0)
		last->argument = cut.word[1];
	else if (strcmp(cut.word[0], "unless") == 0)
		last->unless = cut.word[1];
	else
		return add_row(t, last, &cut);
	return 0;
}

int
conf_tables_read(const char *path, struct conf_tables *out, unsigned *wrong)
{
	unsigned line = 0;
	char *rest;
	int rc;

	memset(out, 0, sizeof *out);
	rc = file_read(path, FILE_MAX, &out->text);
	for (rest = out->text; rest && rc == 0; line++)
		rc = read_line(out, strsep(&rest, "\n"));
	if (rc == -EINVAL)
		*wrong = line;
	if (rc < 0)
		conf_tables_free(out);
	return rc;
}

const struct conf_row *
conf_row_named(const struct conf_table *t, enum conf_word word,
    const char *name)
{
	for (size_t i = 0; i < t->rows; i++) {
		if (t->row[i].word == word && strcmp(t->row[i].name, name) == 0)
			return &t->row[i];
	}
	return NULL;
}

const struct conf_table *
conf_tables_options(const struct conf_tables *t, const char *module)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct conf_table *table = &t->table[i];

		if (!table->path[0] && strcmp(table->module, module) == 0)
			return table;
	}
	return NULL;
}

void
conf_tables_free(struct conf_tables *t)
{
	for (size_t i = 0; i < t->count; i++)
		free(t->table[i].row);
	free(t->table);
	free(t->text);
	arena_free(&t->arena);
	memset(t, 0, sizeof *t);
}
