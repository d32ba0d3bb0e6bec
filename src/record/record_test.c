/* SPDX-License-Identifier: BSD-2-Clause */
/* Records as text: what is written is read, and what is torn, foreign or later
 * than we are is never taken for more than it is. */
#include "record/record.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"

#define ID "019abc00-0000-7000-8000-000000000001"
#define HEAD "\nversion 1 .\nid " ID " .\nservice sshd ."

static struct record record;
static char *text_of_record;

static void
forget(void)
{
	record_free(&record);
	free(TAKE(text_of_record));
}

/* In memory of just that size, for the sanitizers to watch. */
static int
parse(const char *text, size_t len)
{
	forget();
	text_of_record = malloc(len ? len : 1);
	memcpy(text_of_record, text, len);
	return record_parse(text_of_record, len, &record);
}

static const struct {
	const char *label, *text;
	int want;
} heads[] = {
	{ "the least", HEAD, 0 },
	{ "nothing", "", -ENODATA },
	{ "something else", "{\"id\":1}\n", -EINVAL },
	{ "no version", "\nid " ID " .\nservice sshd .", -EINVAL },
	{ "the version not first", "\nid " ID " .\nversion 1 .\nservice sshd .",
	  -EINVAL },
	{ "no number", "\nversion one .\nid " ID " .\nservice sshd .", -EINVAL },
	{ "no id", "\nversion 1 .\nservice sshd .", -EINVAL },
	{ "an id that is none", "\nversion 1 .\nid ../../x .\nservice sshd .",
	  -EINVAL },
	{ "no service", "\nversion 1 .\nid " ID " .", -EINVAL },
	{ "torn in the head", "\nversion 1 .\nid " ID " .\nservice ss",
	  -EINVAL },
	{ "a later version", "\nversion 2 .\nid " ID " .\nservice sshd .",
	  -EPROTO },
	{ "a later version without what we need", "\nversion 2 .\nwho alice .",
	  -EINVAL },
	{ "a very late version",
	  "\nversion 4294967297 .\nid " ID " .\nservice sshd .", -EPROTO },
	{ "version 0", "\nversion 0 .\nid " ID " .\nservice sshd .", -EINVAL },
	{ "rows of others", HEAD "\nzodiac leo .\nput .\nopen .\nentry x .\n"
	  "auth 1 .\nstate .\nput 1 .\nclosed 99999999 0 .\nopener .", 0 },
};

static void
check_heads(void)
{
	for (size_t i = 0; i < COUNT(heads); i++)
		CHECK_INT(heads[i].label, heads[i].want,
		    parse(heads[i].text, strlen(heads[i].text)));
}

/* All of the head, there and back. */
#define HOSTILE "\x1b[2J .\n\x7f%41\xff"

static const char *argv[] = { "one", "", HOSTILE, NULL };
static struct record_entry entries[] = {
	{ .module = "/lib/security/pam_x.so", .argv = argv, .argc = 3 },
	{ .module = NULL },
};
static int auth[] = { NO_ANSWER, 7 };
static const struct record head = {
	.id = ID, .boot = "boot", .service = HOSTILE, .user = "alice",
	.tty = "", .rhost = ".", .class = "login", .uid = 4294967294,
	.opened = 1790000000000001, .policy = UINT64_MAX, .outer = 5,
	.space = { 1, 2, 3, 4 }, .opener = { 77, 88 },
	.entry = entries, .entries = 2, .auth = auth, .auths = 2,
	.established = true,
};

static void
check_head_texts(void)
{
	const struct {
		const char *label, *want, *got;
	} texts[] = {
		{ "id", ID, record.id },
		{ "boot", "boot", record.boot },
		{ "service", HOSTILE, record.service },
		{ "user", "alice", record.user },
		{ "an empty terminal is not none", "", record.tty },
		{ "host", ".", record.rhost },
		{ "none is none", NULL, record.ruser },
		{ "class", "login", record.class },
		{ "confdir", NULL, record.confdir },
	};

	for (size_t i = 0; i < COUNT(texts); i++)
		CHECK_STR(texts[i].label, texts[i].want, texts[i].got);
}

static void
check_head_numbers(void)
{
	CHECK_INT("version", RECORD_VERSION, record.version);
	CHECK_INT("uid", 4294967294, record.uid);
	CHECK_INT("opened", 1790000000000001, record.opened);
	CHECK("policy", record.policy == UINT64_MAX);
	CHECK_INT("outer", 5, record.outer);
	CHECK("space", memcmp(&head.space, &record.space,
	    sizeof head.space) == 0);
	CHECK("opener", memcmp(&head.opener, &record.opener,
	    sizeof head.opener) == 0);
	CHECK("credentials", record.established);
	CHECK_INT("nothing has happened", RECORD_OPENING, record.state);
	CHECK_INT("no audit session", NO_AUDIT_SESSION, record.inner);
}

static void
check_head_entries(void)
{
	CHECK_INT("entries", 2, record.entries);
	CHECK_STR("module", entries[0].module, record.entry[0].module);
	CHECK_INT("arguments", 3, record.entry[0].argc);
	for (size_t i = 0; i <= 3 && record.entry[0].argc == 3; i++)
		CHECK_STR("argument", argv[i], record.entry[0].argv[i]);
	CHECK_STR("an entry without a module", NULL, record.entry[1].module);
	CHECK_INT("auth", 2, record.auths);
	CHECK_INT("who was not asked", NO_ANSWER, record.auth[0]);
	CHECK_INT("what was answered", 7, record.auth[1]);
}

static void
check_round(void)
{
	_drop_(rows_free) struct rows rows = { 0 };

	record_head(&head, &rows);
	CHECK_INT("a head", 0, parse(rows.text, rows.len));
	check_head_texts();
	check_head_numbers();
	check_head_entries();
}

static void
check_states(void)
{
	for (int s = 0; s < RECORD_STATES; s++) {
		char text[256];
		const char *word = record_state_word((enum record_state)s);

		snprintf(text, sizeof text, HEAD "\nstate %s .", word);
		CHECK_INT(word, 0, parse(text, strlen(text)));
		CHECK_INT(word, s, record.state);
		CHECK_INT(word, s == RECORD_OPEN, record.was_open);
	}
}

/* What happened, row by row, and what is known then. */
static const struct {
	const char *label, *rows;
	enum record_state state;
	bool was_open, established;
	unsigned attempts;
	size_t puts, envs;
} courses[] = {
	{ "opened", "\nstate open .", RECORD_OPEN, true, false, 0, 0, 0 },
	{ "what more is said of a state", "\nstate open at-last .", RECORD_OPEN,
	  true, false, 0, 0, 0 },
	{ "being closed after it was open", "\nstate open .\nstate closing .",
	  RECORD_CLOSING, true, false, 0, 0, 0 },
	{ "a state of the future is none", "\nstate open .\nstate dreaming .",
	  RECORD_OPEN, true, false, 0, 0, 0 },
	{ "credentials", "\ncred established .", RECORD_OPENING, false, true, 0,
	  0, 0 },
	{ "deleted", "\ncred established .\ncred deleted .", RECORD_OPENING,
	  false, false, 0, 0, 0 },
	{ "attempts are counted, whatever they say",
	  "\nattempt 1 .\nattempt 1 .\nattempt .", RECORD_OPENING, false,
	  false, 3, 0, 0 },
	{ "data of two entries",
	  "\nput 0 k v .\nput 1 k v .\nput-lasting 1 l % .", RECORD_OPENING,
	  false, false, 0, 3, 0 },
	{ "data put again", "\nput 0 k v .\nput 0 k w .", RECORD_OPENING, false,
	  false, 0, 1, 0 },
	{ "environment", "\nenv A=1 .\nenv A=1 .\nenv .", RECORD_OPENING, false,
	  false, 0, 0, 2 },
};

static void
check_courses(void)
{
	for (size_t i = 0; i < COUNT(courses); i++) {
		const char *label = courses[i].label;
		char text[512];

		snprintf(text, sizeof text, HEAD "%s", courses[i].rows);
		CHECK_INT(label, 0, parse(text, strlen(text)));
		CHECK_INT(label, courses[i].state, record.state);
		CHECK_INT(label, courses[i].was_open, record.was_open);
		CHECK_INT(label, courses[i].established, record.established);
		CHECK_INT(label, courses[i].attempts, record.attempts);
		CHECK_INT(label, courses[i].puts, record.puts);
		CHECK_INT(label, courses[i].envs, record.envs);
	}
}

static void
check_answers(void)
{
	static const char text[] = HEAD "\nentry 0 /a .\nentry 1 /b .\n"
	    "open 0 0 .\nopen 1 25 .\nclosed 0 0 .\nopen 0 14 .\nclosed 1 3 .";

	CHECK_INT("answers", 0, parse(text, strlen(text)));
	CHECK_INT("the last opening counts", 14, record.entry[0].answer);
	CHECK_INT("and is not closed yet", NO_ANSWER, record.entry[0].closed);
	CHECK_INT("the other", 25, record.entry[1].answer);
	CHECK_INT("and how it was closed", 3, record.entry[1].closed);
}

static void
check_put(void)
{
	static const char text[] = HEAD "\nput 0 a 1 .\nput-lasting 2 b 2 .\n"
	    "put 1 a 3 .\nput 1 a .";

	CHECK_INT("data", 0, parse(text, strlen(text)));
	CHECK("put", record_has_put(&record, 0));
	CHECK("taken back", !record_has_put(&record, 1));
	CHECK("put to last", record_has_put(&record, 2));
	CHECK("never", !record_has_put(&record, 3));
	CHECK("which lasts", !record.put[0].lasts && record.put[1].lasts);
}

/* Marks of looks: the first counts. Of an administrator's rows: the last. */
static void
check_marks(void)
{
	static const char text[] = HEAD "\nleft 5 .\nleft 6 .\ngone 7 .\n"
	    "gone 8 .\ndetached 9 .\naudit-session 3 .\naudit-session 4 .";

	CHECK_INT("marks", 0, parse(text, strlen(text)));
	CHECK_INT("left", 5, record.left);
	CHECK_INT("gone", 7, record.gone);
	CHECK_INT("detached", 9, record.detached);
	CHECK_INT("audit session", 4, record.inner);
}

/* Each prefix is a record of what was whole, or none; later ones know more. */
static void
check_prefixes(void)
{
	static const char text[] = HEAD "\nentry 0 /lib/x.so %2Ehidden a%20b .\n"
	    "open 0 0 .\nput 0 key %2Ehidden .\nput 0 other % .\nenv A=1 .\n"
	    "state open .\nattempt 1 .\n";
	size_t known = 0;

	for (size_t len = 0; len < sizeof text; len++) {
		const int rc = parse(text, len);
		const size_t now = record.entries + record.puts + record.envs +
		    record.was_open + record.attempts;

		CHECK_INT("as soon as its head is whole",
		    !len ? -ENODATA : len < strlen(HEAD) ? -EINVAL : 0, rc);
		CHECK("nothing is forgotten", rc < 0 || now >= known);
		CHECK("what was put is not taken back",
		    record.puts == 0 || record_has_put(&record, 0));
		known = rc < 0 ? 0 : now;
	}
	CHECK_INT("all of it", 6, known);
}

/* A page that somebody was killed over: nothing, half a row, nothing. */
static void
check_tails(void)
{
	static const char text[] = HEAD "\nput 0 k v .\nput 0 l w\0\0\0"
	    "\nenv A=1 .\0\0\0\0\0\0";
	static const char blank[4096];

	CHECK_INT("NULs alone", -ENODATA, parse(blank, sizeof blank));
	CHECK_INT("NULs are nothing", 0, parse(text, sizeof text - 1));
	CHECK_INT("half of a row is none", 1, record.puts);
	CHECK_INT("what stands behind it counts", 1, record.envs);
}

static void
check_long(void)
{
	const size_t len = 1 << 20;
	_drop_(freep) char *value = malloc(len + 1);
	_drop_(rows_free) struct rows rows = { 0 };

	for (size_t i = 0; i < len; i++)
		value[i] = (char)(1 + i % 255);
	value[len] = '\0';
	row_add_number(&rows, "version", 1);
	row_add(&rows, "id", ID);
	row_add(&rows, "service", "sshd");
	row_begin(&rows, "put");
	row_number(&rows, 65535);
	row_word(&rows, value);
	row_word(&rows, value);
	row_end(&rows);
	CHECK_INT("any bytes, a MiB of them", 0, parse(rows.text, rows.len));
	CHECK_INT("one", 1, record.puts);
	CHECK("its key", record.puts && strcmp(record.put[0].key, value) == 0);
	CHECK("its value",
	    record.puts && strcmp(record.put[0].value, value) == 0);
}

int
main(void)
{
	check_heads();
	check_round();
	check_states();
	check_courses();
	check_answers();
	check_put();
	check_marks();
	check_prefixes();
	check_tails();
	check_long();
	forget();
	return TEST_RESULT();
}
