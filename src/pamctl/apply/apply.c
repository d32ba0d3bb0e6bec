/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl apply: put policies in place, in such a way that they can always be
 * taken back. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/number.h"
#include "pamctl/apply/list.h"
#include "pamctl/apply/recover.h"
#include "pamctl/apply/work.h"
#include "pamctl/pamctl.h"

#define USAGE "apply [options] STAGED"

/* What the verb was asked for. */
struct wish {
	bool list, recover, plain, exact;
	const char *restore, *within, *prune;
	long long keep;
	struct manner manner;
};

static void
order_end(struct order *o)
{
	folder_close(&o->from);
	folder_close(&o->beside);
}

static int
order_staged(const char *path, const struct wish *wish, struct order *out)
{
	_drop_(freep) char *real = realpath(path, NULL);

	if (!real)
		return fail(STATUS_CONFIG, "%s: %s", path, strerror(errno));
	out->plain = wish->plain;
	out->exact = wish->exact;
	out->how = COPY_SAFE;
	return folder_open(NULL, real, &out->from);
}

/* The old tree of an apply, as it was: it goes the road of any other. */
static int
order_restored(const struct backups *s, const char *id, struct order *out)
{
	_drop_(folder_close) struct folder in = FOLDER_NONE;
	int rc;

	if (!*id || *id == '.' || strchr(id, '/') ||
	    folder_item(&s->dir, id, NULL) != ITEM_FOLDER)
		return fail(STATUS_USAGE, "no apply %s; see pamctl apply "
		    "--list", id);
	out->exact = true;
	out->how = COPY_EXACT;
	rc = folder_enter(&s->dir, id, &in);
	if (rc == 0)
		rc = folder_enter(&in, "old", &out->from);
	return rc ? rc : folder_enter(&in, "new", &out->beside);
}

static int
put_in_place(const struct backups *s, const struct options *o,
    const struct wish *wish)
{
	_drop_(order_end) struct order order = { .from = FOLDER_NONE,
		.beside = FOLDER_NONE };
	const int rc = wish->restore ?
	    order_restored(s, wish->restore, &order) :
	    order_staged(o->argv[0], wish, &order);

	return rc ? rc : work_do(s, o, &order, &wish->manner);
}

static int
act(const struct backups *s, const struct options *o, const struct wish *wish)
{
	struct recovery r;
	int rc;

	if (wish->list)
		return list(s, o);
	rc = recover(s, &r);
	if (rc)
		return rc;
	if (wish->recover) {
		if (r.done == 0 && !*r.waiting)
			puts("nothing to recover");
		if (*r.waiting)
			printf("%s: waits for a confirmation\n", r.waiting);
		return STATUS_CLEAN;
	}
	if (wish->prune)
		return backups_prune(s, (size_t)wish->keep);
	if (*r.waiting)
		return fail(STATUS_AGAIN, "%s waits for a confirmation",
		    r.waiting);
	return put_in_place(s, o, wish);
}

static int
read_numbers(struct wish *wish)
{
	long long n;

	if (wish->prune &&
	    number_read(wish->prune, 10, 0, INT_MAX, &wish->keep) < 0)
		return fail(STATUS_USAGE, "--prune %s: not a number",
		    wish->prune);
	if (!wish->within)
		return 0;
	if (number_read(wish->within, 10, 1, INT_MAX, &n) < 0)
		return fail(STATUS_USAGE, "--confirm-within %s: not a number "
		    "of seconds", wish->within);
	wish->manner.within = (unsigned)n;
	return 0;
}

static int
check_wish(const struct options *o, struct wish *wish)
{
	const bool staged = !wish->list && !wish->recover &&
	    !wish->restore && !wish->prune;

	if (o->confdir)
		return fail(STATUS_USAGE, "--confdir is not for apply");
	if (o->argc != (staged ? 1 : 0))
		return fail(STATUS_USAGE, "usage: pamctl " USAGE);
	if (geteuid() != 0)
		return fail(STATUS_PRIVILEGE, "only root can apply");
	return read_numbers(wish);
}

/* The watchdog has another folder to work in: a root is named from the top. */
static int
run_wish(struct options *o, struct wish *wish)
{
	_drop_(backups_close) struct backups s = BACKUPS_NONE;
	_drop_(freep) char *root = NULL;
	int rc = check_wish(o, wish);

	if (rc)
		return rc;
	if (o->root) {
		root = realpath(o->root, NULL);
		if (!root)
			return fail(STATUS_CONFIG, "%s: %s", o->root,
			    strerror(errno));
		o->root = strcmp(root, "/") == 0 ? NULL : root;
	}
	rc = backups_open(o->root, false, &s);
	return rc ? rc : act(&s, o, wish);
}

static int
run_verb(int argc, char **argv)
{
	struct wish wish = { 0 };
	struct manner *m = &wish.manner;
	const struct verb_option own[] = {
		{ .name = "confirm-within", .argument = "SECONDS",
		    .what = "restore unless confirmed by then",
		    .value = &wish.within },
		{ .name = "dry-run", .what = "tell how, and do nothing",
		    .flag = &m->dry_run },
		{ .name = "exact", .what = "what is not in STAGED goes",
		    .flag = &wish.exact },
		{ .name = "force", .what = "whatever the check finds",
		    .flag = &m->force },
		{ .name = "list", .what = "what was applied",
		    .flag = &wish.list },
		{ .name = "must", .argument = "SERVICE",
		    .what = "this has to work [:MODULE=CODE,...]",
		    .values = &m->must },
		{ .name = "pam.d", .what = "STAGED is a folder of policies",
		    .flag = &wish.plain },
		{ .name = "prune", .argument = "KEEP",
		    .what = "remove all old trees but the last KEEP",
		    .value = &wish.prune },
		{ .name = "recover", .what = "finish or undo what was left",
		    .flag = &wish.recover },
		{ .name = "restore", .argument = "ID",
		    .what = "put back what an apply replaced",
		    .value = &wish.restore },
		{ .name = "rules", .argument = "FILE",
		    .what = "sentences that have to hold",
		    .values = &m->rules },
		{ .name = NULL },
	};
	struct options o;
	bool done;
	int rc = options_read(&o, USAGE, own, argc, argv, &done);

	if (rc == 0 && !done)
		rc = run_wish(&o, &wish);
	free(m->must);
	free(m->rules);
	return rc;
}

const struct verb verb_apply = {
	"apply", "put policies in place, and take them back", run_verb,
};
