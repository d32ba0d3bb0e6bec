/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/app_check/print.h"

#include <stdio.h>

#include "pamctl/app_check/rule.h"
#include "pamctl/check/print.h"
#include "pamctl/columns.h"
#include "pamctl/pamctl.h"
#include "policy/code.h"

enum { COL_SERVICE, COL_PID, COL_CALL, COL_SEVERITY, COL_CODE, COL_TEXT };

static const struct column findings[] = {
	[COL_SERVICE] = { .name = "SERVICE" },
	[COL_PID] = { .name = "PID", .number = true },
	[COL_CALL] = { .name = "CALL" },
	[COL_SEVERITY] = { .name = "SEVERITY" },
	[COL_CODE] = { .name = "CODE" },
	[COL_TEXT] = { .name = "TEXT" },
	{ .name = NULL },
};

/* Where a finding goes: a row of a table, or (NULL) a line. */
static void
print_finding(struct columns *c, const struct transaction *t,
    const struct event *e, const struct habit *h)
{
	if (!c) {
		put(stdout, t->service);
		printf(": %s: %s: %s (%s, pid %d)\n", level_word(h->level),
		    h->code, h->what, call_name(e->call), e->pid);
		return;
	}
	columns_row(c);
	columns_cell(c, COL_SERVICE, t->service);
	columns_number(c, COL_PID, e->pid);
	columns_cell(c, COL_CALL, call_name(e->call));
	columns_cell(c, COL_SEVERITY, level_word(h->level));
	columns_cell(c, COL_CODE, h->code);
	columns_cell(c, COL_TEXT, h->what);
}

static int
judge(struct columns *c, const struct transaction *t)
{
	int status = STATUS_CLEAN;

	for (const struct habit *h = habits; h->code; h++) {
		const struct event *e = h->seen(t);

		if (!e)
			continue;
		print_finding(c, t, e, h);
		if (h->level > LEVEL_NOTE)
			status = STATUS_FINDINGS;
	}
	return status;
}

int
print_verdict(const struct options *o, const struct transcript *t)
{
	struct columns *c = NULL;
	int worst = STATUS_CLEAN, rc;

	if (o->json || o->raw || o->output) {
		c = columns_new(o, "findings", findings);
		if (!c)
			return STATUS_USAGE;
	}
	for (size_t i = 0; i < t->count; i++) {
		rc = judge(c, &t->transaction[i]);
		worst = rc > worst ? rc : worst;
	}
	rc = c ? columns_end(c) : STATUS_CLEAN;
	return rc ? rc : worst;
}

enum { CALL_COL_TRANSACTION, CALL_COL_SERVICE, CALL_COL_PID, CALL_COL_TID,
	CALL_COL_EUID, CALL_COL_CALL, CALL_COL_FLAGS, CALL_COL_RESULT,
	CALL_COL_TIME };

static const struct column calls[] = {
	[CALL_COL_TRANSACTION] = { .name = "TRANSACTION" },
	[CALL_COL_SERVICE] = { .name = "SERVICE" },
	[CALL_COL_PID] = { .name = "PID", .number = true },
	[CALL_COL_TID] = { .name = "TID", .number = true, .hidden = true },
	[CALL_COL_EUID] = { .name = "EUID", .number = true },
	[CALL_COL_CALL] = { .name = "CALL" },
	[CALL_COL_FLAGS] = { .name = "FLAGS" },
	[CALL_COL_RESULT] = { .name = "RESULT" },
	[CALL_COL_TIME] = { .name = "TIME", .hidden = true },
	{ .name = NULL },
};

static void
fill_call(struct columns *c, const struct transaction *t,
    const struct event *e)
{
	char flags[16], seconds[32];

	snprintf(flags, sizeof flags, "0x%x", (unsigned)e->flags);
	snprintf(seconds, sizeof seconds, "%.6f", e->time);
	columns_row(c);
	columns_cell(c, CALL_COL_TRANSACTION, t->id);
	columns_cell(c, CALL_COL_SERVICE, t->service);
	columns_number(c, CALL_COL_PID, e->pid);
	columns_number(c, CALL_COL_TID, e->tid);
	columns_number(c, CALL_COL_EUID, e->euid);
	columns_cell(c, CALL_COL_CALL, call_name(e->call));
	columns_cell(c, CALL_COL_FLAGS, flags);
	columns_cell(c, CALL_COL_RESULT, code_word(e->result));
	columns_cell(c, CALL_COL_TIME, seconds);
}

int
print_calls(const struct options *o, const struct transcript *t)
{
	struct columns *c = columns_new(o, "calls", calls);

	if (!c)
		return STATUS_USAGE;
	for (size_t i = 0; i < t->count; i++) {
		for (size_t n = 0; n < t->transaction[i].count; n++)
			fill_call(c, &t->transaction[i],
			    &t->transaction[i].event[n]);
	}
	return columns_end(c);
}

void
print_habit(const struct habit *h)
{
	printf("%s: %s (%s)\n\n", h->code, h->what, level_word(h->level));
	print_paragraph(h->explain);
}

void
print_habits(void)
{
	for (const struct habit *h = habits; h->code; h++)
		printf("%-18s %-8s %s\n", h->code, level_word(h->level),
		    h->what);
}
