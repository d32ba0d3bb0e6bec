/* SPDX-License-Identifier: BSD-2-Clause */
/* What a program that uses PAM has to do, and what is wrong if it does not. */
#ifndef PAMCTL_APP_CHECK_RULE_H
#define PAMCTL_APP_CHECK_RULE_H

#include "pamctl/app_check/event.h"
#include "pamctl/check/report.h"

struct habit {
	const char *code;	/* a row without ends the table */
	enum level level;
	/* The call by which it is seen in a transaction, or NULL. */
	const struct event *(*seen)(const struct transaction *t);
	const char *what;	/* what the program does, in a sentence */
	const char *explain;	/* why it matters, and what to do */
};

extern const struct habit habits[];

/* The one with this code, or NULL. */
const struct habit *habit_named(const char *code);

#endif
