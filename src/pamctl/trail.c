/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/trail.h"

#include <stdio.h>

#include "pamctl/columns.h"
#include "pamctl/pamctl.h"

enum { COL_FILE, COL_LINE, COL_MODULE, COL_ANSWER, COL_ACTION, COL_DECIDES };

static const struct column columns[] = {
	[COL_FILE] = { .name = "FILE" },
	[COL_LINE] = { .name = "LINE", .number = true },
	[COL_MODULE] = { .name = "MODULE" },
	[COL_ANSWER] = { .name = "ANSWER" },
	[COL_ACTION] = { .name = "ACTION" },
	[COL_DECIDES] = { .name = "DECIDES" },
	{ .name = NULL },
};

static void
print_step(struct columns *c, const struct step *s, bool last)
{
	char action[24];

	if (s->action == ACT_JUMP)
		snprintf(action, sizeof action, "jump %u", s->jump);
	else
		snprintf(action, sizeof action, "%s",
		    action_word((enum action)s->action));
	columns_row(c);
	columns_cell(c, COL_FILE, s->entry->at.file);
	columns_number(c, COL_LINE, s->entry->at.line);
	columns_cell(c, COL_MODULE,
	    s->entry->name ? s->entry->name : "(broken line)");
	columns_cell(c, COL_ANSWER, code_word(s->answer));
	columns_cell(c, COL_ACTION, action);
	columns_cell(c, COL_DECIDES, last ? "yes" : NULL);
}

int
trail_print(const struct options *o, const struct trail *trail)
{
	struct columns *c = columns_new(o, "trail", columns);

	if (!c)
		return STATUS_USAGE;
	for (size_t i = 0; i < trail->count; i++)
		print_step(c, &trail->step[i],
		    trail_decider(trail) == &trail->step[i]);
	return columns_end(c);
}
