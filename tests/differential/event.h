/* SPDX-License-Identifier: BSD-2-Clause */
/* The log of a run: one line for each event, words between blanks, their odd
 * bytes as %XX. "-" is NULL and "''" the empty string, as in scripts. */
#ifndef DIFFERENTIAL_EVENT_H
#define DIFFERENTIAL_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define EXPORT __attribute__((visibility("default")))

struct event {
	FILE *stream;
	char *text;
	size_t len;
};

/* Events may be begun while others are open; each is written, at once and in
 * one piece, by its own end. */
void event_begin(struct event *e, const char *kind);
void event_text(struct event *e, const char *text);	/* as it is */
void event_word(struct event *e, const char *word);
void event_int(struct event *e, long long n);
void event_code(struct event *e, int code);		/* by name, or a number */
void event_end(struct event *e);

/* In place: the word that a script means. */
char *event_decode(char *word);

/* What the player does for its modules. */

/* True once after each finished operation, in scripts that say "wiping". */
bool oracle_wipe_due(void);
/* In scripts that say "typing". */
bool oracle_types(void);
/* Time that only the interposed clock sees. */
void oracle_pass(unsigned long long usec);

#endif
