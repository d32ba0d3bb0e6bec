/* SPDX-License-Identifier: BSD-2-Clause */
/* misc_conv on a pipe. The first byte says how many messages there are, as many
 * follow for their styles; the rest is typed. */
#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

#include <security/pam_misc.h>

#include "base/drop.h"
#include "base/file.h"
#include "libpam_misc/terminal.h"
#include "target.h"

#define MESSAGES 6
#define TYPED_MAX 30000		/* less than a pipe holds */

static const int styles[] = { PAM_PROMPT_ECHO_OFF, PAM_PROMPT_ECHO_ON,
	PAM_ERROR_MSG, PAM_TEXT_INFO, PAM_PROMPT_ECHO_OFF, PAM_PROMPT_ECHO_ON,
	PAM_RADIO_TYPE, 99 };

/* What was typed, and how far it has been read. */
struct typed {
	const char *text;
	size_t len, at;
};

/* V-3, V-4: the answer that a question gets, or NULL; for the caller to free.
 */
static char *
model_answer(struct typed *t)
{
	const size_t left = t->len - t->at;
	const size_t most = left < LINE_LIMIT ? left : LINE_LIMIT;
	const char *start = t->text + t->at;
	const char *eol = most ? memchr(start, '\n', most) : NULL;
	const size_t taken = eol ? (size_t)(eol - start) + 1 : most;

	t->at += taken;
	return taken ? text_of(start, eol ? taken - 1 : taken) : NULL;
}

/* Every answer in turn; false when the conversation must fail at message n. */
static bool
check_answers(const struct pam_message *m, size_t n, struct typed *t,
    const struct pam_response *r)
{
	for (size_t i = 0; i < n; i++) {
		_drop_(freep) char *want = NULL;

		if (m[i].msg_style == PAM_RADIO_TYPE || m[i].msg_style == 99)
			return false;
		if (m[i].msg_style == PAM_PROMPT_ECHO_OFF ||
		    m[i].msg_style == PAM_PROMPT_ECHO_ON)
			want = model_answer(t);
		if (!r)
			continue;
		PROMISE("an answer is what was typed", want ? r[i].resp &&
		    strcmp(want, r[i].resp) == 0 : !r[i].resp);
	}
	return true;
}

static int
converse(size_t n, const struct pam_message *m, int in,
    struct pam_response **replies)
{
	const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	const struct pam_message *list[MESSAGES];
	int saved[3], rc;

	for (size_t i = 0; i < n; i++)
		list[i] = &m[i];
	for (int i = 0; i < 3; i++) {
		saved[i] = fcntl(i, F_DUPFD_CLOEXEC, 3);
		dup2(i ? nowhere : in, i);
	}
	rc = misc_conv((int)n, list, replies, NULL);
	fflush(stdout);
	for (int i = 0; i < 3; i++) {
		dup2(saved[i], i);
		close(saved[i]);
	}
	close(nowhere);
	return rc;
}

static void
check_rest(int in, const struct typed *t)
{
	char *rest = malloc(TYPED_MAX);
	const ssize_t got = rest ? read_all(in, rest, TYPED_MAX) : -1;

	PROMISE("what was not asked for is still there",
	    (size_t)got == t->len - t->at &&
	    memcmp(rest, t->text + t->at, (size_t)got) == 0);
	free(rest);
}

static void
play(const struct pam_message *m, size_t n, struct typed *t)
{
	struct pam_response *replies = NULL;
	int fds[2], rc;

	if (pipe2(fds, O_CLOEXEC) < 0 || write_all(fds[1], t->text, t->len) < 0)
		abort();
	close(fds[1]);
	rc = converse(n, m, fds[0], &replies);
	PROMISE("answers come with success alone",
	    !replies == (rc != PAM_SUCCESS));
	PROMISE("it fails where it must, and only there", rc ==
	    (check_answers(m, n, t, replies) ? PAM_SUCCESS : PAM_CONV_ERR));
	check_rest(fds[0], t);
	close(fds[0]);
	for (size_t i = 0; replies && i < n; i++)
		free(replies[i].resp);
	free(replies);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pam_message messages[MESSAGES];
	struct typed typed = { NULL, 0, 0 };
	size_t n;

	if (size == 0 || size > TYPED_MAX)
		return 0;
	n = data[0] % MESSAGES + 1;
	if (size <= n)
		return 0;
	for (size_t i = 0; i < n; i++)
		messages[i] = (struct pam_message){
			styles[data[1 + i] % COUNT(styles)], "?" };
	typed.text = (const char *)data + 1 + n;
	typed.len = size - 1 - n;
	play(messages, n, &typed);
	return 0;
}
