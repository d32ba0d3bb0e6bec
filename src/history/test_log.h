/* SPDX-License-Identifier: BSD-2-Clause */
/* A log of the tests' own, in a folder of its own. */
#ifndef HISTORY_TEST_LOG_H
#define HISTORY_TEST_LOG_H

#include <stddef.h>

struct test_log {
	char folder[64], log[96], old[96], database[96];
};

/* What an event has beside its time, in seconds after START. */
struct test_event {
	int at, id;
	const char *event, *boot, *user, *result, *more;
};

#define TEST_START 1764244800	/* 2025-11-27T12:00:00Z */
#define TEST_SECOND 1000000LL

/* Begin with nothing; the folder goes away with test_log_end. */
void test_log_begin(struct test_log *t);
void test_log_end(struct test_log *t);

/* Append n bytes to a file. */
void test_log_bytes(const char *path, const char *bytes, size_t n);
void test_log_text(const char *path, const char *text);

/* Append a line of so many bytes beside its newline. */
void test_log_long(const char *path, size_t len);

/* Append the line of an event. */
void test_log_event(const char *path, const struct test_event *e);

/* The id of this number. */
const char *test_log_id(int id);

/* What logrotate does: "create" and "copytruncate". */
void test_log_rotate(const struct test_log *t);
void test_log_copytruncate(const struct test_log *t);

#endif
