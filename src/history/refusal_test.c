/* SPDX-License-Identifier: BSD-2-Clause */
/* The last refusals, and what belongs to them. */
#include "history/refusal.h"

#include <errno.h>
#include <stdlib.h>

#include "base/drop.h"
#include "history/test_log.h"
#include "check.h"

static const struct test_event events[] = {
	{ 1, 1, "auth-failed", NULL, "ann", "auth_err" },
	{ 2, 2, "auth", NULL, "bob" },
	{ 3, 3, "auth", NULL, "ann" },
	{ 4, 2, "account-failed", NULL, "bob", "acct_expired" },
	{ 5, 4, "auth-failed", NULL, "eve", "auth_err" },
	{ 6, 3, "open-failed", NULL, "ann", "session_err" },
	{ 7, 4, "auth-failed", NULL, "eve", "maxtries" },
	{ 8, 3, "rollback", NULL, "ann" },
	{ 9, 5, "close", NULL, "bob-failed" },
};

static const struct {
	const char *label;
	struct refusal_query query;
	const char *want;
} queries[] = {
	{ "the last one, and what came before it",
	  { .limit = 1 }, "eve:maxtries<auth-failed " },
	{ "a transaction is one, in whatever order they end",
	  { .limit = 9 },
	  "eve:maxtries<auth-failed ann:session_err<auth "
	  "bob:acct_expired<auth ann:auth_err " },
	{ "the last two", { .limit = 2 },
	  "eve:maxtries<auth-failed ann:session_err<auth " },
	{ "of a user", { .user = "ann", .limit = 9 },
	  "ann:session_err<auth ann:auth_err " },
	{ "of a user whose name is in others", { .user = "a", .limit = 9 },
	  "" },
	{ "of a service", { .service = "sshd", .limit = 1 },
	  "eve:maxtries<auth-failed " },
	{ "of another", { .service = "login", .limit = 1 }, "" },
	{ "since, and what came before it nevertheless",
	  { .since = (TEST_START + 6) * TEST_SECOND, .limit = 9 },
	  "eve:maxtries<auth-failed ann:session_err<auth " },
	{ "since later", { .since = (TEST_START + 8) * TEST_SECOND,
	    .limit = 9 }, "" },
};

static char *
found(const struct test_log *t, const struct refusal_query *q)
{
	_drop_(refusals_drop) struct refusals r = { 0 };
	char *text = NULL;
	size_t size;
	FILE *to = open_memstream(&text, &size);
	const int rc = refusals_find(t->log, q, &r);

	if (rc < 0)
		fprintf(to, "error %d", -rc);
	for (size_t i = 0; i < r.count; i++) {
		fprintf(to, "%s:%s", r.item[i].failed.text[LOGGED_USER],
		    r.item[i].failed.text[LOGGED_RESULT]);
		for (size_t b = 0; b < r.item[i].count; b++)
			fprintf(to, "<%s",
			    r.item[i].before[b].text[LOGGED_EVENT]);
		fputc(' ', to);
	}
	fclose(to);
	return text;
}

/* rotate: how many events are in the predecessor. */
static void
check_queries(size_t rotate)
{
	struct test_log t;

	test_log_begin(&t);
	for (size_t i = 0; i < COUNT(events); i++) {
		if (rotate && i == rotate)
			test_log_rotate(&t);
		test_log_event(t.log, &events[i]);
		test_log_text(t.log, "{\"time\":\"torn-failed\"\n");
	}
	for (size_t i = 0; i < COUNT(queries); i++) {
		_drop_(freep) char *got = found(&t, &queries[i].query);

		CHECK_STR(queries[i].label, queries[i].want, got);
	}
	test_log_end(&t);
}

static void
check_none(void)
{
	_drop_(freep) char *got = NULL;
	struct test_log t;

	test_log_begin(&t);
	got = found(&t, &queries[0].query);
	CHECK_STR("no log", "error 2", got);
	test_log_end(&t);
}

/* An id that tells no time: there is no way to know where to stop. */
static void
check_foreign_id(void)
{
	_drop_(freep) char *got = NULL;
	struct test_log t;

	test_log_begin(&t);
	test_log_text(t.log,
	    "{\"time\":\"2025-11-27T12:00:00Z\",\"event\":\"auth-failed\","
	    "\"id\":\"7\",\"user\":\"u\",\"result\":\"r\"}\n");
	got = found(&t, &queries[0].query);
	CHECK_STR("found as well", "u:r ", got);
	test_log_end(&t);
}

int
main(void)
{
	for (size_t rotate = 0; rotate < COUNT(events); rotate++)
		check_queries(rotate);
	check_none();
	check_foreign_id();
	return TEST_RESULT();
}
