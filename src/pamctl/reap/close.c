/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl close: one session, from here. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "pamctl/options.h"
#include "pamctl/pamctl.h"
#include "pamctl/reap/closer.h"
#include "pamctl/reap/deadline.h"
#include "pamctl/sessions/roster.h"
#include "pamctl/usher_calls.h"

#define USAGE "close [--deadline=SECONDS] ID"

/* Why a record is not to be acted upon, or NULL. What outlived a boot is undone
 * in the next one. */
static const char *
why_not(const struct roster *r, const struct known *k)
{
	if (k->rc == -EPROTO)
		return "a later version wrote its record";
	if (k->rc < 0)
		return "its record cannot be read";
	if (k->life == LIFE_ELSEWHERE)
		return "it is of another pid namespace";
	if (k->life == LIFE_PAST && strcmp(r->place, STORE_UNDO) != 0)
		return "it is of another boot";
	return NULL;
}

static int
tell(const struct known *k, const struct closer *c)
{
	char text[CLOSER_TEXT];
	const bool again = c->end == CLOSER_FAILED ||
	    closer_code(c) == PAM_TRY_AGAIN;

	if (c->end != CLOSER_CLOSED)
		return fail(again ? STATUS_AGAIN : STATUS_FINDINGS, "%s: %s",
		    k->id, closer_text(c, text));
	printf("%s: closed\n", k->id);
	return STATUS_CLEAN;
}

static int
close_known(const struct roster *r, const struct known *k, unsigned deadline)
{
	const char *reason = why_not(r, k);
	struct closer c;

	if (reason)
		return fail(STATUS_FINDINGS, "%s: not closed: %s", k->id,
		    reason);
	if (!usher_has_attach())
		return fail(STATUS_CONFIG, CLOSER_NONE);
	closer_run(&k->file.record, deadline, &c);
	return tell(k, &c);
}

/* A session that was, of which only what outlived it is to be undone, counts
 * where there is no other. */
static int
run(const char *id, unsigned deadline)
{
	_drop_(roster_free) struct roster here;
	_drop_(roster_free) struct roster lasting = { .store = -1 };
	const struct known *k;
	int status = roster_begin(&here, STORE_SESSIONS, LIFE_DETACHED_MAX);

	if (status == 0)
		status = roster_begin(&lasting, STORE_UNDO,
		    LIFE_DETACHED_MAX);
	if (status)
		return status;
	k = roster_find(&lasting, id, NULL);
	if (k && !roster_find(&here, id, NULL))
		return close_known(&lasting, k, deadline);
	k = roster_find(&here, id, &status);
	return k ? close_known(&here, k, deadline) : status;
}

static int
run_verb(int argc, char **argv)
{
	const char *text = NULL;
	const struct verb_option own[] = {
		{ .name = "deadline", .argument = "SECONDS",
		    .what = "how long closing may take (60)",
		    .value = &text },
		WITHOUT_POLICIES,
		{ .name = NULL },
	};
	struct options o;
	unsigned deadline;
	bool done;
	int rc = options_read(&o, USAGE, own, argc, argv, &done);

	if (rc != 0 || done)
		return rc;
	if (o.argc != 1)
		return fail(STATUS_USAGE, "usage: pamctl " USAGE);
	rc = deadline_read(text, &deadline);
	return rc ? rc : run(o.argv[0], deadline);
}

const struct verb verb_close = {
	"close", "close a session from here", run_verb,
};
