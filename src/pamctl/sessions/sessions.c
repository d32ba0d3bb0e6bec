/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl sessions: who is in, and what is on record of one. */
#include <stdio.h>
#include <string.h>

#include "base/drop.h"
#include "pamctl/options.h"
#include "pamctl/pamctl.h"
#include "pamctl/sessions/list.h"
#include "pamctl/sessions/roster.h"
#include "pamctl/sessions/show.h"
#include "pamctl/usher_conf.h"

#define USAGE "sessions [options] [show ID]"

static int
show(const struct options *o, struct roster *r)
{
	int status = STATUS_CLEAN;
	const struct known *k = roster_find(r, o->argv[1], &status);

	if (k)
		show_print(r, k, o->json);
	return status;
}

static int
run(const struct options *o, const struct list *l)
{
	const bool one = o->argc == 2 && strcmp(o->argv[0], "show") == 0;
	_drop_(roster_free) struct roster r;
	int rc = roster_begin(&r, STORE_SESSIONS, usher_conf_detached_max());

	if (rc)
		return rc;
	return one ? show(o, &r) : list_print(o, l, &r);
}

static int
run_verb(int argc, char **argv)
{
	struct list l = { 0 };
	const struct verb_option own[] = {
		{ .name = "tree", .what = "each below the one it came from",
		    .flag = &l.tree },
		{ .name = "all", .what = "also those where nobody is",
		    .flag = &l.all },
		{ .name = "user", .argument = "USER", .letter = 'u',
		    .what = "only this user's",
		    .value = &l.user },
		WITHOUT_POLICIES,
		{ .name = NULL },
	};
	struct options o;
	bool done;
	const int rc = options_read(&o, USAGE, own, argc, argv, &done);

	if (rc != 0 || done)
		return rc;
	if (o.argc && (o.argc != 2 || strcmp(o.argv[0], "show") != 0))
		return fail(STATUS_USAGE, "usage: pamctl " USAGE);
	return run(&o, &l);
}

const struct verb verb_sessions = {
	"sessions", "who is in, and what is on record of a session", run_verb,
};
