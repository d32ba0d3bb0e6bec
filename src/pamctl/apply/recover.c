/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/recover.h"

#include <stdio.h>
#include <syslog.h>

#include "base/drop.h"
#include "pamctl/apply/copy.h"
#include "pamctl/apply/journal.h"
#include "pamctl/apply/revert.h"
#include "pamctl/apply/swap.h"
#include "pamctl/apply/trees.h"
#include "pamctl/pamctl.h"

/* One apply, as it was left. */
struct left {
	const struct backups *store;
	const char *id;
	struct folder in;
	struct journal journal;
	struct recovery *out;
};

/* Not everything was in place: nothing shall be. */
static int
undo(struct left *c)
{
	int rc = swap_back(c->store->root, &c->journal);

	if (rc == 0)
		rc = swap_clean(c->store->root, &c->journal);
	if (rc == 0)
		rc = remove_item(&c->store->dir, c->id);
	if (rc == 0)
		printf("%s: was not finished; undone\n", c->id);
	c->out->done++;
	return rc;
}

/* Nobody may be at the terminal any more. */
static void
tell_log(const struct left *c, unsigned spared)
{
	if (c->store->root)
		return;
	openlog("pamctl", LOG_PID, LOG_AUTHPRIV);
	syslog(LOG_WARNING, "apply %s was not confirmed and is restored; "
	    "%u files have changed since and are left", c->id, spared);
	closelog();
}

static int
restore(struct left *c)
{
	_drop_(trees_close) struct trees trees = TREES_NONE;
	unsigned spared = 0;
	int rc = journal_enter(&c->in, &c->journal, STATE_RESTORING);

	if (rc == 0)
		rc = trees_open(&c->in, &trees);
	if (rc == 0)
		rc = revert(c->store->root, &trees, &spared);
	if (rc == 0)
		rc = journal_enter(&c->in, &c->journal, STATE_RESTORED);
	if (rc)
		return rc;
	printf("%s: was not confirmed; restored\n", c->id);
	tell_log(c, spared);
	c->out->done++;
	return 0;
}

static int
await(struct left *c)
{
	if (journal_due(&c->journal))
		return restore(c);
	snprintf(c->out->waiting, sizeof c->out->waiting, "%s", c->id);
	return 0;
}

static int
finish(struct left *c)
{
	int rc = swap_clean(c->store->root, &c->journal);

	if (rc == 0)
		rc = journal_enter(&c->in, &c->journal, c->journal.deadline ?
		    STATE_WAITING : STATE_KEPT);
	if (rc)
		return rc;
	printf("%s: was in place; finished\n", c->id);
	c->out->done++;
	return c->journal.deadline ? await(c) : 0;
}

static int
settle(struct left *c)
{
	switch (c->journal.state) {
	case STATE_STAGING:
	case STATE_READY:
		return undo(c);
	case STATE_SWAPPED:
		return finish(c);
	case STATE_WAITING:
		return await(c);
	case STATE_RESTORING:
		return restore(c);
	case STATE_KEPT:
	case STATE_RESTORED:
	case STATE_COUNT:
		break;
	}
	return 0;
}

static int
settle_one(const struct backups *s, const char *id, struct recovery *out)
{
	_drop_(folder_close) struct folder in = FOLDER_NONE;
	struct left c = { s, id, FOLDER_NONE, { 0 }, out };
	int rc = folder_enter(&s->dir, id, &in);

	if (rc)
		return rc;
	/* It had touched nothing. */
	if (folder_item(&in, "journal", NULL) == ITEM_NONE)
		return remove_item(&s->dir, id);
	c.in = in;
	rc = journal_read(&in, &c.journal);
	if (rc == 0)
		rc = settle(&c);
	journal_free(&c.journal);
	return rc;
}

int
recover(const struct backups *s, struct recovery *out)
{
	_drop_(names_free) struct names ids = { 0 };
	int rc = backups_ids(s, &ids);

	*out = (struct recovery){ 0 };
	for (size_t i = ids.count; i-- > 0 && rc == 0;)
		rc = settle_one(s, ids.name[i], out);
	return rc;
}
