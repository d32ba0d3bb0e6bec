/* SPDX-License-Identifier: BSD-2-Clause */
/* The conversation for programs on a terminal, and its exported variables. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <security/pam_misc.h>

#include "base/drop.h"
#include "base/intl.h"
#include "base/secret.h"
#include "libpam_misc/terminal.h"

static void
packet_forget(void *appdata, pamc_bp_t *packet)
{
	(void)appdata;
	if (packet)
		PAM_BP_RENEW(packet, 0, 0);
}

/* programs copy these into themselves, their sizes are ABI. The lines are
 * shown as they are: who sets his own ends them with a newline. */
time_t pam_misc_conv_warn_time = 0;
time_t pam_misc_conv_die_time = 0;
const char *pam_misc_conv_warn_line = "Your time is running out.\n";
const char *pam_misc_conv_die_line = "Your time is up.\n";
int pam_misc_conv_died = 0;
int (*pam_binary_handler_fn)(void *appdata, pamc_bp_t *prompt_p) = NULL;
void (*pam_binary_handler_free)(
    void *appdata, pamc_bp_t *prompt_p) = packet_forget;

/* The answers given so far; dropped with everything in them unless taken. */
struct answers {
	struct pam_response *list;
	int n;
	const struct pam_message **msgs;
	void *appdata;
};

static void
answers_drop(struct answers *a)
{
	for (int i = 0; a->list && i < a->n; i++) {
		char *text = a->list[i].resp;
		pamc_bp_t packet = (pamc_bp_t)(void *)text;

		/* Whoever made the packet frees it: the program's handler. */
		if (a->msgs[i]->msg_style != PAM_BINARY_PROMPT)
			secret_free(text);
		else if (packet && pam_binary_handler_free)
			pam_binary_handler_free(a->appdata, &packet);
	}
	free(a->list);
}

static void
line_wipe(struct line *line)
{
	wipe(line, sizeof *line);
}

static void
show(FILE *where, const char *text, const char *end)
{
	fprintf(where, "%s%s", text ? text : "", end);
	fflush(where);
}

/* 0, or -ETIMEDOUT: time was up before the question could be asked. */
static int
watch_time(void)
{
	if (time_is_up(pam_misc_conv_die_time)) {
		show(stderr, intl_text(pam_misc_conv_die_line), "");
		pam_misc_conv_died = 1;
		return -ETIMEDOUT;
	}
	if (time_is_up(pam_misc_conv_warn_time)) {
		show(stderr, intl_text(pam_misc_conv_warn_line), "");
		pam_misc_conv_warn_time = 0;
	}
	return 0;
}

static time_t
next_deadline(void)
{
	const time_t warn = pam_misc_conv_warn_time;
	const time_t die = pam_misc_conv_die_time;

	return !die || (warn && warn < die) ? warn : die;
}

/* V-4, V-5. A terminal outcome or -errno; *line is the answer. */
static int
ask(const char *prompt, bool echo, struct line *line)
{
	struct question q = { .prompt = prompt ? prompt : "", .echo = echo };
	int rc;

	do {
		rc = watch_time();
		if (rc < 0)
			return rc;
		q.deadline = next_deadline();
		rc = terminal_ask(&q, line);
	} while (rc == -ETIMEDOUT);
	return rc;
}

/* 0 or -errno; the answer is NULL when input had ended. */
static int
answer_line(const char *prompt, bool echo, char **answer)
{
	_drop_(line_wipe) struct line line = { .len = 0 };
	const int rc = ask(prompt, echo, &line);

	if (rc != TERMINAL_LINE)
		return rc == TERMINAL_END ? 0 : rc;
	*answer = strdup(line.text);
	return *answer ? 0 : -ENOMEM;
}

/* 0 or -errno. The program's handler works on a copy. The packet says itself
 * how long it is: believe only a length that somebody could have meant. */
static int
answer_packet(const char *msg, void *appdata, char **answer)
{
	pamc_bp_t packet = NULL;
	uint32_t length;
	int rc;

	if (!pam_binary_handler_fn || !msg || PAM_BP_SIZE(msg) < PAM_BP_MIN_SIZE
	    || PAM_BP_SIZE(msg) > PAM_BP_MAX_LENGTH)
		return -EINVAL;
	length = PAM_BP_LENGTH(msg);
	PAM_BP_RENEW(&packet, PAM_BPC_OK, length);
	if (!packet)
		return -ENOMEM;
	PAM_BP_WCONTROL(packet) = PAM_BP_RCONTROL(msg);
	PAM_BP_FILL(packet, 0, length, PAM_BP_RDATA(msg));

	rc = pam_binary_handler_fn(appdata, &packet) == 0 && packet ? 0 : -EIO;
	if (rc == 0)
		*answer = (char *)(void *)packet;
	else if (packet && pam_binary_handler_free)
		pam_binary_handler_free(appdata, &packet);
	return rc;
}

/* V-2. 0 or -errno. */
static int
answer(const struct pam_message *m, void *appdata, char **text)
{
	switch (m->msg_style) {
	case PAM_PROMPT_ECHO_OFF:
		return answer_line(m->msg, false, text);
	case PAM_PROMPT_ECHO_ON:
		return answer_line(m->msg, true, text);
	case PAM_ERROR_MSG:
		show(stderr, m->msg, "\n");
		return 0;
	case PAM_TEXT_INFO:
		show(stdout, m->msg, "\n");
		return 0;
	case PAM_BINARY_PROMPT:
		return answer_packet(m->msg, appdata, text);
	}
	fprintf(stderr, "This program cannot show messages of style %d.\n",
	    m->msg_style);
	return -ENOTSUP;
}

int
misc_conv(int num_msg, const struct pam_message **msgm,
    struct pam_response **response, void *appdata_ptr)
{
	_drop_(answers_drop) struct answers a = {
		.msgs = msgm, .appdata = appdata_ptr,
	};

	if (num_msg <= 0 || !msgm || !response)
		return PAM_CONV_ERR;
	a.list = calloc((size_t)num_msg, sizeof *a.list);
	if (!a.list)
		return PAM_CONV_ERR;

	for (; a.n < num_msg; a.n++) {
		char **text = &a.list[a.n].resp;

		if (!msgm[a.n] || answer(msgm[a.n], appdata_ptr, text) < 0)
			return PAM_CONV_ERR;
	}
	*response = TAKE(a.list);
	return PAM_SUCCESS;
}
