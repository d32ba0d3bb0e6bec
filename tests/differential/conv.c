/* SPDX-License-Identifier: BSD-2-Clause */
/* The application's side of conversations: scripted, and each an event. */
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "player.h"

#define QUEUE_MAX 64

static char *queue[QUEUE_MAX];
static size_t first, last;
const char conv_cookie[] = "cookie";

static void
report(int n, const struct pam_message **messages, const char *act,
    const void *app)
{
	struct event e;

	event_begin(&e, "conv");
	event_word(&e, act);
	event_int(&e, n);
	event_text(&e, app == conv_cookie ? "app" : "not-app");
	for (int i = 0; i < n; i++) {
		event_int(&e, messages[i]->msg_style);
		event_word(&e, messages[i]->msg);
	}
	event_end(&e);
}

static bool
is_question(const struct pam_message *message)
{
	return message->msg_style == PAM_PROMPT_ECHO_OFF ||
	    message->msg_style == PAM_PROMPT_ECHO_ON;
}

static int
answer(int n, const struct pam_message **messages,
    struct pam_response **responses, const char *reply)
{
	struct pam_response *r = calloc((size_t)n, sizeof *r);

	if (!r)
		return PAM_BUF_ERR;
	for (int i = 0; i < n; i++) {
		if (reply && is_question(messages[i]))
			r[i].resp = strdup(reply);
	}
	*responses = r;
	return PAM_SUCCESS;
}

int
conv_scripted(int n, const struct pam_message **messages,
    struct pam_response **responses, void *app)
{
	const char *act = first < last ? queue[first++] : "r:dflt";

	report(n, messages, act, app);
	switch (act[0]) {
	case 'c':
		return atoi(act + 2);
	case 'f':
		answer(n, messages, responses, "left");
		return PAM_CONV_ERR;
	case 'x':
		*responses = NULL;
		return PAM_SUCCESS;
	case 'n':
		return answer(n, messages, responses, NULL);
	default:
		return answer(n, messages, responses, act + 2);
	}
}

void
conv_delay(int status, unsigned usec, void *app)
{
	struct event e;

	interpose_delay(usec);
	event_begin(&e, "delay");
	event_code(&e, status);
	event_int(&e, usec);
	event_text(&e, app == conv_cookie ? "app" : "not-app");
	event_end(&e);
}

static void
run_conv(struct player *p, char **w, struct event *e)
{
	(void)p;
	(void)e;
	for (size_t i = 1; w[i] && last < QUEUE_MAX; i++)
		queue[last++] = strdup(w[i]);
}

static int
conv_mute(int n, const struct pam_message **messages,
    struct pam_response **responses, void *app)
{
	(void)n;
	(void)messages;
	(void)responses;
	(void)app;
	return PAM_SYSTEM_ERR;
}

static void
run_setconv(struct player *p, char **w, struct event *e)
{
	const struct pam_conv none = { NULL, NULL }, mute = { conv_mute, NULL };
	const void *conv = &p->conv;

	if (strcmp(w[1], "badfn") == 0)
		conv = &none;
	else if (strcmp(w[1], "mute") == 0)
		conv = &mute;
	else if (strcmp(w[1], "null") == 0)
		conv = NULL;
	event_code(e, pam_set_item(p->pamh, PAM_CONV, conv));
}

/* I-11: what was remembered goes when the conversation is set anew. */
void
conv_forget(pam_handle_t *pamh)
{
	const void *conv;
	struct pam_conv copy;

	if (pam_get_item(pamh, PAM_CONV, &conv) != PAM_SUCCESS)
		return;
	memcpy(&copy, conv, sizeof copy);
	pam_set_item(pamh, PAM_CONV, &copy);
}

static void
run_delayfn(struct player *p, char **w, struct event *e)
{
	union {
		void (*fn)(int, unsigned, void *);
		const void *item;
	} delay = { conv_delay };

	if (strcmp(w[1], "on") != 0)
		delay.item = NULL;
	event_code(e, pam_set_item(p->pamh, PAM_FAIL_DELAY, delay.item));
}

static void
run_delaycheck(struct player *p, char **w, struct event *e)
{
	const unsigned long long usec = interpose_slept();

	(void)p;
	event_text(e, usec >= strtoull(w[1], NULL, 0) &&
	    usec <= strtoull(w[2], NULL, 0) ? "inside" : "outside");
}

const struct command conv_commands[] = {
	{ "conv", run_conv, NEEDS_SILENCE },
	{ "delaycheck", run_delaycheck, NEEDS_HANDLE },
	{ "delayfn", run_delayfn, NEEDS_HANDLE },
	{ "setconv", run_setconv, NEEDS_HANDLE },
	{ 0 },
};
