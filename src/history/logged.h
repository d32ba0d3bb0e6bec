/* SPDX-License-Identifier: BSD-2-Clause */
/* One event as the log has it. */
#ifndef HISTORY_LOGGED_H
#define HISTORY_LOGGED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_t;

#define LOG_PATH "/var/log/usher/events.jsonl"

/* Longer lines are none of ours. */
#define LOGGED_MAX 65536

enum logged_text {
	LOGGED_EVENT, LOGGED_ID, LOGGED_BOOT, LOGGED_SERVICE, LOGGED_USER,
	LOGGED_TTY, LOGGED_RHOST, LOGGED_RUSER, LOGGED_CLASS, LOGGED_RESULT,
	LOGGED_TEXTS,
};

enum logged_number {
	LOGGED_UID, LOGGED_PID, LOGGED_ATTEMPT, LOGGED_NUMBERS,
};

/* An entry of a policy that was reached. */
struct logged_step {
	const char *file, *module, *answer, *action;	/* NULL: not told */
	int64_t line, ms;				/* -1: not told */
};

/* What its texts are is borrowed from object. */
struct logged {
	int64_t time;			/* microseconds since 1970 */
	const char *text[LOGGED_TEXTS];	/* NULL: not told */
	int64_t number[LOGGED_NUMBERS];	/* -1: not told */
	struct logged_step decided;	/* all NULL: nothing did */
	struct json_t *object;		/* the line; NULL from an index */
};

/* Read a line, to be freed by logged_free. 0; -EINVAL when it is no event: torn,
 * too long, or without time, event or id; -ENOMEM. */
int logged_read(const char *line, size_t len, struct logged *out);

/* The time of a line that is not read otherwise; -1 when it does not begin with
 * one, as lines of ours do. */
int64_t logged_time(const char *line, size_t len);

/* Step i of its trail; false behind the last. */
bool logged_step(const struct logged *e, size_t i, struct logged_step *out);

/* Whether steps were left out to keep the line short. */
bool logged_trail_cut(const struct logged *e);

/* Why, in words, where no entry decided; NULL: not told. */
const char *logged_reason(const struct logged *e);

/* Whether a call was refused. */
bool logged_failed(const struct logged *e);

void logged_free(struct logged *e);

#endif
