/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl history: every event that is on record. */
#include "history/logged.h"
#include "pamctl/columns.h"
#include "pamctl/log/past.h"
#include "pamctl/pamctl.h"

enum { COL_TIME, COL_EVENT, COL_SERVICE, COL_USER, COL_TTY, COL_HOST,
	COL_RESULT, COL_ID, COL_UID, COL_RUSER, COL_CLASS, COL_PID,
	COL_ATTEMPT, COL_FILE, COL_LINE, COL_MODULE, COL_ANSWER, COL_BOOT };

static const struct column columns[] = {
	[COL_TIME] = { .name = "TIME" },
	[COL_EVENT] = { .name = "EVENT" },
	[COL_SERVICE] = { .name = "SERVICE" },
	[COL_USER] = { .name = "USER" },
	[COL_TTY] = { .name = "TTY" },
	[COL_HOST] = { .name = "HOST" },
	[COL_RESULT] = { .name = "RESULT" },
	[COL_ID] = { .name = "ID" },
	[COL_UID] = { .name = "UID", .number = true, .hidden = true },
	[COL_RUSER] = { .name = "RUSER", .hidden = true },
	[COL_CLASS] = { .name = "CLASS", .hidden = true },
	[COL_PID] = { .name = "PID", .number = true, .hidden = true },
	[COL_ATTEMPT] = { .name = "ATTEMPT", .number = true, .hidden = true },
	[COL_FILE] = { .name = "FILE", .hidden = true },
	[COL_LINE] = { .name = "LINE", .number = true, .hidden = true },
	[COL_MODULE] = { .name = "MODULE", .hidden = true },
	[COL_ANSWER] = { .name = "ANSWER", .hidden = true },
	[COL_BOOT] = { .name = "BOOT", .hidden = true },
	{ .name = NULL },
};

static const size_t text_column[LOGGED_TEXTS] = {
	[LOGGED_EVENT] = COL_EVENT,
	[LOGGED_ID] = COL_ID,
	[LOGGED_BOOT] = COL_BOOT,
	[LOGGED_SERVICE] = COL_SERVICE,
	[LOGGED_USER] = COL_USER,
	[LOGGED_TTY] = COL_TTY,
	[LOGGED_RHOST] = COL_HOST,
	[LOGGED_RUSER] = COL_RUSER,
	[LOGGED_CLASS] = COL_CLASS,
	[LOGGED_RESULT] = COL_RESULT,
};

static const size_t number_column[LOGGED_NUMBERS] = {
	[LOGGED_UID] = COL_UID,
	[LOGGED_PID] = COL_PID,
	[LOGGED_ATTEMPT] = COL_ATTEMPT,
};

static void
put_event(void *ctx, const struct logged *e)
{
	struct columns *c = ctx;

	columns_row(c);
	past_moment(c, COL_TIME, e->time);
	for (size_t i = 0; i < LOGGED_TEXTS; i++)
		columns_foreign(c, text_column[i], e->text[i]);
	for (size_t i = 0; i < LOGGED_NUMBERS; i++)
		past_number(c, number_column[i], e->number[i]);
	columns_foreign(c, COL_FILE, e->decided.file);
	past_number(c, COL_LINE, e->decided.line);
	columns_foreign(c, COL_MODULE, e->decided.module);
	columns_foreign(c, COL_ANSWER, e->decided.answer);
}

static int
fill(struct history *h, const struct history_query *q, struct columns *c)
{
	return history_events(h, q, put_event, c);
}

static const struct question question = { "history", columns, fill };

static int
run(int argc, char **argv)
{
	struct past past = { 0 };
	const struct verb_option own[] = {
		{ .name = "event", .argument = "EVENT",
		    .what = "only this kind, as \"auth-failed\"",
		    .value = &past.query.event },
		{ .name = "result", .argument = "CODE",
		    .what = "only with this result, as \"auth_err\"",
		    .value = &past.query.result },
		{ .name = "id", .argument = "ID",
		    .what = "only of this transaction",
		    .value = &past.query.id },
		PAST_OPTIONS(&past), { .name = NULL },
	};

	return past_run(&question, &past, own, argc, argv);
}

const struct verb verb_history = {
	"history", "every event that is on record", run,
};
