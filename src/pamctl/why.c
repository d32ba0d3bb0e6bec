/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl why: the last refusals in words, from the end of the event log. */
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "base/drop.h"
#include "base/moment.h"
#include "base/number.h"
#include "base/text.h"
#include "history/refusal.h"
#include "pamctl/columns.h"
#include "pamctl/pamctl.h"
#include "pamctl/trail.h"
#include "pamctl/when.h"

#define USAGE "why [options]"

/* Which call an event stands for. */
static const struct {
	const char *event, *call;
} calls[] = {
	{ "auth-failed", "Authentication (pam_authenticate)" },
	{ "account-failed", "The account check (pam_acct_mgmt)" },
	{ "setcred-failed", "Setting credentials (pam_setcred)" },
	{ "open-failed", "Opening the session (pam_open_session)" },
	{ "chauthtok-failed", "Changing the password (pam_chauthtok)" },
};

static const char *
call_of(const char *event)
{
	for (size_t i = 0; i < COUNT(calls); i++) {
		if (strcmp(calls[i].event, event) == 0)
			return calls[i].call;
	}
	return event;
}

/* A text behind some words; nothing where there is none. */
static void
say(const char *words, const char *text)
{
	if (!text || !*text)
		return;
	fputs(words, stdout);
	put(stdout, text);
}

static void
say_moment(const char *words, int64_t us)
{
	char text[MOMENT_TEXT];

	moment_text(us, text);
	say(words, text);
}

static void
say_who(const struct logged *e)
{
	const char *user = e->text[LOGGED_USER];

	say_moment("At ", e->time);
	say(" ", e->text[LOGGED_SERVICE] ? e->text[LOGGED_SERVICE] :
	    "an unnamed service");
	say(" refused ", user ? user : "a user without an account");
	if (e->number[LOGGED_UID] >= 0)
		printf(" (uid %lld)", (long long)e->number[LOGGED_UID]);
	say(", from ", e->text[LOGGED_RHOST]);
	say(", asked for by ", e->text[LOGGED_RUSER]);
	say(", on ", e->text[LOGGED_TTY]);
	puts(".");
}

static void
say_what(const struct logged *e)
{
	say("", call_of(e->text[LOGGED_EVENT]));
	say(" was answered ", e->text[LOGGED_RESULT] ?
	    e->text[LOGGED_RESULT] : "with an unknown result");
	if (!e->decided.file) {
		puts("; no entry of the policy decided that.");
		return;
	}
	say("; this was decided by\n", e->decided.file);
	if (e->decided.line >= 0)
		printf(":%lld", (long long)e->decided.line);
	say(", where ", e->decided.module ? e->decided.module :
	    "a broken line");
	say(" answered ", e->decided.answer);
	puts(".");
}

/* The earlier events of the transaction, wherever it ran, as they happened. */
static void
say_before(const struct refusal *r)
{
	if (r->count)
		puts("Before that, in the same transaction:");
	for (size_t i = r->count; i-- > 0; ) {
		const struct logged *e = &r->before[i];

		say_moment("  ", e->time);
		say("  ", e->text[LOGGED_EVENT]);
		say("  ", e->text[LOGGED_RESULT]);
		if (e->number[LOGGED_PID] >= 0)
			printf("  (process %lld)",
			    (long long)e->number[LOGGED_PID]);
		putchar('\n');
	}
}

static bool
same_place(const struct logged_step *a, const struct logged_step *b)
{
	return a->file && b->file && strcmp(a->file, b->file) == 0 &&
	    a->line == b->line;
}

/* Which step decided is the last one of its line: it may have been reached more
 * than once. */
static size_t
decider(const struct logged *e)
{
	struct logged_step s;
	size_t found = SIZE_MAX;

	for (size_t i = 0; logged_step(e, i, &s); i++) {
		if (same_place(&s, &e->decided))
			found = i;
	}
	return found;
}

static int
print_trail(const struct options *o, const struct logged *e)
{
	struct columns *c = trail_columns(o);
	const size_t decides = decider(e);
	struct logged_step s;

	if (!c)
		return STATUS_USAGE;
	for (size_t i = 0; logged_step(e, i, &s); i++)
		trail_row(c, &(struct trail_row){
			.file = s.file, .module = s.module,
			.answer = s.answer, .action = s.action,
			.line = s.line, .ms = s.ms, .decides = i == decides,
		});
	return columns_end(c);
}

static int
explain(const struct options *o, const struct refusal *r)
{
	struct logged_step first;
	int rc = STATUS_CLEAN;

	say_who(&r->failed);
	say_what(&r->failed);
	say_before(r);
	if (!logged_step(&r->failed, 0, &first))
		return rc;
	putchar('\n');
	fflush(stdout);
	rc = print_trail(o, &r->failed);
	if (logged_trail_cut(&r->failed))
		puts("(steps are missing: the line would have become too long)");
	return rc;
}

static int
print_words(const struct options *o, const struct refusals *found)
{
	int rc = STATUS_CLEAN;

	for (size_t i = 0; rc == STATUS_CLEAN && i < found->count; i++) {
		if (i)
			putchar('\n');
		rc = explain(o, &found->item[i]);
	}
	return rc;
}

/* The events as the log has them. */
static json_t *
json_of(const struct refusal *r)
{
	json_t *before = json_array();

	for (size_t i = r->count; i-- > 0; )
		json_array_append(before, r->before[i].object);
	return json_pack("{s:O, s:o}", "failed", r->failed.object, "before",
	    before);
}

/* In ASCII, so that there is nothing that a terminal obeys but DEL, which may
 * stand within a string only. */
static int
write_json(const json_t *all)
{
	_drop_(freep) char *text = json_dumps(all,
	    JSON_INDENT(3) | JSON_ENSURE_ASCII);

	if (!text)
		return fail(STATUS_AGAIN, "out of memory");
	for (const char *c = text; *c; c++) {
		if (*c == 0x7f)
			fputs("\\u007f", stdout);
		else
			putchar(*c);
	}
	putchar('\n');
	return STATUS_CLEAN;
}

static int
print_json(const struct refusals *found)
{
	json_t *list = json_array();
	json_t *all = json_pack("{s:o}", "why", list);
	int rc;

	for (size_t i = 0; i < found->count; i++)
		json_array_append_new(list, json_of(&found->item[i]));
	rc = write_json(all);
	json_decref(all);
	return rc;
}

static int
cannot(const char *log, int err)
{
	switch (err) {
	case -ENOENT:
		return fail(STATUS_FINDINGS, "there is no %s", log);
	case -EACCES:
		return fail(STATUS_PRIVILEGE, "cannot read %s", log);
	default:
		return fail(STATUS_CONFIG, "%s: %s", log, strerror(-err));
	}
}

static int
why(const struct options *o, const struct refusal_query *q)
{
	_drop_(freep) char *log = text_format("%s%s", o->root ? o->root : "",
	    LOG_PATH);
	_drop_(refusals_drop) struct refusals found = { 0 };
	int rc = log ? refusals_find(log, q, &found) : -ENOMEM;

	if (rc < 0)
		return cannot(log ? log : LOG_PATH, rc);
	rc = o->json ? print_json(&found) : print_words(o, &found);
	if (rc == STATUS_CLEAN && !found.count)
		return fail(STATUS_FINDINGS, "no such refusal is in %s", log);
	return rc;
}

static int
read_query(const char *number, const char *since, struct refusal_query *q)
{
	long long limit = 1;

	if (number && number_read(number, 10, 1, 100000, &limit) < 0)
		return fail(STATUS_USAGE, "--number %s: not a number from 1 on",
		    number);
	q->limit = (size_t)limit;
	return when_option("since", since, &q->since);
}

static int
run(int argc, char **argv)
{
	const char *number = NULL, *since = NULL;
	struct refusal_query q = { 0 };
	const struct verb_option own[] = {
		{ .name = "user", .letter = 'u', .argument = "USER",
		    .what = "only of this user", .value = &q.user },
		{ .name = "service", .letter = 's', .argument = "SERVICE",
		    .what = "only by this service", .value = &q.service },
		{ .name = "since", .argument = "TIME", .what = "not before",
		    .value = &since },
		{ .name = "number", .letter = 'n', .argument = "NUMBER",
		    .what = "the last so many (1)", .value = &number },
		WITHOUT("confdir"), WITHOUT("facts"), { .name = NULL },
	};
	struct options o;
	bool done;
	int rc = options_read(&o, USAGE, own, argc, argv, &done);

	if (rc != 0 || done)
		return rc;
	if (o.argc)
		return fail(STATUS_USAGE, "usage: pamctl " USAGE);
	rc = read_query(number, since, &q);
	return rc ? rc : why(&o, &q);
}

const struct verb verb_why = {
	"why", "why the last login was refused", run,
};
