/* SPDX-License-Identifier: BSD-2-Clause */
/* The conversation of a run. */
#ifndef PAMCTL_RUN_TALK_H
#define PAMCTL_RUN_TALK_H

#include <stdbool.h>

#include <security/_pam_types.h>

struct answers;
struct operation;
struct script;

struct talk {
	struct answers *answers;	/* NULL: a person is asked */
	struct script *script;
	struct operation *now;		/* to which messages belong, or NULL */
	bool hidden;			/* messages are kept, not shown */
	bool verbose;
};

/* A conversation function whose data are a struct talk. */
int talk_converse(int n, const struct pam_message **message,
    struct pam_response **response, void *data);

/* "prompt" for a style. */
const char *style_word(int style);

#endif
