/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/reap/tally.h"

#include <stdio.h>

#include "pamctl/columns.h"
#include "pamctl/pamctl.h"
#include "pamctl/sessions/roster.h"

enum { COL_ID, COL_USER, COL_SERVICE, COL_LIFE, COL_DONE, COL_RESULT };

static const struct column columns[] = {
	[COL_ID] = { .name = "ID" },
	[COL_USER] = { .name = "USER" },
	[COL_SERVICE] = { .name = "SERVICE" },
	[COL_LIFE] = { .name = "LIFE" },
	[COL_DONE] = { .name = "DONE" },
	[COL_RESULT] = { .name = "RESULT" },
	{ .name = NULL },
};

static const struct {
	const char *word;	/* of the summary */
	const char *row;	/* of the table; NULL: it has none */
	const char *would;	/* of the table of a dry run */
	int status;		/* of all */
} dones[DONE_COUNT] = {
	[DONE_HERE] = { "here", NULL, NULL, STATUS_CLEAN },
	[DONE_GOING] = { "going", NULL, NULL, STATUS_CLEAN },
	[DONE_CLOSED] = { "closed", "closed", "to close", STATUS_CLEAN },
	[DONE_REMOVED] = { "of other boots removed", "removed", "to remove",
	    STATUS_CLEAN },
	[DONE_BLANK] = { "never begun removed", "removed", "to remove",
	    STATUS_CLEAN },
	[DONE_FAILED] = { "failed", "failed", NULL, STATUS_FINDINGS },
	[DONE_STUCK] = { "stuck", "stuck", NULL, STATUS_CLEAN },
	[DONE_BUSY] = { "busy", "busy", NULL, STATUS_AGAIN },
	[DONE_ELSEWHERE] = { "elsewhere", NULL, NULL, STATUS_CLEAN },
	[DONE_UNKNOWN] = { "not understood", "left", "left", STATUS_CLEAN },
};

int
tally_begin(struct tally *t, const struct options *o)
{
	t->c = columns_new(o, "reap", columns);
	return t->c ? 0 : STATUS_USAGE;
}

void
tally_add(struct tally *t, const struct known *k, enum done done,
    const char *result)
{
	const char *word = t->dry && dones[done].would ? dones[done].would :
	    dones[done].row;

	t->count[done]++;
	if (!word)
		return;
	columns_row(t->c);
	columns_cell(t->c, COL_ID, k->id);
	columns_cell(t->c, COL_LIFE, known_word(k));
	columns_cell(t->c, COL_DONE, word);
	columns_cell(t->c, COL_RESULT, result);
	if (k->rc < 0)
		return;
	columns_cell(t->c, COL_USER, k->file.record.user);
	columns_cell(t->c, COL_SERVICE, k->file.record.service);
}

int
tally_end(struct tally *t)
{
	return columns_end(t->c);
}

void
tally_summary(const struct tally *t)
{
	const char *comma = "";

	for (size_t i = 0; i < DONE_COUNT; i++) {
		if (!t->count[i])
			continue;
		printf("%s%u %s", comma, t->count[i], dones[i].word);
		comma = ", ";
	}
	puts(*comma ? "" : "no sessions on record");
}

int
tally_status(const struct tally *t)
{
	for (size_t i = 0; i < DONE_COUNT; i++) {
		if (t->count[i] && dones[i].status)
			return dones[i].status;
	}
	return STATUS_CLEAN;
}
