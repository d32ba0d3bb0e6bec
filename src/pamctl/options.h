/* SPDX-License-Identifier: BSD-2-Clause */
/* The options that every reader of policies has, and a verb's own. */
#ifndef PAMCTL_OPTIONS_H
#define PAMCTL_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* An option of one verb. */
struct verb_option {
	const char *name, *argument, *what;
	char letter;		/* 0: only the long form */
	bool *flag;		/* set when it is there, or */
	const char ***values;	/* its arguments, in order, NULL-terminated */
	const char **value;	/* or its argument, the last one */
};

/* A row that takes one of the common options away from a verb. */
#define WITHOUT(option) { .name = (option) }

/* Those of a verb that looks at sessions, and at no policy. */
#define WITHOUT_POLICIES \
	WITHOUT("root"), WITHOUT("confdir"), WITHOUT("facts")

/* Policies that are not in their place yet, by paths below the root. */
struct view {
	const char *directory, *single;	/* for /etc/pam.d, /etc/pam.conf */
	const char *security;		/* for /etc/security */
};

struct options {
	const char *root, *confdir;
	const struct view *view;	/* set by a verb, or NULL */
	const char *facts;	/* file of what modules answer */
	bool json, raw, noheadings;
	const char *output;	/* columns, or NULL */
	int argc;		/* what is left */
	char **argv;
};

/* Read the options of a verb; own ends with a row without a name. 0, or the
 * status to exit with, *done telling that nothing is wrong (--help). */
int options_read(struct options *o, const char *usage,
    const struct verb_option *own, int argc, char **argv, bool *done);

#endif
