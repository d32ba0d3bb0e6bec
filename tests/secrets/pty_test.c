/* SPDX-License-Identifier: BSD-2-Clause */
/* What is typed at misc_conv's prompts, on a terminal and into a pipe, is
 * nowhere afterwards but in the answers. The user is a child process, so that
 * his copy is not ours. */
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <security/pam_misc.h>

#include "base/drop.h"
#include "base/secret.h"
#include "check.h"
#include "needle.h"

#define PROMPT "say: "

/* A clock that jumps past every deadline when it has been looked at so often;
 * 0: never. */
static int looks_left;

__attribute__((visibility("default"))) extern __typeof__(clock_gettime)
    clock_gettime;

int
clock_gettime(clockid_t clock, struct timespec *now)
{
	const long rc = syscall(SYS_clock_gettime, clock, now);

	if (clock == CLOCK_REALTIME && looks_left && --looks_left == 0) {
		now->tv_sec += 3600;
		looks_left = 1;
	}
	return (int)rc;
}

static const struct {
	const char *label;
	int style[2];		/* of two messages */
	const char *behind[2];	/* what is typed behind each secret */
	int want;
	int copies[2];		/* of the secrets, in the answers */
	bool terminal;
	int looks;
} rows[] = {
	{ "a hidden answer", { PAM_PROMPT_ECHO_OFF }, { "\n" }, PAM_SUCCESS,
	  { 1, 0 }, true, 0 },
	{ "one that is shown", { PAM_PROMPT_ECHO_ON }, { "\n" }, PAM_SUCCESS,
	  { 1, 0 }, true, 0 },
	{ "one that ends with the input", { PAM_PROMPT_ECHO_OFF },
	  { "\004\004" }, PAM_SUCCESS, { 1, 0 }, true, 0 },
	{ "two", { PAM_PROMPT_ECHO_OFF, PAM_PROMPT_ECHO_OFF },
	  { "\n", "\n" }, PAM_SUCCESS, { 1, 1 }, true, 0 },
	{ "an answer before a message that cannot be shown",
	  { PAM_PROMPT_ECHO_OFF, 99 }, { "\n" }, PAM_CONV_ERR, { 0, 0 }, true,
	  0 },
	{ "an answer from a pipe", { PAM_PROMPT_ECHO_OFF }, { "\n" },
	  PAM_SUCCESS, { 1, 0 }, false, 0 },
	{ "one that time ran out for", { PAM_PROMPT_ECHO_OFF }, { "" },
	  PAM_CONV_ERR, { 0, 0 }, false, 20 },
	{ "one before it", { PAM_PROMPT_ECHO_OFF, PAM_PROMPT_ECHO_OFF },
	  { "\n", "" }, PAM_CONV_ERR, { 0, 0 }, false, 150 },
};

/* Wait for as many prompts, and answer each with its secret. */
static void
type(size_t row, int from, int to)
{
	char secret[NEEDLE_LENGTH + 1], seen[64];
	size_t asked = 0;

	for (size_t have = 0; asked < 2 && rows[row].behind[asked];) {
		const ssize_t got = read(from, seen + have, 1);

		if (got <= 0)
			_exit(1);
		have = seen[have] == PROMPT[have] ? have + 1 : 0;
		if (have < strlen(PROMPT))
			continue;
		needle_write((unsigned)asked + 1, secret);
		if (write(to, secret, NEEDLE_LENGTH) < 0 ||
		    write(to, rows[row].behind[asked],
		    strlen(rows[row].behind[asked])) < 0)
			_exit(1);
		asked++;
		have = 0;
	}
	/* Keeps his end open until he is told to go. */
	pause();
}

/* Both ends of the line between the user and misc_conv. */
struct line {
	int in, out;		/* misc_conv's */
	int user_from, user_to;
};

static bool
line_open(bool terminal, struct line *l)
{
	int questions[2], answers[2];

	if (terminal) {
		if (openpty(&l->user_from, &l->in, NULL, NULL, NULL) < 0)
			return false;
		l->user_to = l->user_from;
		l->out = l->in;
		return true;
	}
	if (pipe(questions) < 0 || pipe(answers) < 0)
		return false;
	*l = (struct line){ answers[0], questions[1], questions[0],
		answers[1] };
	return true;
}

static int
converse(size_t row, const struct line *l, struct pam_response **replies)
{
	const struct pam_message messages[] = {
		{ rows[row].style[0], PROMPT }, { rows[row].style[1], PROMPT },
	};
	const struct pam_message *list[] = { &messages[0], &messages[1] };
	const int in = dup(STDIN_FILENO), err = dup(STDERR_FILENO);
	int rc;

	dup2(l->in, STDIN_FILENO);
	dup2(l->out, STDERR_FILENO);
	rc = misc_conv(rows[row].style[1] ? 2 : 1, list, replies, NULL);
	dup2(in, STDIN_FILENO);
	dup2(err, STDERR_FILENO);
	close(in);
	close(err);
	return rc;
}

static void
forget(size_t row, struct pam_response *replies)
{
	for (size_t i = 0; replies && i < 2 && rows[row].style[i]; i++)
		secret_free(replies[i].resp);
	free(replies);
}

static void
check_row(size_t row)
{
	const char *label = rows[row].label;
	struct pam_response *replies = NULL;
	struct line l;
	pid_t user;

	CHECK(label, line_open(rows[row].terminal, &l));
	user = fork();
	if (user == 0)
		type(row, l.user_from, l.user_to);
	looks_left = rows[row].looks;
	pam_misc_conv_die_time = looks_left ? time(NULL) + 60 : 0;
	CHECK_INT(label, rows[row].want, converse(row, &l, &replies));
	looks_left = 0;
	for (unsigned i = 0; i < 2; i++)
		CHECK_INT(label, rows[row].copies[i],
		    needle_look(i + 1, NULL).copies);
	forget(row, replies);
	for (unsigned i = 0; i < 2; i++)
		CHECK_INT(label, 0, needle_look(i + 1, label).pieces);
	kill(user, SIGKILL);
	waitpid(user, NULL, 0);
	close(l.in);
	close(l.user_from);
	if (!rows[row].terminal) {
		close(l.out);
		close(l.user_to);
	}
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(i);
	return TEST_RESULT();
}
