/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines of the log: what is an event, and what is in it. */
#include "history/logged.h"

#include <errno.h>
#include <stdlib.h>

#include "base/drop.h"
#include "check.h"

#define TIME "\"time\":\"2025-11-27T12:00:00.000001Z\""
#define ID "\"id\":\"019ac53d-d001-7000-8000-000000000001\""

static const struct {
	const char *label, *line;
	int want;
} lines[] = {
	{ "the least", "{" TIME ",\"event\":\"open\"," ID "}", 0 },
	{ "keys that we do not know",
	  "{" TIME ",\"event\":\"open\"," ID ",\"x\":[{}],\"\":1}", 0 },
	{ "values of another kind are none",
	  "{" TIME ",\"event\":\"open\"," ID ",\"user\":[],\"uid\":\"0\","
	  "\"decided\":7,\"trail\":{},\"pid\":1.5}", 0 },
	{ "no time", "{\"event\":\"open\"," ID "}", -EINVAL },
	{ "a time that is none",
	  "{\"time\":\"now\",\"event\":\"open\"," ID "}", -EINVAL },
	{ "a time before all times",
	  "{\"time\":\"1970-01-01T00:00:00+01:00\",\"event\":\"open\"," ID "}",
	  -EINVAL },
	{ "no event", "{" TIME "," ID "}", -EINVAL },
	{ "no id", "{" TIME ",\"event\":\"open\"}", -EINVAL },
	{ "torn", "{" TIME ",\"event\":\"op", -EINVAL },
	{ "torn, and the next one in it",
	  "{" TIME ",\"ev{" TIME ",\"event\":\"open\"," ID "}", -EINVAL },
	{ "two in a line",
	  "{" TIME ",\"event\":\"open\"," ID "}"
	  "{" TIME ",\"event\":\"open\"," ID "}", -EINVAL },
	{ "no object", "[" TIME "]", -EINVAL },
	{ "bytes that are no UTF-8",
	  "{" TIME ",\"event\":\"open\"," ID ",\"user\":\"\xff\xfe\"}",
	  -EINVAL },
	{ "a NUL within a text",
	  "{" TIME ",\"event\":\"open\"," ID ",\"user\":\"a\\u0000b\"}",
	  -EINVAL },
	{ "an empty line", "", -EINVAL },
	{ "a number too large",
	  "{" TIME ",\"event\":\"open\"," ID
	  ",\"uid\":99999999999999999999999}", -EINVAL },
};

static const char full[] =
    "{" TIME ",\"event\":\"auth-failed\"," ID ",\"boot\":\"b\","
    "\"service\":\"sshd\",\"user\":\"ann\",\"uid\":1000,\"tty\":\"ssh\","
    "\"rhost\":\"h\",\"ruser\":\"r\",\"pid\":42,\"result\":\"auth_err\","
    "\"decided\":{\"file\":\"/etc/pam.d/sshd\",\"line\":3,"
    "\"module\":\"pam_unix.so\",\"answer\":\"auth_err\"},\"trail\":["
    "{\"file\":\"/etc/pam.d/sshd\",\"line\":2,\"module\":\"pam_env.so\","
    "\"answer\":\"ignore\",\"action\":\"ignore\",\"ms\":0},"
    "{\"file\":\"/etc/pam.d/sshd\",\"line\":3,\"module\":\"pam_unix.so\","
    "\"answer\":\"auth_err\",\"action\":\"jump 2\",\"ms\":1204}],"
    "\"trail_cut\":true}";

static void
check_full(void)
{
	struct logged_step step;
	struct logged e;

	CHECK_INT("read", 0, logged_read(full, strlen(full), &e));
	CHECK_INT("time", 1764244800000001, e.time);
	CHECK_STR("user", "ann", e.text[LOGGED_USER]);
	CHECK_STR("result", "auth_err", e.text[LOGGED_RESULT]);
	CHECK_STR("no class", NULL, e.text[LOGGED_CLASS]);
	CHECK_INT("uid", 1000, e.number[LOGGED_UID]);
	CHECK_INT("no attempt", -1, e.number[LOGGED_ATTEMPT]);
	CHECK("failed", logged_failed(&e));
	CHECK("trail cut", logged_trail_cut(&e));
	CHECK_STR("decider", "pam_unix.so", e.decided.module);
	CHECK_INT("decider's line", 3, e.decided.line);
	CHECK("second step", logged_step(&e, 1, &step));
	CHECK_STR("its action", "jump 2", step.action);
	CHECK_INT("its time", 1204, step.ms);
	CHECK("no third", !logged_step(&e, 2, &step));
	logged_free(&e);
}

/* However deep or long: a refusal, not a crash. */
static void
check_huge(const char *label, const char *piece, size_t n)
{
	const size_t len = strlen(piece);
	_drop_(freep) char *line = malloc(n * len + sizeof full);
	struct logged e;

	memcpy(line, full, sizeof full - 2);
	for (size_t i = 0; i < n; i++)
		memcpy(line + sizeof full - 2 + i * len, piece, len);
	CHECK_INT(label, -EINVAL,
	    logged_read(line, sizeof full - 2 + n * len, &e));
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct logged e = { 0 };

		CHECK_INT(lines[i].label, lines[i].want,
		    logged_read(lines[i].line, strlen(lines[i].line), &e));
		logged_free(&e);
	}
	check_full();
	check_huge("nested deeply", ",\"x\":[[[[", 5000);
	check_huge("a mebibyte", ",\"user\":\"aaaaaaaaaaaaaaaaaaaaa\"", 40000);
	return TEST_RESULT();
}
