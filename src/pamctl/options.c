/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "pamctl/pamctl.h"

#define OWN 256			/* getopt's values from here on: own[] */
#define OPTIONS_MAX 32

enum common {
	COMMON_HELP = 1, COMMON_ROOT, COMMON_CONFDIR, COMMON_FACTS,
	COMMON_JSON, COMMON_RAW, COMMON_NOHEADINGS, COMMON_OUTPUT,
};

static const struct {
	const char *name, *argument, *what;
	enum common value;
} commons[] = {
	{ "root", "DIR", "the system below this directory", COMMON_ROOT },
	{ "confdir", "DIR", "only the policies in this directory",
	    COMMON_CONFDIR },
	{ "facts", "FILE", "what modules can answer", COMMON_FACTS },
	{ "json", NULL, "print JSON", COMMON_JSON },
	{ "raw", NULL, "print columns without alignment", COMMON_RAW },
	{ "noheadings", NULL, "print no headings", COMMON_NOHEADINGS },
	{ "output", "COLUMNS", "which columns, by commas", COMMON_OUTPUT },
	{ "help", NULL, "print this", COMMON_HELP },
};

static bool
takes_away(const struct verb_option *own)
{
	return !own->what;
}

/* Whether a verb has a common option at all. */
static bool
is_common_of(const struct verb_option *own, const char *name)
{
	for (; own->name; own++) {
		if (takes_away(own) && strcmp(own->name, name) == 0)
			return false;
	}
	return true;
}

static void
print_option(const struct verb_option *option)
{
	const char *argument = option->argument ? option->argument : "";
	const int room = option->argument ? 19 : 20;

	if (option->letter)
		printf("  -%c, ", option->letter);
	else
		fputs("      ", stdout);
	printf("--%s%s%-*s %s\n", option->name, option->argument ? "=" : "",
	    room - (int)strlen(option->name), argument, option->what);
}

static void
help(const char *usage, const struct verb_option *own)
{
	printf("usage: pamctl %s\n\n", usage);
	for (const struct verb_option *o = own; o->name; o++) {
		if (!takes_away(o))
			print_option(o);
	}
	for (size_t i = 0; i < COUNT(commons); i++) {
		const struct verb_option common = {
			.name = commons[i].name,
			.argument = commons[i].argument,
			.what = commons[i].what,
		};

		if (is_common_of(own, common.name))
			print_option(&common);
	}
}

static struct option
long_option(const char *name, const char *argument, int value)
{
	return (struct option){
		name, argument ? required_argument : no_argument, NULL, value,
	};
}

static void
fill_table(struct option *table, const struct verb_option *own)
{
	size_t n = 0;

	for (size_t i = 0; i < COUNT(commons); i++) {
		if (is_common_of(own, commons[i].name))
			table[n++] = long_option(commons[i].name,
			    commons[i].argument, (int)commons[i].value);
	}
	for (size_t i = 0; own[i].name && n < OPTIONS_MAX - 1; i++) {
		if (!takes_away(&own[i]))
			table[n++] = long_option(own[i].name, own[i].argument,
			    OWN + (int)i);
	}
	table[n] = (struct option){ 0 };
}

/* The short forms as getopt wants them. */
static void
fill_letters(char *letters, const struct verb_option *own)
{
	for (size_t i = 0; own[i].name && i < OPTIONS_MAX; i++) {
		if (!own[i].letter)
			continue;
		*letters++ = own[i].letter;
		if (own[i].argument)
			*letters++ = ':';
	}
	*letters = '\0';
}

/* The row of a verb's own option, or NULL. */
static const struct verb_option *
own_option(const struct verb_option *own, int value)
{
	if (value >= OWN)
		return &own[value - OWN];
	for (; own->name; own++) {
		if (own->letter && own->letter == value)
			return own;
	}
	return NULL;
}

static int
append(const char ***values, const char *value)
{
	size_t n = 0;
	const char **more;

	while (*values && (*values)[n])
		n++;
	more = reallocarray(*values, n + 2, sizeof *more);
	if (!more)
		return fail(STATUS_AGAIN, "out of memory");
	more[n] = value;
	more[n + 1] = NULL;
	*values = more;
	return 0;
}

static int
take_own(const struct verb_option *own, const char *value)
{
	if (own->flag)
		*own->flag = true;
	if (own->value)
		*own->value = value;
	return own->values ? append(own->values, value) : 0;
}

static void
take_common(struct options *o, enum common value)
{
	switch (value) {
	case COMMON_ROOT:
		o->root = optarg;
		break;
	case COMMON_CONFDIR:
		o->confdir = optarg;
		break;
	case COMMON_FACTS:
		o->facts = optarg;
		break;
	case COMMON_JSON:
		o->json = true;
		break;
	case COMMON_RAW:
		o->raw = true;
		break;
	case COMMON_NOHEADINGS:
		o->noheadings = true;
		break;
	case COMMON_OUTPUT:
		o->output = optarg;
		break;
	case COMMON_HELP:
		break;
	}
}

int
options_read(struct options *o, const char *usage,
    const struct verb_option *own, int argc, char **argv, bool *done)
{
	char letters[2 * OPTIONS_MAX + 1];
	struct option table[OPTIONS_MAX];
	int value, rc = 0;

	*done = false;
	*o = (struct options){ .facts = FACTS_FILE };
	fill_table(table, own);
	fill_letters(letters, own);
	while (rc == 0 &&
	    (value = getopt_long(argc, argv, letters, table, NULL)) != -1) {
		const struct verb_option *mine = own_option(own, value);

		if (value == '?')
			return STATUS_USAGE;
		if (value == COMMON_HELP) {
			help(usage, own);
			*done = true;
			return STATUS_CLEAN;
		}
		if (mine)
			rc = take_own(mine, optarg);
		else
			take_common(o, (enum common)value);
	}
	o->argc = argc - optind;
	o->argv = argv + optind;
	return rc;
}
