/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/list.h"

#include <stdio.h>

#include "base/drop.h"
#include "base/text.h"
#include "pamctl/apply/journal.h"
#include "pamctl/apply/backups.h"
#include "pamctl/columns.h"
#include "pamctl/pamctl.h"

enum { COL_ID, COL_STATE, COL_REPLACED };

static const struct column columns[] = {
	[COL_ID] = { .name = "ID" },
	[COL_STATE] = { .name = "STATE" },
	[COL_REPLACED] = { .name = "REPLACED" },
	{ .name = NULL },
};

/* "/etc/pam.d", "/etc/pam.d/su and 3 more" */
static void
fill_replaced(struct columns *c, const struct journal *j)
{
	const struct step *s = j->step;
	_drop_(freep) char *text = NULL;

	if (j->count == 0)
		return;
	text = j->count == 1 ? text_format("%s/%s", s->parent, s->name) :
	    text_format("%s/%s and %zu more", s->parent, s->name, j->count - 1);
	columns_cell(c, COL_REPLACED, text);
}

static int
fill_row(struct columns *c, const struct backups *s, const char *id)
{
	_drop_(folder_close) struct folder in = FOLDER_NONE;
	_drop_(journal_free) struct journal j = { 0 };
	int rc = folder_enter(&s->dir, id, &in);

	if (rc)
		return rc;
	/* One that was ended before it had begun: nothing to tell. */
	if (folder_item(&in, "journal", NULL) == ITEM_NONE)
		return 0;
	rc = journal_read(&in, &j);
	if (rc)
		return rc;
	columns_row(c);
	columns_cell(c, COL_ID, id);
	columns_cell(c, COL_STATE, state_word(j.state));
	fill_replaced(c, &j);
	return 0;
}

int
list(const struct backups *s, const struct options *o)
{
	_drop_(names_free) struct names ids = { 0 };
	struct columns *c = NULL;
	int rc = backups_ids(s, &ids), printed;

	if (rc)
		return rc;
	c = columns_new(o, "applies", columns);
	if (!c)
		return STATUS_USAGE;
	for (size_t i = 0; i < ids.count && rc == 0; i++)
		rc = fill_row(c, s, ids.name[i]);
	printed = columns_end(c);
	return rc ? rc : printed;
}
