/* SPDX-License-Identifier: BSD-2-Clause */
/* One question and one line of answer: prompt on standard error, input from
 * descriptor 0, which may be a terminal or anything else. */
#ifndef LIBPAM_MISC_TERMINAL_H
#define LIBPAM_MISC_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

/* V-3: so many bytes are taken, the newline included. */
#define LINE_LIMIT 4095

/* Start from { .len = 0 } and wipe afterwards; what a pipe delivered before a
 * deadline is kept here for the next try. */
struct line {
	size_t len;
	char text[LINE_LIMIT + 1];
};

enum {
	TERMINAL_LINE = 0, /* line->text is the answer, without its newline */
	TERMINAL_END = 1,  /* input had ended before the first byte */
};

struct question {
	const char *prompt;
	bool echo;
	time_t deadline; /* absolute, seconds; 0 is never */
};

/* Ask and wait for the answer. An outcome above, or -errno: -ETIMEDOUT at the
 * deadline, -EINTR when a signal handler wants calls to be interrupted. The
 * terminal and the signal mask are as before, whatever the result. */
int terminal_ask(const struct question *q, struct line *line);

/* Have this many seconds since 1970 passed? Never, for 0. */
bool time_is_up(time_t when);

#endif
