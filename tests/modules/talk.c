/* SPDX-License-Identifier: BSD-2-Clause */
#include "talk.h"

#include <stdlib.h>
#include <string.h>

#include "base/drop.h"

#define LONG_REPLY (1 << 20)

const struct talk talks[] = {
	{ "fails", PAM_CONV_ERR, NULL, 0, false, true },
	{ "is not ready", PAM_CONV_AGAIN, NULL, 0, false, true },
	{ "gives no text", PAM_SUCCESS, NULL, 0, false, true },
	{ "gives nothing", PAM_SUCCESS, NULL, 0, true, true },
	{ "gives the empty text", PAM_SUCCESS, "", 1, false, false },
	{ "gives a long text", PAM_SUCCESS, "x", LONG_REPLY, false, false },
	{ "gives bytes", PAM_SUCCESS, "\377%n%s\n\033[", 9, false, false },
};

const size_t talks_count = COUNT(talks);

static char *
repeat(const char *text, size_t times)
{
	const size_t n = strlen(text);
	char *all = malloc(n * times + 1);

	for (size_t i = 0; all && i < times; i++)
		memcpy(all + i * n, text, n);
	if (all)
		all[n * times] = '\0';
	return all;
}

int
talk_converse(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	struct talker *t = data;
	const struct talk *talk = t->talk;
	const bool question = msg[0]->msg_style == PAM_PROMPT_ECHO_ON ||
	    msg[0]->msg_style == PAM_PROMPT_ECHO_OFF;

	t->asked |= question;
	if (talk->code != PAM_SUCCESS || (question && talk->no_array)) {
		*resp = NULL;
		return talk->code;
	}
	*resp = calloc((size_t)n, sizeof **resp);
	if (question && talk->reply)
		(*resp)->resp = repeat(talk->reply, talk->times);
	return PAM_SUCCESS;
}
