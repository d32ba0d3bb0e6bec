/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a process looks like from inside at one moment, sent to whoever listens
 * at the abstract address "conduct": a place that unprivileged processes and
 * those in another root can reach as well.
 */
#ifndef TESTS_CONDUCT_EVENT_H
#define TESTS_CONDUCT_EVENT_H

#include <stdio.h>

struct event {
	FILE *out;
	char *text;
	size_t size;
};

/* Begin with the state of this process. On failure nothing will be sent. */
void event_begin(struct event *e, const char *what);

/* One more line; control characters in the value become '?'. */
void event_add(struct event *e, const char *key, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Names only, of "NAME=value" strings: values may be secrets. */
void event_add_names(struct event *e, const char *key, char *const *list);

/* Send it, and free everything. */
void event_send(struct event *e);

#endif
