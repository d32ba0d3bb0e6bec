/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/trail.h"

#include <stdio.h>

#include "pamctl/pamctl.h"

enum { COL_FILE, COL_LINE, COL_MODULE, COL_ANSWER, COL_ACTION, COL_DECIDES,
	COL_MS };

static const struct column columns[] = {
	[COL_FILE] = { .name = "FILE" },
	[COL_LINE] = { .name = "LINE", .number = true },
	[COL_MODULE] = { .name = "MODULE" },
	[COL_ANSWER] = { .name = "ANSWER" },
	[COL_ACTION] = { .name = "ACTION" },
	[COL_DECIDES] = { .name = "DECIDES" },
	[COL_MS] = { .name = "MS", .number = true, .hidden = true },
	{ .name = NULL },
};

struct columns *
trail_columns(const struct options *o)
{
	return columns_new(o, "trail", columns);
}

void
trail_row(struct columns *c, const struct trail_row *row)
{
	columns_row(c);
	columns_foreign(c, COL_FILE, row->file);
	if (row->line >= 0)
		columns_number(c, COL_LINE, row->line);
	columns_foreign(c, COL_MODULE,
	    row->module ? row->module : "(broken line)");
	columns_foreign(c, COL_ANSWER, row->answer);
	columns_foreign(c, COL_ACTION, row->action);
	columns_cell(c, COL_DECIDES, row->decides ? "yes" : NULL);
	if (row->ms >= 0)
		columns_number(c, COL_MS, row->ms);
}

static void
print_step(struct columns *c, const struct step *s, bool last)
{
	char jump[24];

	snprintf(jump, sizeof jump, "jump %u", s->jump);
	trail_row(c, &(struct trail_row){
		.file = s->entry->at.file,
		.line = s->entry->at.line,
		.module = s->entry->name,
		.answer = code_word(s->answer),
		.action = s->action == ACT_JUMP ? jump :
		    action_word((enum action)s->action),
		.ms = s->ms,
		.decides = last,
	});
}

void
trail_rows(struct columns *c, const struct trail *trail)
{
	for (size_t i = 0; i < trail->count; i++)
		print_step(c, &trail->step[i],
		    trail_decider(trail) == &trail->step[i]);
}

int
trail_print(const struct options *o, const struct trail *trail)
{
	struct columns *c = trail_columns(o);

	if (!c)
		return STATUS_USAGE;
	trail_rows(c, trail);
	return columns_end(c);
}
