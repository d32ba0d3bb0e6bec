/* SPDX-License-Identifier: BSD-2-Clause */
/* How a run was asked for: options, service, user, and words not yet read. */
#ifndef PAMCTL_RUN_SETTINGS_H
#define PAMCTL_RUN_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

struct words {
	char **word;		/* those of the command line */
	size_t count, cap;
};

struct settings {
	const char *service;
	const char *user;	/* NULL: nobody is known yet */
	struct words operations;
	struct words items, environment;	/* NAME=VALUE each */
	struct words answers;
	const char *answer_file, *confdir;
	const char *end;	/* pam_end's code; NULL: the last result */
	bool verbose, json, trail, print_environment, silent, no_end;
	char **program;		/* NULL: none */
};

/* Read the command line of the verb. 0, or the status to exit with, *done
 * telling that nothing is wrong (--help). *s is to be freed in any case. */
int settings_read(struct settings *s, int argc, char **argv, bool *done);

/* Whether prompts are answered by the command line and not by a person. */
bool settings_scripted(const struct settings *s);

void settings_free(struct settings *s);

#endif
