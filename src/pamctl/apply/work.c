/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/work.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/drop.h"
#include "base/text.h"
#include "pamctl/apply/newcomer.h"
#include "pamctl/apply/plan.h"
#include "pamctl/apply/swap.h"
#include "pamctl/apply/trial.h"
#include "pamctl/apply/watchdog.h"
#include "pamctl/pamctl.h"

struct work {
	const struct backups *store;
	const struct options *o;
	const struct manner *manner;
	char id[BACKUP_ID];
	struct folder in;
	struct trees trees;
	struct journal journal;
};

/* Thirty-two that are not taken for one another. */
static const char alphabet[] = "abcdefghijkmnpqrstuvwxyz23456789";

static void
work_end(struct work *w)
{
	folder_close(&w->in);
	trees_close(&w->trees);
	journal_free(&w->journal);
}

/* Where the new tree has a place, it will be that; else the system's own. */
static char *
will_be(const struct work *w, const char *name)
{
	_drop_(freep) char *path = text_format(ETC "/%s", name);

	if (!path)
		return NULL;
	if (folder_item(&w->trees.new, path, NULL) == ITEM_NONE &&
	    folder_item(&w->trees.old, path, NULL) == ITEM_NONE)
		return text_format("/%s", path);
	return text_format(BACKUPS "/%s/new/%s", w->id, path);
}

static int
try(const struct work *w)
{
	_drop_(freep) char *directory = will_be(w, "pam.d");
	_drop_(freep) char *single = will_be(w, "pam.conf");
	_drop_(freep) char *security = will_be(w, "security");
	const struct view view = { directory, single, security };
	struct options o = *w->o, old = *w->o;
	const struct trial t = { .o = &o, .old = &old, .force = w->manner->force,
		.rules = w->manner->rules, .must = w->manner->must };

	if (!directory || !single || !security)
		return fail(STATUS_AGAIN, "out of memory");
	o.view = &view;
	/* What is left on the line is no list of services. */
	o.argc = old.argc = 0;
	return trial(&t);
}

static int
make_code(char code[CODE_SIZE])
{
	unsigned char byte[CODE_SIZE - 4];

	if (getrandom(byte, sizeof byte, 0) != (ssize_t)sizeof byte)
		return fail(STATUS_AGAIN, "no random numbers: %s",
		    strerror(errno));
	for (size_t i = 0; i < sizeof byte; i++)
		code[i] = alphabet[byte[i] % (sizeof alphabet - 1)];
	code[sizeof byte] = '\0';
	return 0;
}

/* Who has no session that could tell old from new gets a code. */
static int
set_deadline(struct journal *j, unsigned within)
{
	struct timespec now;

	if (!boot_id(j->boot) && within)
		return fail(STATUS_AGAIN, "/proc: no boot id");
	if (!within)
		return 0;
	clock_gettime(CLOCK_BOOTTIME, &now);
	j->deadline = journal_now() + within * 1000LL;
	return newcomer_since(&now) == -ENODATA ? make_code(j->code) : 0;
}

/* The watchdog comes first: whatever happens to us from here on, it finds. */
static int
get_ready(struct work *w)
{
	int rc = journal_enter(&w->in, &w->journal, STATE_STAGING);

	if (rc == 0)
		rc = swap_stage(w->store->root, &w->trees.new, &w->journal);
	if (rc == 0)
		rc = set_deadline(&w->journal, w->manner->within);
	if (rc == 0)
		rc = journal_enter(&w->in, &w->journal, STATE_READY);
	if (rc == 0 && w->manner->within)
		rc = watchdog_set(w->store->root, &w->in, &w->journal);
	return rc;
}

static int
swap(struct work *w)
{
	int rc = get_ready(w);

	if (rc == 0)
		rc = swap_take(w->store->root, &w->journal);
	if (rc == 0)
		rc = swap_verify(w->store->root, &w->trees.old, &w->journal);
	clock_gettime(CLOCK_BOOTTIME, &w->journal.swap);
	return rc ? rc : journal_enter(&w->in, &w->journal, STATE_SWAPPED);
}

/* What cannot be taken back stays in the store for --recover. */
static int
take_back(struct work *w, int status)
{
	int rc = swap_back(w->store->root, &w->journal);

	if (rc == 0)
		rc = swap_clean(w->store->root, &w->journal);
	if (rc == 0)
		rc = remove_item(&w->store->dir, w->id);
	return rc ? fail(status, "%s: not undone; mend the reason, then "
	    "pamctl apply --recover", w->id) : status;
}

static void
tell(const struct work *w)
{
	const struct journal *j = &w->journal;

	printf("in place; what was there is in %s/%s/old\n",
	    w->store->dir.path, w->id);
	if (j->deadline)
		printf("restored in %u seconds, unless you log in anew and "
		    "say there: pamctl confirm%s%s\n", w->manner->within,
		    *j->code ? " " : "", j->code);
}

static int
install(struct work *w)
{
	int rc = swap(w);

	if (rc)
		return take_back(w, rc);
	rc = swap_clean(w->store->root, &w->journal);
	if (rc == 0)
		rc = journal_enter(&w->in, &w->journal, w->manner->within ?
		    STATE_WAITING : STATE_KEPT);
	tell(w);
	return rc;
}

/* A terminal that hangs up in the middle leaves nothing half done. */
static int
install_undisturbed(struct work *w)
{
	sigset_t all, before;
	int rc;

	fflush(stdout);
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	rc = install(w);
	fflush(stdout);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return rc;
}

/* *keep: it is the record of what was done from now on. */
static int
work_on(struct work *w, const struct order *order, bool *keep)
{
	int rc = trees_make(w->store->root, order, &w->in, &w->trees);

	if (rc == 0)
		rc = try(w);
	if (rc == 0)
		rc = plan(w->store->root, &w->trees, &w->journal);
	if (rc)
		return rc;
	if (w->journal.count == 0)
		puts("nothing differs");
	*keep = w->journal.count && !w->manner->dry_run;
	return *keep ? install_undisturbed(w) : 0;
}

int
work_do(const struct backups *s, const struct options *o,
    const struct order *order, const struct manner *manner)
{
	_drop_(work_end) struct work w = { .store = s, .o = o,
		.manner = manner, .in = FOLDER_NONE, .trees = TREES_NONE };
	bool keep = false;
	int rc = backups_add(s, w.id, &w.in), gone;

	if (rc)
		return rc;
	rc = work_on(&w, order, &keep);
	gone = keep ? 0 : remove_item(&s->dir, w.id);
	return rc ? rc : gone;
}
