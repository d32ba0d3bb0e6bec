/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/run/settings.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/drop.h"
#include "base/grow.h"
#include "pamctl/pamctl.h"

#define USAGE "run [options] SERVICE USER OPERATION... [-- COMMAND...]"

/* Words and options in the order in which they stand, so that it is known
 * which words stand behind "--". */
#define IN_ORDER "-"
#define WORD 1			/* getopt's value for a word */
#define LONG 256		/* and for an option, from here on */

/* An option, and which of the settings it is. */
struct option_row {
	const char *name, *argument, *what;
	char letter;
	bool *flag;
	const char **text;	/* the last one counts */
	struct words *words;
};

#define ROWS 13

static void
rows_fill(struct option_row *rows, struct settings *s, bool *asked)
{
	const struct option_row all[ROWS] = {
		{ "item", "ITEM=VALUE", "set an item first", 'I',
		    .words = &s->items },
		{ "setenv", "NAME=VALUE", "set a PAM variable first", 'E',
		    .words = &s->environment },
		{ "confdir", "DIR", "only the policies in this directory",
		    .text = &s->confdir },
		{ "answer", "TEXT", "answer the next prompt",
		    .words = &s->answers },
		{ "answers", "FILE", "answer prompts by lines; -: from stdin",
		    .text = &s->answer_file },
		{ "end", "CODE", "tell pam_end this, not the last result",
		    .text = &s->end },
		{ "silent", NULL, "add PAM_DATA_SILENT to it",
		    .flag = &s->silent },
		{ "no-end", NULL, "leave without pam_end",
		    .flag = &s->no_end },
		{ "trail", NULL, "print the way through each stack",
		    .flag = &s->trail },
		{ "env", NULL, "print the PAM environment at the end",
		    .flag = &s->print_environment },
		{ "json", NULL, "print JSON", .flag = &s->json },
		{ "verbose", NULL, "tell each call, message and prompt", 'v',
		    .flag = &s->verbose },
		{ "help", NULL, "print this", .flag = asked },
	};

	memcpy(rows, all, sizeof all);
}

static void
help(const struct option_row *rows)
{
	printf("usage: pamctl %s\n\n", USAGE);
	for (size_t i = 0; i < ROWS; i++) {
		const struct option_row *row = &rows[i];
		const char letter[] = { '-', row->letter, ',', '\0' };
		char name[32];

		snprintf(name, sizeof name, "%s%s%s", row->name,
		    row->argument ? "=" : "",
		    row->argument ? row->argument : "");
		printf("  %3s --%-19s %s\n", row->letter ? letter : "", name,
		    row->what);
	}
}

static int
word_add(struct words *words, char *word)
{
	if (GROW(words->word, words->count, words->cap) < 0)
		return fail(STATUS_AGAIN, "out of memory");
	words->word[words->count++] = word;
	return 0;
}

static void
tables_fill(const struct option_row *rows, struct option *table,
    char *letters)
{
	letters = stpcpy(letters, IN_ORDER);
	for (size_t i = 0; i < ROWS; i++) {
		table[i] = (struct option){ rows[i].name,
			rows[i].argument ? required_argument : no_argument,
			NULL, LONG + (int)i };
		if (!rows[i].letter)
			continue;
		*letters++ = rows[i].letter;
		if (rows[i].argument)
			*letters++ = ':';
	}
	table[ROWS] = (struct option){ 0 };
	*letters = '\0';
}

static const struct option_row *
row_of(const struct option_row *rows, int value)
{
	if (value >= LONG)
		return &rows[value - LONG];
	while (rows->letter != value)
		rows++;
	return rows;
}

static int
take(const struct option_row *row)
{
	if (row->flag)
		*row->flag = true;
	if (row->text)
		*row->text = optarg;
	return row->words ? word_add(row->words, optarg) : 0;
}

/* The first two words are the service and the user. */
static int
take_word(struct settings *s, size_t n)
{
	if (n == 0)
		s->service = optarg;
	else if (n == 1)
		s->user = *optarg ? optarg : NULL;
	else
		return word_add(&s->operations, optarg);
	return 0;
}

static int
read_all_of(struct settings *s, const struct option_row *rows, int argc,
    char **argv)
{
	struct option table[ROWS + 1];
	char letters[2 * ROWS + 2];
	size_t words = 0;
	int value, rc = 0;

	tables_fill(rows, table, letters);
	while (rc == 0 &&
	    (value = getopt_long(argc, argv, letters, table, NULL)) != -1) {
		if (value == '?')
			rc = STATUS_USAGE;
		else if (value == WORD)
			rc = take_word(s, words++);
		else
			rc = take(row_of(rows, value));
	}
	if (rc == 0 && optind < argc)
		s->program = argv + optind;
	return rc;
}

int
settings_read(struct settings *s, int argc, char **argv, bool *done)
{
	struct option_row rows[ROWS];
	int rc;

	*done = false;
	*s = (struct settings){ 0 };
	rows_fill(rows, s, done);
	rc = read_all_of(s, rows, argc, argv);
	if (rc == 0 && *done)
		help(rows);
	else if (rc == 0 && s->operations.count == 0)
		rc = fail(STATUS_USAGE, "usage: pamctl " USAGE);
	return rc;
}

bool
settings_scripted(const struct settings *s)
{
	return s->answers.count > 0 || s->answer_file;
}

void
settings_free(struct settings *s)
{
	free(s->items.word);
	free(s->environment.word);
	free(s->answers.word);
	free(s->operations.word);
}
