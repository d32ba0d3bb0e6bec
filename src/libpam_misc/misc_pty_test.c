/* SPDX-License-Identifier: BSD-2-Clause */
/* misc_conv on a terminal. A child asks; we are the user at the other end, and
 * look at the terminal's modes and the child's signal mask while it waits. */
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <security/pam_misc.h>

#include "base/drop.h"
#include "check.h"
#include "libpam_misc/terminal.h"

#define TEXT_MAX 10000

/* What the child tells at the end. */
struct report {
	int rc, length, stops;
	bool null, same_modes, same_mask;
	char start[32];
};

static int stops;

static void
on_stop(int number)
{
	(void)number;
	stops++;
}

static void
child_report(struct report *r, const struct pam_response *reply)
{
	r->null = !reply || !reply->resp;
	r->length = r->null ? -1 : (int)strlen(reply->resp);
	if (!r->null)
		memcpy(r->start, reply->resp, strnlen(reply->resp, 31));
}

static bool
same_modes(const struct termios *a, const struct termios *b)
{
	return a->c_lflag == b->c_lflag && a->c_iflag == b->c_iflag &&
	    a->c_oflag == b->c_oflag &&
	    memcmp(a->c_cc, b->c_cc, sizeof a->c_cc) == 0;
}

struct script {
	const char *label;
	int style;
	const char *early; /* typed before the question */
	size_t filler;	   /* so many letters, then */
	const char *typed; /* this */
	int length;	   /* of the answer; -1 is none */
	const char *start; /* how it begins */
	const char *shown; /* when filler is 0 */
	int stops;
	int die;	   /* seconds from now, if not 0 */
	int want;
};

/* Runs in the child, on its controlling terminal. */
static void
child(const struct script *s, int out)
{
	const struct pam_message m = { s->style, "ask: " };
	const struct pam_message *list[] = { &m };
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
	struct sigaction sa = { .sa_handler = on_stop };
	struct pam_response *reply = NULL;
	struct report r = { 0 };
	struct termios before, after;
	sigset_t old, now;

	sigaction(SIGTSTP, &sa, NULL);
	sigprocmask(SIG_SETMASK, NULL, &old);
	tcgetattr(STDIN_FILENO, &before);
	if (s->early)
		poll(&in, 1, -1);
	if (s->die)
		pam_misc_conv_die_time = time(NULL) + s->die;

	r.rc = misc_conv(1, list, &reply, NULL);
	child_report(&r, reply);
	tcgetattr(STDIN_FILENO, &after);
	sigprocmask(SIG_SETMASK, NULL, &now);
	r.same_modes = same_modes(&before, &after);
	r.same_mask = sigismember(&now, SIGTSTP) == sigismember(&old, SIGTSTP);
	r.stops = stops;
	_exit(write(out, &r, sizeof r) == sizeof r ? 0 : 1);
}

static pid_t
child_start(const struct script *s, int *master, int *results)
{
	const char *early = s->early ? s->early : "";
	int slave, fds[2];
	pid_t pid;

	if (openpty(master, &slave, NULL, NULL, NULL) < 0 || pipe(fds) < 0)
		return -1;
	CHECK("type", write(*master, early, strlen(early)) ==
	    (ssize_t)strlen(early));
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		setsid();
		ioctl(slave, TIOCSCTTY, 0);
		for (int i = 0; i < 3; i++)
			dup2(slave, i);
		close(*master);
		child(s, fds[1]);
	}
	close(slave);
	close(fds[1]);
	*results = fds[0];
	return pid;
}

static char shown[TEXT_MAX];

/* Read what the terminal shows until text is there or the other end is gone. */
static bool
see(int master, const char *text)
{
	size_t n = strlen(shown);

	while (!text || !strstr(shown, text)) {
		const ssize_t got = read(master, shown + n, TEXT_MAX - 1 - n);

		if (got <= 0)
			return false;
		n += (size_t)got;
		shown[n] = '\0';
	}
	return true;
}

/* Is the signal in the set that the kernel shows for the process? */
static bool
process_blocks(pid_t pid, int number)
{
	unsigned long long set = 0;
	char path[64], row[128];
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	f = fopen(path, "re");
	while (f && fgets(row, sizeof row, f))
		if (strncmp(row, "SigBlk:", 7) == 0)
			set = strtoull(row + 7, NULL, 16);
	if (f)
		fclose(f);
	return set >> (number - 1) & 1;
}

static void
type(int master, const struct script *s)
{
	static char filler[TEXT_MAX];
	const size_t n = strlen(s->typed);

	memset(filler, 'z', s->filler);
	CHECK("type", write(master, filler, s->filler) == (ssize_t)s->filler);
	CHECK("type", write(master, s->typed, n) == (ssize_t)n);
}

static void
look_while_it_waits(const struct script *s, int master, pid_t pid)
{
	struct termios modes;

	tcgetattr(master, &modes);
	CHECK_INT(s->label, s->style == PAM_PROMPT_ECHO_ON,
	    !!(modes.c_lflag & ECHO));
	CHECK(s->label, modes.c_lflag & ICANON);
	CHECK(s->label, process_blocks(pid, SIGTSTP));
}

static void
play(const struct script *s)
{
	struct report r = { 0 };
	int master = -1, results = -1;
	pid_t pid;

	shown[0] = '\0';
	pid = child_start(s, &master, &results);
	CHECK(s->label, pid > 0);
	if (pid <= 0)
		return;
	if (s->want == PAM_SUCCESS) {
		CHECK(s->label, see(master, "ask: "));
		look_while_it_waits(s, master, pid);
		type(master, s);
	}
	see(master, NULL);
	CHECK(s->label, read(results, &r, sizeof r) == sizeof r);
	waitpid(pid, NULL, 0);
	close(master);
	close(results);

	CHECK_INT(s->label, s->want, r.rc);
	CHECK_INT(s->label, s->length, r.length);
	CHECK_STR(s->label, s->start, r.start);
	CHECK_INT(s->label, s->stops, r.stops);
	CHECK(s->label, r.same_modes && r.same_mask);
	if (!s->filler)
		CHECK_STR(s->label, s->shown, shown);
	else if (s->style == PAM_PROMPT_ECHO_OFF)
		CHECK(s->label, !strchr(shown, 'z'));
}

#define LETTERS "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"

static const struct script scripts[] = {
	{ "an answer is shown", 2, NULL, 0, "alice\n", 5, "alice",
	  "ask: alice\r\n", 0, 0, PAM_SUCCESS },
	{ "a secret is not", 1, NULL, 0, "secret\n", 6, "secret",
	  "ask: \r\n", 0, 0, PAM_SUCCESS },
	{ "an empty secret", 1, NULL, 0, "\n", 0, "", "ask: \r\n", 0, 0,
	  PAM_SUCCESS },
	{ "the end key alone is no answer", 1, NULL, 0, "\004", -1, "",
	  "ask: \r\n", 0, 0, PAM_SUCCESS },
	{ "the end key ends a line", 1, NULL, 0, "abc\004", 3, "abc",
	  "ask: \r\n", 0, 0, PAM_SUCCESS },
	{ "so it does with echo", 2, NULL, 0, "abc\004", 3, "abc",
	  "ask: abc\r\n", 0, 0, PAM_SUCCESS },
	{ "what was typed before is no answer", 1, "early\n", 0, "late\n", 4,
	  "late", "early\r\nask: \r\n", 0, 0, PAM_SUCCESS },
	{ "the stop key waits for the answer", 1, NULL, 0, "\032abc\n", 3,
	  "abc", "ask: \r\n", 1, 0, PAM_SUCCESS },
	{ "a long secret", 1, NULL, LINE_LIMIT - 1, "\n", LINE_LIMIT - 1,
	  LETTERS, NULL, 0, 0, PAM_SUCCESS },
	{ "the longest", 1, NULL, LINE_LIMIT, "\n", LINE_LIMIT, LETTERS, NULL,
	  0, 0, PAM_SUCCESS },
	{ "longer than that", 1, NULL, LINE_LIMIT + 1, "\n", LINE_LIMIT,
	  LETTERS, NULL, 0, 0, PAM_SUCCESS },
	{ "time is up", 1, NULL, 0, "", -1, "", "Your time is up.\r\n", 0, -1,
	  PAM_CONV_ERR },
};

int
main(void)
{
	for (size_t i = 0; i < COUNT(scripts); i++)
		play(&scripts[i]);
	return TEST_RESULT();
}
