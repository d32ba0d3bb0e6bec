/* SPDX-License-Identifier: BSD-2-Clause */
/* The event log: one JSON object a line, one write each. */
#ifndef RECORD_EVENT_H
#define RECORD_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define EVENT_LOG "/var/log/usher/events.jsonl"
#define EVENT_LINE 8192		/* bytes of a line at most, newline included */
#define EVENT_LOG_MAX (1LL << 30)	/* a log that nobody rotates ends here */
#define EVENT_STRING 256	/* of a string; what is longer is cut */

/* An entry of a policy that was reached. */
struct event_step {
	const char *file, *module, *answer, *action;	/* action may be NULL */
	unsigned line, ms;
	unsigned jump;		/* of the action "jump" */
};

struct event {
	const char *event;	/* what kind: "open", "auth-failed", ... */
	const char *id, *boot, *service;
	const char *user, *tty, *rhost, *ruser, *class;	/* or NULL */
	bool known;		/* there is such an account: its uid */
	uid_t uid;
	pid_t pid;		/* of who writes it; 0: to be asked for */
	const char *result;	/* code word */
	const char *reason;	/* in words, where no entry decided; or NULL */
	unsigned attempt;	/* 0: none */
	const char *no_record;	/* why there is none of the session, or NULL */
	const struct event_step *decided;	/* or NULL */
	const struct event_step *trail;	/* or NULL: not told */
	size_t steps;
};

/* The line of an event, newline included, in room for EVENT_LINE bytes; its
 * length. Whatever the strings are, it is valid JSON. */
size_t event_line(const struct event *e, char line[EVENT_LINE]);

/* Append it to the log. 0 or -errno: then it is not there; -EFBIG when the log is
 * full. */
int event_write(const struct event *e);

#endif
