/* SPDX-License-Identifier: BSD-2-Clause */
/* Whatever strings come from whoever knocks: a record gives back the very same
 * bytes, an event is one line of valid JSON below 8 KiB, and nothing of them
 * reaches the log that could speak to a terminal. */
#include <stdlib.h>
#include <string.h>

#include <security/pam_session.h>

#include "base/drop.h"
#include "check.h"
#include "place.h"
#include "play.h"
#include "record/event.h"
#include "rig.h"
#include "valid_json.h"

#define LARGE (1 << 20)

static char *
every_byte(void)
{
	char *text = calloc(1, 256);

	for (int i = 0; i < 255; i++)
		text[i] = (char)(i + 1);
	return text;
}

static char *
every_byte_backwards(void)
{
	char *text = calloc(1, 256);

	for (int i = 0; i < 255; i++)
		text[i] = (char)(255 - i);
	return text;
}

/* 1 MiB, in which every byte has every other for a neighbour once. */
static char *
large(void)
{
	char *text = calloc(1, LARGE + 1);

	for (unsigned i = 0; i < LARGE; i++)
		text[i] = (char)(1 + (i * (1 + i / 255 % 254)) % 255);
	return text;
}

static char *
large_and_plain(void)
{
	char *text = calloc(1, LARGE + 1);

	memset(text, 'x', LARGE);
	return text;
}

static char *
large_and_wide(void)
{
	char *text = calloc(1, LARGE + 1);

	for (unsigned i = 0; i + 3 <= LARGE; i += 3)
		memcpy(text + i, "\xe2\x82\xac", 3);
	return text;
}

/* Text, or (NULL) what fill makes. */
static const struct {
	const char *label, *text;
	char *(*fill)(void);
} strings[] = {
	{ "plain", "tty1", NULL },
	{ "empty", "", NULL },
	{ "a blank", " ", NULL },
	{ "blanks around", "  a  b  ", NULL },
	{ "a row's end", " .\nuser root .\n", NULL },
	{ "a dot", ".", NULL },
	{ "escapes", "%41 %%41 %2 % %zz %", NULL },
	{ "quotes", "\"a\\\" \\u0041 '\"}],", NULL },
	{ "terminal sequences", "\033]0;x\007\033[2J\r\b\177", NULL },
	{ "C1 in UTF-8", "\xc2\x9b" "2J\xc2\x85", NULL },
	{ "broken UTF-8", "\xc3(\xff\xfe\xe2\x82 \xed\xa0\x80 \xc0\xaf", NULL },
	{ "cut in a character", "\xf0\x9f\x98", NULL },
	{ "another way to write", "\xe2\x80\xae" "drow", NULL },
	{ "every byte", NULL, every_byte },
	{ "backwards", NULL, every_byte_backwards },
	{ "1 MiB of everything", NULL, large },
	{ "1 MiB of x", NULL, large_and_plain },
	{ "1 MiB of wide characters", NULL, large_and_wide },
};

/* ---- What is in the record ---- */

static const char *now;		/* the string */
static const char *label;

static bool
is_same(const char *got)
{
	return got && strcmp(got, now) == 0;
}

static char *
variable(void)
{
	char *text = NULL;

	return asprintf(&text, "NAME=%s", now) < 0 ? NULL : text;
}

static int
put_all(pam_handle_t *pamh, const struct rig_call *call)
{
	_drop_(freep) char *text = variable();

	if (strcmp(call->what, "open_session") != 0)
		return PAM_SUCCESS;
	CHECK_INT(label, PAM_SUCCESS, pam_putenv(pamh, text));
	CHECK_INT(label, PAM_SUCCESS, pam_session_put(pamh, "key", now, 0));
	if (*now) {
		CHECK_INT(label, PAM_SUCCESS,
		    pam_session_put(pamh, now, "value", 0));
		CHECK_INT(label, PAM_SUCCESS,
		    pam_session_admit(pamh, now, 1));
	}
	return PAM_SUCCESS;
}

static void
set_items(pam_handle_t *pamh, bool user)
{
	static const int items[] = { PAM_TTY, PAM_RHOST, PAM_RUSER };

	for (size_t i = 0; i < COUNT(items); i++)
		CHECK_INT(label, PAM_SUCCESS,
		    pam_set_item(pamh, items[i], now));
	if (user)
		CHECK_INT(label, PAM_SUCCESS,
		    pam_set_item(pamh, PAM_USER, now));
}

static void
check_notes(const struct record *r)
{
	_drop_(freep) char *text = variable();

	CHECK_INT(label, 1, r->envs);
	CHECK(label, r->envs == 1 && strcmp(r->env[0], text) == 0);
	CHECK_INT(label, *now ? 2 : 1, r->puts);
	CHECK(label, r->puts && is_same(r->put[0].value));
	if (*now) {
		CHECK(label, r->puts == 2 && is_same(r->put[1].key));
		CHECK(label, r->admissions == 1 && is_same(r->admitted[0]));
	}
}

static void
check_record(bool user)
{
	_drop_(record_file_free) struct record_file f = { 0 };
	const struct record *r = &f.record;

	CHECK(label, place_record(STORE_SESSIONS, &f));
	if (!r->id)
		return;
	CHECK(label, is_same(r->tty) && is_same(r->rhost) &&
	    is_same(r->ruser));
	CHECK(label, user ? is_same(r->user) : strcmp(r->user, "alice") == 0);
	CHECK_INT(label, RECORD_OPEN, r->state);
	check_notes(r);
}

/* ---- What is in the logs ---- */

static void
check_lines(const char *text)
{
	const char *end;

	for (; *text; text = end + 1) {
		end = strchr(text, '\n');
		CHECK(label, end != NULL);
		if (!end)
			return;
		CHECK(label, end - text < EVENT_LINE);
		CHECK(label, valid_json(text, (size_t)(end - text)));
	}
}

static void
check_log(void)
{
	for (const char *at = rig_log(); *at; at++) {
		const unsigned char c = (unsigned char)*at;

		CHECK(label, (c >= ' ' && c != 0x7f) || c == '\n');
		CHECK("no C1 control", c != 0xc2 || at[1] == '\0' ||
		    (unsigned char)at[1] >= 0xa0);
	}
}

static void
check_open(bool user)
{
	_drop_(freep) char *events = NULL;
	pam_handle_t *pamh;

	place_clear();
	pamh = rig_start("session required %M a\n", "alice");
	rig.module = put_all;
	set_items(pamh, user);
	CHECK_INT(label, PAM_SUCCESS, pam_open_session(pamh, 0));
	check_record(user);
	CHECK_INT(label, PAM_SUCCESS, pam_close_session(pamh, 0));
	CHECK_INT(label, 0, place_records());
	rig_end(pamh);
	events = place_events();
	CHECK(label, strstr(events, "\"event\":\"close\""));
	check_lines(events);
	check_log();
}

/* A failure tells more: the trail, and who decided. */
static void
check_failure(void)
{
	_drop_(freep) char *events = NULL;
	pam_handle_t *pamh;

	place_clear();
	rig.module = NULL;
	pamh = rig_start("session required %M a session_err\n", "alice");
	set_items(pamh, true);
	CHECK_INT(label, PAM_SESSION_ERR, pam_open_session(pamh, 0));
	rig_end(pamh);
	events = place_events();
	CHECK(label, strstr(events, "\"event\":\"open-failed\""));
	CHECK("who is nobody is not named", !strstr(events, "\"user\""));
	check_lines(events);
	unlink(EVENT_LOG);

	/* Where no event can be written, the log has it. */
	rig_must(symlink("/dev/null", EVENT_LOG) == 0, "link");
	pamh = rig_start("session required %M a session_err\n", "alice");
	set_items(pamh, true);
	pam_open_session(pamh, 0);
	rig_end(pamh);
	CHECK("there", rig_logged("session_err"));
	check_log();
}

/* Arguments, as far as a policy can have any, come back by the record alone. */
static int
check_arguments(pam_handle_t *pamh, const struct rig_call *call)
{
	static const char *const want[] = {
		"a", "b c", "]", "\\x", "\"q\"", "%41", "\xff\033", ".", "",
	};

	(void)pamh;
	CHECK_INT("arguments", COUNT(want), call->argc);
	for (size_t i = 0; i < COUNT(want) && (int)i < call->argc; i++)
		CHECK_STR("argument", want[i], call->argv[i]);
	return PAM_SUCCESS;
}

static int
open_with_arguments(void *unused)
{
	const int bad = check_bad;

	(void)unused;
	pam_open_session(rig_start("session required %M a [b c] ] \\x \"q\" "
	    "%41 \xff\033 . []\n", "alice"), 0);
	return check_bad - bad;
}

static void
check_policy(void)
{
	_drop_(record_file_free) struct record_file f = { 0 };
	pam_handle_t *pamh;

	place_clear();
	rig.module = check_arguments;
	CHECK_INT("open", 0, place_child(open_with_arguments, NULL));
	CHECK("on record", place_record(STORE_SESSIONS, &f));
	pamh = rig_start("session required %M other\n", "alice");
	CHECK_INT("attach", PAM_SUCCESS,
	    pam_session_attach(pamh, f.record.id));
	CHECK_INT("close", PAM_SUCCESS, pam_close_session(pamh, 0));
	CHECK_STR("by the record", " a.close_session", rig.called);
	rig_end(pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	place_begin();
	for (size_t i = 0; i < COUNT(strings); i++) {
		_drop_(freep) char *made = strings[i].fill ?
		    strings[i].fill() : NULL;

		label = strings[i].label;
		now = made ? made : strings[i].text;
		check_open(false);
		if (*now)
			check_open(true);
		check_failure();
	}
	check_policy();
	return TEST_RESULT();
}
