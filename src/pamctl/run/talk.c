/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/run/talk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <security/pam_misc.h>

#include "base/drop.h"
#include "base/grow.h"
#include "base/secret.h"
#include "pamctl/pamctl.h"
#include "pamctl/run/answers.h"
#include "pamctl/run/script.h"

struct responses {
	struct pam_response *list;
	int count;
};

static const char *const style_words[] = {
	[PAM_PROMPT_ECHO_OFF] = "secret prompt",
	[PAM_PROMPT_ECHO_ON] = "prompt",
	[PAM_ERROR_MSG] = "error",
	[PAM_TEXT_INFO] = "info",
	[PAM_RADIO_TYPE] = "choice",
	[PAM_BINARY_PROMPT] = "binary prompt",
};

const char *
style_word(int style)
{
	if (style < 0 || (size_t)style >= COUNT(style_words) ||
	    !style_words[style])
		return "unknown";
	return style_words[style];
}

static void
responses_drop(struct responses *r)
{
	for (int i = 0; r->list && i < r->count; i++)
		secret_free(r->list[i].resp);
	free(r->list);
}

/* Keep a message for the report. The text of a binary prompt is none. */
static struct message *
keep(struct talk *t, const struct pam_message *m)
{
	struct operation *op = t->now;
	const char *text = m->msg && m->msg_style != PAM_BINARY_PROMPT ?
	    m->msg : "";

	if (!op || GROW(op->message, op->messages, op->message_cap) < 0)
		return NULL;
	text = arena_copy(&t->script->texts, text, strlen(text));
	if (!text)
		return NULL;
	op->message[op->messages] = (struct message){ m->msg_style, text };
	return &op->message[op->messages++];
}

static void
show_line(FILE *to, const char *prefix, const char *text, size_t len)
{
	_drop_(freep) char *line = strndup(text, len);

	fputs(prefix, to);
	put(to, line ? line : "");
	fputc('\n', to);
}

/* By lines, so that nothing but the ends of lines reaches the terminal. */
static void
show(const struct talk *t, const struct pam_message *m)
{
	FILE *to = m->msg_style == PAM_ERROR_MSG ? stderr : stdout;
	const char *text = m->msg ? m->msg : "";
	char prefix[40] = "";

	if (t->verbose)
		snprintf(prefix, sizeof prefix, "pamctl: %s: ",
		    style_word(m->msg_style));
	for (;;) {
		const size_t len = strcspn(text, "\n");

		show_line(to, prefix, text, len);
		text += len;
		if (!*text++)
			break;
	}
	fflush(to);
}

/* A person answers. Echo is misc_conv's business. */
static int
ask(const struct pam_message *m, char **answer)
{
	struct pam_response *response = NULL;
	const int rc = misc_conv(1, &m, &response, NULL);

	if (rc != PAM_SUCCESS)
		return rc;
	*answer = response->resp;
	free(response);
	return PAM_SUCCESS;
}

static int
answer_prompt(struct talk *t, const struct pam_message *m, char **answer)
{
	if (m->msg_style == PAM_BINARY_PROMPT)
		return PAM_CONV_ERR;
	if (!t->answers)
		return ask(m, answer);
	if (t->verbose && !t->hidden)
		show(t, m);
	*answer = answers_next(t->answers);
	if (*answer)
		return PAM_SUCCESS;
	fail(0, "no answer is left for \"%s\"", m->msg ? m->msg : "");
	return PAM_CONV_ERR;
}

static int
reply(struct talk *t, const struct pam_message *m, char **answer)
{
	struct message *kept = keep(t, m);
	int rc;

	if (m->msg_style == PAM_ERROR_MSG || m->msg_style == PAM_TEXT_INFO) {
		if (!t->hidden)
			show(t, m);
		return PAM_SUCCESS;
	}
	fflush(stdout);
	rc = answer_prompt(t, m, answer);
	if (kept)
		kept->answered = rc == PAM_SUCCESS && *answer;
	return rc;
}

int
talk_converse(int n, const struct pam_message **message,
    struct pam_response **response, void *data)
{
	_drop_(responses_drop) struct responses r = { 0 };

	if (n <= 0)
		return PAM_CONV_ERR;
	r.list = calloc((size_t)n, sizeof *r.list);
	if (!r.list)
		return PAM_BUF_ERR;
	for (; r.count < n; r.count++) {
		const struct pam_message *m = message[r.count];
		const int rc = m ? reply(data, m, &r.list[r.count].resp) :
		    PAM_CONV_ERR;

		if (rc != PAM_SUCCESS)
			return rc;
	}
	*response = TAKE(r.list);
	return PAM_SUCCESS;
}
