/* SPDX-License-Identifier: BSD-2-Clause */
/* The index: it says what the log says, whenever and by whomever it was built. */
#include "history/history.h"

#include <unistd.h>

#include "history/test_history.h"

#define DAY 86400

#define EVENTS_MAX 5

static const struct {
	const char *label;
	struct test_event event[EVENTS_MAX];
	const char *want;
} lives[] = {
	{ "open and closed",
	  {{ 1, 1, "open" }, { 9, 1, "close" }}, "01:ann:1-9=closed/success " },
	{ "still in", {{ 1, 1, "open" }}, "01:ann:1-=still in/success " },
	{ "closed twice counts once",
	  {{ 1, 1, "open" }, { 8, 1, "close" }, { 9, 1, "close" }},
	  "01:ann:1-8=closed/success " },
	{ "a close that failed closed nevertheless",
	  {{ 1, 1, "open" },
	   { 9, 1, "close", .result = "session_err" }},
	  "01:ann:1-9=closed/session_err " },
	{ "reaped", {{ 1, 1, "open" }, { 9, 1, "reap" }},
	  "01:ann:1-9=reaped/success " },
	{ "reaped in vain is still in",
	  {{ 1, 1, "open" }, { 9, 1, "reap", .result = "session_err" }},
	  "01:ann:1-=still in/success " },
	{ "the reaper's own close",
	  {{ 1, 1, "open" }, { 8, 1, "close" }, { 9, 1, "reap" }},
	  "01:ann:1-9=reaped/success " },
	{ "stuck", {{ 1, 1, "open" }, { 9, 1, "stuck", .result = "abort" }},
	  "01:ann:1-9=stuck/abort " },
	{ "stuck, then closed by hand",
	  {{ 1, 1, "open" }, { 8, 1, "stuck" }, { 9, 1, "close" }},
	  "01:ann:1-9=closed/success " },
	{ "an opening that was undone",
	  {{ 1, 1, "open-failed", .result = "session_err" },
	   { 2, 1, "rollback" }}, "01:ann:0-2=rolled back/success " },
	{ "a past boot ends its sessions with what was last heard of it",
	  {{ 1, 1, "open", "b0" }, { 2, 2, "open", "b0", "bob" },
	   { 5, 3, "auth", "b0" }, { 9, 2, "close", "b0", "bob" },
	   { 20, 4, "open", "b1" }},
	  "04:ann:20-=still in/success 02:bob:2-9=closed/success "
	  "01:ann:1-9=crash/success " },
	{ "of a session of which only the end is left, the id tells the start",
	  {{ 9, 1, "close" }}, "01:ann:0-9=closed/success " },
	{ "ends before it opens: the log's order does not matter",
	  {{ 9, 1, "close" }, { 1, 1, "open" }},
	  "01:ann:1-9=closed/success " },
	{ "a refusal is no session",
	  {{ 1, 1, "auth-failed", .result = "auth_err" },
	   { 2, 1, "open-failed", .result = "session_err" }}, "" },
};

static void
check_life(size_t i)
{
	struct history_conf conf;
	struct test_log t;

	test_log_begin(&t);
	conf = test_conf(&t);
	for (size_t e = 0; e < EVENTS_MAX && lives[i].event[e].event; e++)
		test_log_event(t.log, &lives[i].event[e]);
	check_said(lives[i].label, &conf, false, lives[i].want);
	check_said(lives[i].label, &conf, false, lives[i].want);
	test_log_end(&t);
}

static const struct {
	const char *label;
	struct history_query query;
	const char *sessions, *events;
} queries[] = {
	{ "everything", { 0 },
	  "02:bob:3-4=closed/success 01:ann:1-=still in/success ",
	  "1:open:01:ann:success 2:auth-failed:03:eve:auth_err@m:7 "
	  "3:open:02:bob:success 4:close:02:bob:success " },
	{ "a user", { .user = "bob" }, "02:bob:3-4=closed/success ",
	  "3:open:02:bob:success 4:close:02:bob:success " },
	{ "nobody", { .user = "bo" }, "", "" },
	{ "SQL is text", { .user = "' OR 1=1 --" }, "", "" },
	{ "another service", { .service = "login" }, "", "" },
	{ "a host", { .rhost = "10.0.0.1", .limit = 1 },
	  "02:bob:3-4=closed/success ", "4:close:02:bob:success " },
	{ "the newest two", { .limit = 2 },
	  "02:bob:3-4=closed/success 01:ann:1-=still in/success ",
	  "3:open:02:bob:success 4:close:02:bob:success " },
	{ "since", { .since = (TEST_START + 3) * TEST_SECOND },
	  "02:bob:3-4=closed/success ",
	  "3:open:02:bob:success 4:close:02:bob:success " },
	{ "until", { .until = (TEST_START + 2) * TEST_SECOND },
	  "01:ann:1-=still in/success ",
	  "1:open:01:ann:success 2:auth-failed:03:eve:auth_err@m:7 " },
	{ "a result", { .result = "auth_err" }, "",
	  "2:auth-failed:03:eve:auth_err@m:7 " },
};

static const struct test_event asked[] = {
	{ 1, 1, "open" },
	{ 2, 3, "auth-failed", NULL, "eve", "auth_err",
	  ",\"decided\":{\"file\":\"f\",\"line\":7,\"module\":\"m\"}" },
	{ 3, 2, "open", NULL, "bob" },
	{ 4, 2, "close", NULL, "bob" },
};

static void
check_queries(void)
{
	struct history_conf conf;
	struct test_log t;

	test_log_begin(&t);
	conf = test_conf(&t);
	for (size_t i = 0; i < COUNT(asked); i++)
		test_log_event(t.log, &asked[i]);
	for (size_t i = 0; i < COUNT(queries); i++) {
		_drop_(freep) char *sessions = test_said(&conf, &queries[i].query,
		    true, false);
		_drop_(freep) char *events = test_said(&conf, &queries[i].query,
		    false, true);

		CHECK_STR(queries[i].label, queries[i].sessions, sessions);
		CHECK_STR(queries[i].label, queries[i].events, events);
	}
	test_log_end(&t);
}

/* One of many events, the same for the same number. */
static void
put_random(const char *path, unsigned i)
{
	static const char *const events[] = {
		"open", "close", "reap", "stuck", "auth", "auth-failed",
		"rollback",
	};
	static const char *const boots[] = { "b0", "b1" };
	static const char *const users[] = { "ann", "bob", "\\u001b[2J" };
	const unsigned dice = i * 2654435761u >> 8;
	const struct test_event e = {
		.at = (int)i, .id = (int)(dice / 7 % 20),
		.event = events[dice % COUNT(events)],
		.boot = boots[i > 150], .user = users[dice / 3 % 3],
	};

	test_log_event(path, &e);
	if (dice % 11 == 0)
		test_log_text(path, "{\"time\":\"2025-11-27T12:0\n");
}

/* Looked at after portions of this many bytes, whatever they cut in two, and
 * rotated in between; and at once. */
static void
check_portions(size_t portion, const char *want)
{
	struct history_conf conf;
	struct test_log t, whole;
	_drop_(freep) char *got = NULL, *text = NULL;
	const struct history_query all = { 0 };
	size_t size = 0;
	FILE *f;

	test_log_begin(&t);
	test_log_begin(&whole);
	for (unsigned i = 0; i < 300; i++)
		put_random(whole.log, i);
	f = fopen(whole.log, "re");
	text = malloc(1 << 20);
	size = fread(text, 1, 1 << 20, f);
	fclose(f);
	conf = test_conf(&t);
	for (size_t at = 0; at < size; at += portion) {
		free(got);
		test_log_bytes(t.log, text + at,
		    size - at < portion ? size - at : portion);
		got = test_said(&conf, &all, true, true);
	}
	CHECK_STR("built in portions, as built at once", want, got);
	test_log_end(&t);
	test_log_end(&whole);
}

static void
check_increments(void)
{
	static const size_t portions[] = { 997, 4096, 9973, 1 << 20 };
	const struct history_query all = { 0 };
	_drop_(freep) char *want = NULL;
	struct history_conf conf;
	struct test_log t;

	test_log_begin(&t);
	conf = test_conf(&t);
	for (unsigned i = 0; i < 300; i++)
		put_random(t.log, i);
	want = test_said(&conf, &all, true, true);
	CHECK("there is something", strlen(want) > 5000);
	for (size_t i = 0; i < COUNT(portions); i++)
		check_portions(portions[i], want);
	test_log_end(&t);
}

static const struct {
	const char *label;
	void (*rotate)(const struct test_log *t);
} rotations[] = {
	{ "renamed", test_log_rotate },
	{ "copied and truncated", test_log_copytruncate },
};

/* Whatever logrotate does between any two events, none is lost or doubled. */
static void
check_rotation(size_t r, size_t at, const char *want)
{
	struct history_conf conf;
	struct test_log t;

	test_log_begin(&t);
	conf = test_conf(&t);
	for (size_t i = 0; i < COUNT(asked); i++) {
		_drop_(freep) char *some = NULL;

		if (i == at)
			rotations[r].rotate(&t);
		test_log_event(t.log, &asked[i]);
		if (i == at)
			some = test_said(&conf, &queries[0].query, true, false);
	}
	check_said(rotations[r].label, &conf, true, want);
	/* Now that it is far back, and read again from its beginning. */
	CHECK("truncated", truncate(t.log, 0) == 0);
	check_said("what was indexed outlives the log", &conf, true, want);
	test_log_end(&t);
}

static void
check_retention(void)
{
	struct history_conf conf;
	struct test_log t;

	test_log_begin(&t);
	conf = test_conf(&t);
	test_log_event(t.log, &(struct test_event){ 1, 1, "open", "b0" });
	test_log_event(t.log, &(struct test_event){ 2, 2, "open" });
	test_log_event(t.log, &(struct test_event){ 3, 3, "open" });
	test_log_event(t.log, &(struct test_event){ 4, 3, "close" });
	test_log_event(t.log,
	    &(struct test_event){ 2 * DAY, 4, "auth" });
	conf.now = (TEST_START + 3 * DAY) * TEST_SECOND;
	conf.keep = 2;
	check_said("older events are forgotten", &conf, true,
	    "172800:auth:04:ann:success ");
	check_said("and sessions, but for those that last", &conf, false,
	    "02:ann:2-=still in/success ");
	test_log_end(&t);
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(lives); i++)
		check_life(i);
	check_queries();
	check_increments();
	for (size_t r = 0; r < COUNT(rotations); r++) {
		for (size_t at = 1; at < COUNT(asked); at++)
			check_rotation(r, at, queries[0].events);
	}
	check_retention();
	return TEST_RESULT();
}
