/* SPDX-License-Identifier: BSD-2-Clause */
/* The command: what its verbs share. */
#ifndef PAMCTL_PAMCTL_H
#define PAMCTL_PAMCTL_H

#include <stdio.h>

/* What pamctl exits with. */
enum {
	STATUS_CLEAN = 0,
	STATUS_FINDINGS = 1,	/* findings, or a refusal */
	STATUS_USAGE = 2,
	STATUS_CONFIG = 3,	/* a policy cannot be read */
	STATUS_PRIVILEGE = 4,
	STATUS_AGAIN = 75,
};

struct verb {
	const char *name, *what;
	int (*run)(int argc, char **argv);	/* argv[0] is the verb */
};

extern const struct verb verb_app_check, verb_apply, verb_check, verb_close,
    verb_confirm, verb_diff, verb_explain, verb_history, verb_last, verb_prove,
    verb_reap, verb_run, verb_sessions, verb_show, verb_simulate, verb_why;

/* Write a text that others have made, without anything in it that a terminal
 * would obey. */
void put(FILE *to, const char *text);

/* A complaint to stderr, with the program's name; gives status back. */
int fail(int status, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
