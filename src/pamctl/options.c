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

static void
print_option(const char *name, const char *argument, const char *what)
{
	printf("      --%s%s%-*s %s\n", name, argument ? "=" : "",
	    (int)(argument ? 19 - strlen(name) : 20 - strlen(name)),
	    argument ? argument : "", what);
}

static void
help(const char *usage, const struct verb_option *own)
{
	printf("usage: pamctl %s\n\n", usage);
	for (; own->name; own++)
		print_option(own->name, own->argument, own->what);
	for (size_t i = 0; i < COUNT(commons); i++)
		print_option(commons[i].name, commons[i].argument,
		    commons[i].what);
}

static size_t
fill_table(struct option *table, const struct verb_option *own)
{
	size_t n = 0;

	for (size_t i = 0; i < COUNT(commons); i++)
		table[n++] = (struct option){ commons[i].name,
			commons[i].argument ? required_argument : no_argument,
			NULL, (int)commons[i].value };
	for (size_t i = 0; own[i].name && n < OPTIONS_MAX - 1; i++)
		table[n++] = (struct option){ own[i].name,
			own[i].argument ? required_argument : no_argument,
			NULL, OWN + (int)i };
	table[n] = (struct option){ 0 };
	return n;
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
	struct option table[OPTIONS_MAX];
	int value, rc = 0;

	*done = false;
	*o = (struct options){ .facts = FACTS_FILE };
	fill_table(table, own);
	while (rc == 0 &&
	    (value = getopt_long(argc, argv, "", table, NULL)) != -1) {
		if (value == '?')
			return STATUS_USAGE;
		if (value == COMMON_HELP) {
			help(usage, own);
			*done = true;
			return STATUS_CLEAN;
		}
		if (value >= OWN)
			rc = take_own(&own[value - OWN], optarg);
		else
			take_common(o, (enum common)value);
	}
	o->argc = argc - optind;
	o->argv = argv + optind;
	return rc;
}
