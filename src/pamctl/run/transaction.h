/* SPDX-License-Identifier: BSD-2-Clause */
/* One transaction with libpam, from pam_start to pam_end. */
#ifndef PAMCTL_RUN_TRANSACTION_H
#define PAMCTL_RUN_TRANSACTION_H

#include <stdbool.h>

#include "pamctl/run/talk.h"

struct operation;
struct script;
struct settings;

struct transaction {
	const struct settings *settings;
	struct script *script;
	struct talk talk;
	pam_handle_t *pamh;
	bool open;		/* a session is */
	int last;		/* the last result of libpam */

	/* What came of it. */
	const char *refused;	/* the preparation that failed, or NULL */
	int start;		/* PAM_SUCCESS, or why */
	const char *id, *user;	/* NULL: none */
	char **environment;
	int end_status;
	int end;		/* pam_end's own result */
};

/* Whether all that the settings name exists. 0, or with a complaint the status
 * to exit with. */
int transaction_check(const struct settings *s);

/* pam_start, items, environment. PAM_SUCCESS, or why not. */
int transaction_begin(struct transaction *t);

void transaction_do(struct transaction *t, struct operation *op);

/* Note what is left, and pam_end if it is wanted. */
void transaction_end(struct transaction *t);

void transaction_free(struct transaction *t);

#endif
