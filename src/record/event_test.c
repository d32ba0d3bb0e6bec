/* SPDX-License-Identifier: BSD-2-Clause */
/* The event log: each line is JSON whatever the strings are, says no more than
 * it may, and fits. */
#include "record/event.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "check.h"
#include "record/test_place.h"
#include "valid_json.h"

/* In place of the C library's. */
static struct timespec now;

int
clock_gettime(clockid_t id, struct timespec *ts)
{
	(void)id;
	*ts = now;
	return 0;
}

pid_t
getpid(void)
{
	return 77;
}

#define PLAIN .event = "auth-failed", .id = "ID", .boot = "BOOT",              \
	.service = "sshd", .result = "auth_err"

static const struct event plain = { PLAIN };

/* Without the newline; valid until the next. */
static const char *
line_of(const struct event *e)
{
	static char line[EVENT_LINE + 1];
	const size_t len = event_line(e, line);

	CHECK("it fits", len <= EVENT_LINE);
	CHECK("it is a line", len > 1 && memchr(line, '\n', len) ==
	    line + len - 1);
	CHECK("it is JSON", valid_json(line, len - 1));
	line[len - 1] = '\0';
	return line;
}

static const struct event_step decided = {
	.file = "common-auth", .line = 3, .module = "pam_unix",
	.answer = "auth_err",
};

static const struct event_step trail[] = {
	{ .file = "sshd", .line = 1, .module = "pam_x", .answer = "ignore",
	    .action = "ignore" },
	{ .file = "sshd", .line = 2, .module = "pam_y", .answer = "success",
	    .action = "jump", .jump = 2, .ms = 17 },
	{ .file = "sshd", .line = 5, .answer = "perm_denied",
	    .action = "bad" },
};

#define BEGIN "{\"time\":\"1970-01-01T00:00:00.000000Z\","
#define BEGIN_PLAIN BEGIN "\"event\":\"auth-failed\",\"id\":\"ID\","           \
	"\"boot\":\"BOOT\",\"service\":\"sshd\","

static const struct {
	const char *label;
	struct event event;
	const char *want;
} lines[] = {
	{ "what must be there", { PLAIN },
	  BEGIN_PLAIN "\"pid\":77,\"result\":\"auth_err\"}" },
	{ "and who", { PLAIN, .user = "alice", .uid = 1000, .tty = "pts/1",
	  .rhost = "host", .ruser = "bob", .class = "login", .attempt = 2 },
	  BEGIN_PLAIN "\"user\":\"alice\",\"tty\":\"pts/1\","
	  "\"rhost\":\"host\",\"ruser\":\"bob\",\"class\":\"login\","
	  "\"pid\":77,\"result\":\"auth_err\",\"attempt\":2}" },
	{ "and why", { PLAIN, .known = true, .decided = &decided,
	  .trail = trail, .steps = COUNT(trail) },
	  BEGIN_PLAIN "\"uid\":0,\"pid\":77,\"result\":\"auth_err\","
	  "\"decided\":{\"file\":\"common-auth\",\"line\":3,"
	  "\"module\":\"pam_unix\",\"answer\":\"auth_err\"},\"trail\":["
	  "{\"file\":\"sshd\",\"line\":1,\"module\":\"pam_x\","
	  "\"answer\":\"ignore\",\"action\":\"ignore\",\"ms\":0},"
	  "{\"file\":\"sshd\",\"line\":2,\"module\":\"pam_y\","
	  "\"answer\":\"success\",\"action\":\"jump 2\",\"ms\":17},"
	  "{\"file\":\"sshd\",\"line\":5,\"answer\":\"perm_denied\","
	  "\"action\":\"bad\",\"ms\":0}]}" },
	{ "nobody was asked", { PLAIN, .known = true, .trail = trail },
	  BEGIN_PLAIN "\"uid\":0,\"pid\":77,\"result\":\"auth_err\","
	  "\"trail\":[]}" },
};

static void
check_keys(void)
{
	for (size_t i = 0; i < COUNT(lines); i++)
		CHECK_STR(lines[i].label, lines[i].want,
		    line_of(&lines[i].event));
}

static const struct {
	const char *label, *want;
	long long second;
	long nanosecond;
} times[] = {
	{ "the last microsecond of a day", "1970-01-01T23:59:59.999999Z",
	  86399, 999999999 },
	{ "the next", "1970-01-02T00:00:00.000000Z", 86400, 0 },
	{ "a leap day", "2024-02-29T12:00:00.000001Z", 1709208000, 1999 },
	{ "the day after", "2024-03-01T00:00:00.000000Z", 1709251200, 0 },
	{ "no leap day in 2100", "2100-03-01T00:00:00.000000Z", 4107542400,
	  0 },
	{ "one in 2000", "2000-02-29T00:00:00.000000Z", 951782400, 0 },
	{ "New Year's Eve", "2026-12-31T23:59:59.000000Z", 1798761599, 0 },
	{ "after 2038", "2038-01-19T03:14:08.000000Z", 2147483648, 0 },
	{ "after 2106", "2106-02-07T06:28:16.000000Z", 4294967296, 0 },
};

static void
check_times(void)
{
	for (size_t i = 0; i < COUNT(times); i++) {
		char want[64];

		now = (struct timespec){ times[i].second,
			times[i].nanosecond };
		snprintf(want, sizeof want, "{\"time\":\"%s\",",
		    times[i].want);
		CHECK(times[i].label, strncmp(want, line_of(&plain),
		    strlen(want)) == 0);
	}
	now = (struct timespec){ 0 };
}

/* Strings of n times the same piece, of which want are in the line. */
static const struct {
	const char *label, *piece, *written;
	size_t n, want;
} cuts[] = {
	{ "short", "a", "a", 255, 255 },
	{ "just", "a", "a", 256, 256 },
	{ "too long", "a", "a", 257, 256 },
	{ "much too long", "a", "a", 1 << 20, 256 },
	{ "at a character", "\xe2\x82\xac", "\xe2\x82\xac", 100, 85 },
	{ "that is longer when written", "\n", "\\u000a", 100, 42 },
	{ "that is none", "\xff", "\\ufffd", 100, 42 },
	{ "or a quote", "\"", "\\\"", 200, 128 },
};

static void
repeat(char *to, const char *piece, size_t n)
{
	*to = '\0';
	while (n-- > 0)
		to = stpcpy(to, piece);
}

static void
check_cuts(void)
{
	static char text[3 << 20], written[1024], want[2048];

	for (size_t i = 0; i < COUNT(cuts); i++) {
		const bool cut = cuts[i].want < cuts[i].n;
		struct event e = plain;
		const char *line;

		repeat(text, cuts[i].piece, cuts[i].n);
		repeat(written, cuts[i].written, cuts[i].want);
		e.rhost = text;
		snprintf(want, sizeof want, cut ?
		    "\"rhost\":\"%s\",\"rhost_length\":%zu,\"pid\"" :
		    "\"rhost\":\"%s\",\"pid\"", written, strlen(text));
		line = line_of(&e);
		CHECK(cuts[i].label, strstr(line, want));
	}
}

/* Any byte, in any string. */
static void
check_hostile(void)
{
	static char text[1024];
	const struct event_step step = { .file = text, .module = text,
		.answer = text, .action = text };
	const struct event e = {
		.event = text, .id = text, .boot = text, .service = text,
		.user = text, .tty = text, .rhost = text, .ruser = text,
		.class = text, .result = text, .decided = &step,
		.trail = &step, .steps = 1,
	};

	for (int byte = 1; byte < 256; byte++) {
		snprintf(text, sizeof text, "%cx%c", byte, byte);
		line_of(&e);
		memset(text, byte, sizeof text - 1);
		line_of(&e);
	}
}

static size_t
count(const char *line, const char *what)
{
	size_t n = 0;

	for (; (line = strstr(line, what)); line++)
		n++;
	return n;
}

/* However many entries were reached: whole steps, and that some are missing. */
static void
check_trail(void)
{
	static struct event_step steps[1000];
	static char text[300];
	struct event e = plain;
	const char *line;

	for (size_t i = 0; i < COUNT(steps); i++)
		steps[i] = (struct event_step){ .file = "common-session",
			.line = (unsigned)i, .module = "pam_x",
			.answer = "success", .action = "ok" };
	e.trail = steps;
	for (e.steps = 0; e.steps <= COUNT(steps); e.steps++) {
		line = line_of(&e);
		CHECK("all, or it says so",
		    (count(line, "\"ms\":") == e.steps) ==
		    !strstr(line, "\"trail_cut\":true"));
	}
	CHECK("not all", strstr(line, "],\"trail_cut\":true}"));
	CHECK("but as many as there is room for", strlen(line) > 8000);

	memset(text, '\n', sizeof text - 1);
	e.service = e.user = e.tty = e.rhost = e.ruser = e.class = text;
	steps[0].file = steps[0].module = text;
	e.decided = &steps[0];
	line = line_of(&e);
	CHECK("beside the longest strings too", count(line, "\"ms\":") > 5);
}

static off_t
size_of_log(void)
{
	struct stat st;

	return stat(EVENT_LOG, &st) == 0 ? st.st_size : -1;
}

/* The bytes of the log, which are these two lines. */
static void
check_written(void)
{
	char line[EVENT_LINE], want[2 * EVENT_LINE];
	const size_t len = event_line(&plain, line);
	_drop_(freep) char *text = NULL;
	struct stat st;

	memcpy(want, line, len);
	memcpy(want + len, line, len);
	want[2 * len] = '\0';
	CHECK_INT("a line", 0, event_write(&plain));
	CHECK("it is there", lstat(EVENT_LOG, &st) == 0);
	CHECK_INT("for root alone", S_IFREG | 0600, st.st_mode);
	CHECK_INT("another", 0, event_write(&plain));
	CHECK_INT("readable", 0, file_read(EVENT_LOG, sizeof want, &text));
	CHECK_STR("one behind the other", want, text);
}

/* Somebody was killed over his event: it takes no other along. */
static void
check_torn(void)
{
	static const char half[] = "{\"time\":\"2026-11";
	_drop_(closep) int fd = open(EVENT_LOG, O_WRONLY | O_TRUNC);
	char want[sizeof half + EVENT_LINE + 1];
	_drop_(freep) char *text = NULL;

	memcpy(want, half, sizeof half - 1);
	want[sizeof half - 1] = '\n';
	want[sizeof half + event_line(&plain, want + sizeof half)] = '\0';
	CHECK_INT("half a line", 0, write_all(fd, half, sizeof half - 1));
	CHECK_INT("the next", 0, event_write(&plain));
	CHECK_INT("readable", 0, file_read(EVENT_LOG, sizeof want, &text));
	CHECK_STR("is a line of its own", want, text);
}

/* What is in the place of the log. */
static const struct {
	const char *label, *make;
	bool good;
} places[] = {
	{ "a package's file", ":>" EVENT_LOG "; chmod 640 " EVENT_LOG "; "
	  "chgrp 4 " EVENT_LOG, true },
	{ "a link", "ln -s /run/elsewhere " EVENT_LOG, false },
	{ "a fifo that nobody reads", "mkfifo " EVENT_LOG, false },
	{ "a fifo that somebody reads",
	  "mkfifo " EVENT_LOG "; exec 3<>" EVENT_LOG, false },
	{ "somebody's file", ":>" EVENT_LOG "; chown 1 " EVENT_LOG, false },
	{ "a directory", "mkdir " EVENT_LOG, false },
	{ "a log that is full", "truncate -s 1G " EVENT_LOG, false },
	{ "and one that is not, nearly", "truncate -s 1073741823 " EVENT_LOG,
	  true },
	{ "no place", "rmdir /var/log/usher", false },
};

static void
check_places(void)
{
	for (size_t i = 0; i < COUNT(places); i++) {
		CHECK_INT("nothing there", 0, system("rm -rf " EVENT_LOG));
		CHECK_INT(places[i].label, 0, system(places[i].make));
		CHECK_INT(places[i].label, places[i].good,
		    event_write(&plain) == 0);
		CHECK(places[i].label, access("/run/elsewhere", F_OK) < 0);
	}
	CHECK_INT("the place again", 0, mkdir("/var/log/usher", 0750));
}

/* A full disk loses the event, not the login. */
static void
check_full(void)
{
	_drop_(freep) char *much = calloc(1, 2 << 20);
	_drop_(closep) int fd = open("/var/log/much", O_WRONLY | O_CREAT, 0600);

	CHECK("full", write_all(fd, much, 2 << 20) < 0);
	CHECK("not written", event_write(&plain) < 0);
	CHECK_INT("nothing is left of it", 0, size_of_log());
	unlink("/var/log/much");
}

int
main(void)
{
	check_keys();
	check_times();
	check_cuts();
	check_hostile();
	check_trail();
	if (!place_begin())
		return check_bad ? 1 : 77;
	check_written();
	check_torn();
	check_places();
	check_full();
	return TEST_RESULT();
}
