/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl last: who was in, when, from where, and how it ended. */
#include "base/drop.h"
#include "base/moment.h"
#include "pamctl/columns.h"
#include "pamctl/log/past.h"
#include "pamctl/log/when.h"
#include "pamctl/pamctl.h"

enum { COL_USER, COL_TTY, COL_HOST, COL_SERVICE, COL_OPENED, COL_CLOSED,
	COL_DURATION, COL_UID, COL_CLASS, COL_ENDED, COL_UNTIL, COL_SECONDS,
	COL_RESULT, COL_ID, COL_BOOT };

static const struct column columns[] = {
	[COL_USER] = { .name = "USER" },
	[COL_TTY] = { .name = "TTY" },
	[COL_HOST] = { .name = "HOST" },
	[COL_SERVICE] = { .name = "SERVICE" },
	[COL_OPENED] = { .name = "OPENED" },
	[COL_CLOSED] = { .name = "CLOSED" },
	[COL_DURATION] = { .name = "DURATION" },
	[COL_UID] = { .name = "UID", .number = true, .hidden = true },
	[COL_CLASS] = { .name = "CLASS", .hidden = true },
	[COL_ENDED] = { .name = "ENDED", .hidden = true },
	[COL_UNTIL] = { .name = "UNTIL", .hidden = true },
	[COL_SECONDS] = { .name = "SECONDS", .number = true, .hidden = true },
	[COL_RESULT] = { .name = "RESULT", .hidden = true },
	[COL_ID] = { .name = "ID", .hidden = true },
	[COL_BOOT] = { .name = "BOOT", .hidden = true },
	{ .name = NULL },
};

/* When it closed, or a word for what happened instead. */
static void
put_end(struct columns *c, const struct session *s)
{
	const char *word = session_end_word(s->end);
	char duration[WHEN_DURATION];

	columns_cell(c, COL_ENDED, word);
	if (s->end == SESSION_CLOSED)
		past_moment(c, COL_CLOSED, s->closed);
	else
		columns_cell(c, COL_CLOSED, word);
	if (s->closed < 0)
		return;
	when_duration(s->closed - s->opened, duration);
	columns_cell(c, COL_DURATION, duration);
	past_moment(c, COL_UNTIL, s->closed);
	past_number(c, COL_SECONDS, (s->closed - s->opened) / MOMENT_SECOND);
}

static void
put_session(void *ctx, const struct session *s)
{
	struct columns *c = ctx;
	const struct {
		size_t column;
		const char *text;
	} texts[] = {
		{ COL_USER, s->user },
		{ COL_TTY, s->tty },
		{ COL_HOST, s->rhost },
		{ COL_SERVICE, s->service },
		{ COL_CLASS, s->class },
		{ COL_RESULT, s->result },
		{ COL_ID, s->id },
		{ COL_BOOT, s->boot },
	};

	columns_row(c);
	for (size_t i = 0; i < COUNT(texts); i++)
		columns_foreign(c, texts[i].column, texts[i].text);
	past_moment(c, COL_OPENED, s->opened);
	past_number(c, COL_UID, s->uid);
	put_end(c, s);
}

static int
fill(struct history *h, const struct history_query *q, struct columns *c)
{
	return history_sessions(h, q, put_session, c);
}

static const struct question question = { "last", columns, fill };

static int
run(int argc, char **argv)
{
	struct past past = { 0 };
	const struct verb_option own[] = {
		PAST_OPTIONS(&past), { .name = NULL },
	};

	return past_run(&question, &past, own, argc, argv);
}

const struct verb verb_last = {
	"last", "who was in, when, and how it ended", run,
};
