/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamtest_script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"

static void
say(struct pamtest_script *s, int style, const char *text)
{
	static const char *const names[] = {
		[PAM_PROMPT_ECHO_OFF] = "secret", [PAM_PROMPT_ECHO_ON] = "ask",
		[PAM_ERROR_MSG] = "error", [PAM_TEXT_INFO] = "info",
	};
	const char *name = style > 0 && (size_t)style < COUNT(names)
	    ? names[style] : "other";
	const size_t used = strlen(s->said);

	snprintf(s->said + used, sizeof s->said - used, "%s%s: %s",
	    used ? "\n" : "", name, text);
}

/* A message needs no answer, and a program that shows it cannot fail. */
static int
answer(struct pamtest_script *s, int style, struct pam_response *r)
{
	const struct pamtest *row = s->row;

	if (style != PAM_PROMPT_ECHO_ON && style != PAM_PROMPT_ECHO_OFF)
		return PAM_SUCCESS;
	if (row->conv)
		return row->conv;
	if (s->next == COUNT(row->replies) || !row->replies[s->next])
		return PAM_CONV_ERR;
	r->resp = strdup(row->replies[s->next++]);
	return PAM_SUCCESS;
}

int
pamtest_converse(int n, const struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	struct pam_response *r = calloc((size_t)n, sizeof *r);
	int rc = r ? PAM_SUCCESS : PAM_BUF_ERR;

	for (int i = 0; i < n && rc == PAM_SUCCESS; i++) {
		say(data, msg[i]->msg_style, msg[i]->msg);
		rc = answer(data, msg[i]->msg_style, &r[i]);
	}
	if (rc == PAM_SUCCESS)
		*resp = r;
	else
		free(r);
	return rc;
}
