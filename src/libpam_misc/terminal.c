/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam_misc/terminal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/drop.h"

#define NANOSECONDS 1000000000L

/* What has to be put back. */
struct manners {
	bool terminal;
	struct termios modes;
	sigset_t mask;
};

bool
time_is_up(time_t when)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return when && now.tv_sec >= when;
}

/* TCSAFLUSH: what was typed before the question is no answer to it, and what
 * was typed beyond the answer must not reach a shell (V-3). */
static int
set_modes(const struct termios *modes)
{
	int rc;

	do
		rc = tcsetattr(STDIN_FILENO, TCSAFLUSH, modes);
	while (rc < 0 && errno == EINTR);
	return rc < 0 ? -errno : 0;
}

static void
manners_restore(struct manners *m)
{
	if (!m->terminal)
		return;
	set_modes(&m->modes);
	pthread_sigmask(SIG_SETMASK, &m->mask, NULL);
}

/* 0 or -errno. Whatever is no terminal is left alone. The stop key must not
 * give the shell a terminal without echo, hence SIGTSTP waits. */
static int
manners_set(struct manners *m, bool echo)
{
	struct termios modes;
	sigset_t stop;

	if (tcgetattr(STDIN_FILENO, &m->modes) < 0)
		return 0;
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	pthread_sigmask(SIG_BLOCK, &stop, &m->mask);
	m->terminal = true;

	modes = m->modes;
	modes.c_lflag |= ICANON;
	if (echo)
		modes.c_lflag |= ECHOCTL;
	else
		modes.c_lflag &= ~(tcflag_t)ECHO;
	return set_modes(&modes);
}

/* The time from now to the deadline, nothing when it has passed. */
static struct timespec
time_left(time_t deadline)
{
	struct timespec now, left = { 0, 0 };

	clock_gettime(CLOCK_REALTIME, &now);
	if (now.tv_sec >= deadline)
		return left;
	left.tv_sec = deadline - now.tv_sec;
	if (now.tv_nsec) {
		left.tv_sec--;
		left.tv_nsec = NANOSECONDS - now.tv_nsec;
	}
	return left;
}

/* 0 when a read will not wait, or -ETIMEDOUT. No alarm is used, so that the
 * program's own goes on (W-21); and while we count the time ourselves its
 * arrival does not end the question. */
static int
wait_for_input(time_t deadline)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
	struct timespec left;
	int rc;

	do {
		left = time_left(deadline);
		rc = ppoll(&in, 1, deadline ? &left : NULL, NULL);
		if (rc == 0 && time_is_up(deadline))
			return -ETIMEDOUT;
	} while (rc == 0 || (rc < 0 && errno == EINTR));
	return rc < 0 ? -errno : 0;
}

/* read(2) with a deadline: bytes, 0 at the end of input, or -errno. Without one
 * the handlers of the program decide, by SA_RESTART, whether it is resumed. */
static ssize_t
read_some(char *buf, size_t n, time_t deadline)
{
	ssize_t got;
	int rc;

	for (;;) {
		rc = deadline ? wait_for_input(deadline) : 0;
		if (rc < 0)
			return rc;
		got = read(STDIN_FILENO, buf, n);
		if (got >= 0)
			return got;
		if (errno != EAGAIN)
			return -errno;
		/* Somebody else made the descriptor non-blocking. */
		rc = wait_for_input(deadline);
		if (rc < 0)
			return rc;
	}
}

/* A terminal hands out one line a call. From anything else bytes are taken one
 * by one, so that the next answer stays for the next question. 0, or -errno. */
static int
line_read(struct line *line, bool terminal, time_t deadline)
{
	ssize_t got;

	do {
		got = read_some(line->text + line->len,
		    terminal ? LINE_LIMIT - line->len : 1, deadline);
		if (got < 0)
			return (int)got;
		line->len += (size_t)got;
	} while (got > 0 && !terminal && line->len < LINE_LIMIT &&
	    line->text[line->len - 1] != '\n');
	return 0;
}

int
terminal_ask(const struct question *q, struct line *line)
{
	_drop_(manners_restore) struct manners manners = { .terminal = false };
	bool ended;
	int rc;

	rc = manners_set(&manners, q->echo);
	if (rc < 0)
		return rc;
	/* Only now: who sees the question may type. */
	fputs(q->prompt, stderr);
	fflush(stderr);

	rc = line_read(line, manners.terminal, q->deadline);
	ended = rc == 0 && line->len && line->text[line->len - 1] == '\n';
	if (!ended || (manners.terminal && !q->echo))
		fputc('\n', stderr);
	if (rc < 0)
		return rc;
	if (line->len == 0)
		return TERMINAL_END;
	line->text[ended ? --line->len : line->len] = '\0';
	return TERMINAL_LINE;
}
