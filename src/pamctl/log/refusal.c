/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/log/refusal.h"

#include <stdio.h>
#include <string.h>

#include "base/drop.h"
#include "base/moment.h"
#include "pamctl/pamctl.h"
#include "pamctl/trail.h"

/* Which call an event stands for. */
static const struct {
	const char *event, *call;
} calls[] = {
	{ "start-failed", "The beginning (pam_start)" },
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
	say(" refused ", user ? user : "an unknown user");
	if (e->number[LOGGED_UID] >= 0)
		printf(" (uid %lld)", (long long)e->number[LOGGED_UID]);
	say(", from ", e->text[LOGGED_RHOST]);
	say(", asked for by ", e->text[LOGGED_RUSER]);
	say(", on ", e->text[LOGGED_TTY]);
	puts(".");
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

static bool
is_failure(const struct logged_step *s)
{
	return s->file && s->answer && strcmp(s->answer, "success") != 0 &&
	    strcmp(s->answer, "ignore") != 0;
}

/* What stands at the end of a stack and refuses everybody says nothing: the last
 * failure before it does. */
static void
say_reason(const struct logged *e)
{
	const size_t end = decider(e);
	struct logged_step s, last = { 0 };

	for (size_t i = 0; i < end && logged_step(e, i, &s); i++) {
		if (is_failure(&s))
			last = s;
	}
	if (end == SIZE_MAX || !last.file)
		return;
	say("Before that, at ", last.file);
	printf(":%lld", (long long)last.line);
	say(", ", last.module ? last.module : "a broken line");
	say(" had answered ", last.answer);
	puts(".");
}

static void
say_what(const struct logged *e)
{
	say("", call_of(e->text[LOGGED_EVENT]));
	say(" was answered ", e->text[LOGGED_RESULT] ?
	    e->text[LOGGED_RESULT] : "with an unknown result");
	if (logged_reason(e)) {
		puts("; the policy cannot be used:");
		say("", logged_reason(e));
		putchar('\n');
		return;
	}
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

int
refusal_print(const struct options *o, const struct refusal *r)
{
	struct logged_step first;
	int rc = STATUS_CLEAN;

	say_who(&r->failed);
	say_what(&r->failed);
	say_reason(&r->failed);
	say_before(r);
	if (!logged_step(&r->failed, 0, &first))
		return rc;
	putchar('\n');
	fflush(stdout);
	rc = print_trail(o, &r->failed);
	if (logged_trail_cut(&r->failed))
		puts("(steps are missing: there was no room for them)");
	return rc;
}
