/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/sessions/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/drop.h"
#include "pamctl/columns.h"
#include "pamctl/pamctl.h"
#include "pamctl/sessions/family.h"
#include "pamctl/sessions/roster.h"

enum {
	COL_ID, COL_USER, COL_SERVICE, COL_TTY, COL_HOST, COL_CLASS, COL_SINCE,
	COL_STATE, COL_OPENER,
	COL_UID, COL_RUSER, COL_PARENT, COL_LIFE, COL_RECORD, COL_KEEPER,
	COL_AUDIT, COL_ATTEMPTS, COL_BOOT, COL_CONFDIR, COL_COUNT
};

static const struct column columns[] = {
	[COL_ID] = { .name = "ID" },
	[COL_USER] = { .name = "USER" },
	[COL_SERVICE] = { .name = "SERVICE" },
	[COL_TTY] = { .name = "TTY" },
	[COL_HOST] = { .name = "HOST" },
	[COL_CLASS] = { .name = "CLASS" },
	[COL_SINCE] = { .name = "SINCE" },
	[COL_STATE] = { .name = "STATE" },
	[COL_OPENER] = { .name = "OPENER", .number = true },
	[COL_UID] = { .name = "UID", .number = true, .hidden = true },
	[COL_RUSER] = { .name = "RUSER", .hidden = true },
	[COL_PARENT] = { .name = "PARENT", .hidden = true },
	[COL_LIFE] = { .name = "LIFE", .hidden = true },
	[COL_RECORD] = { .name = "RECORD", .hidden = true },
	[COL_KEEPER] = { .name = "KEEPER", .number = true, .hidden = true },
	[COL_AUDIT] = { .name = "AUDIT", .number = true, .hidden = true },
	[COL_ATTEMPTS] = { .name = "ATTEMPTS", .number = true, .hidden = true },
	[COL_BOOT] = { .name = "BOOT", .hidden = true },
	[COL_CONFDIR] = { .name = "CONFDIR", .hidden = true },
	[COL_COUNT] = { .name = NULL },
};

/* A table on its way. */
struct listing {
	const struct options *o;
	const struct list *l;
	struct roster *r;
	struct columns *c;
};

const char *
list_time(char text[LIST_TIME], unsigned long long time, bool json)
{
	const time_t seconds = (time_t)(time / 1000000);
	struct tm tm;

	*text = '\0';
	if (json && gmtime_r(&seconds, &tm))
		strftime(text, LIST_TIME, "%FT%TZ", &tm);
	else if (!json && localtime_r(&seconds, &tm))
		strftime(text, LIST_TIME, "%F %T", &tm);
	return text;
}

static bool
is_of_user(const struct record *r, const char *user)
{
	char uid[24];

	snprintf(uid, sizeof uid, "%llu", r->uid);
	return (r->user && strcmp(r->user, user) == 0) ||
	    strcmp(uid, user) == 0;
}

/* What cannot be judged may be somebody: it is not kept back. */
static bool
is_wanted(const struct list *l, const struct known *k)
{
	static const bool usual[LIFE_COUNT] = {
		[LIFE_HERE] = true, [LIFE_GOING] = true, [LIFE_ORPHAN] = true,
	};

	if (k->rc < 0)
		return !l->user;
	if (l->user && !is_of_user(&k->file.record, l->user))
		return false;
	return l->all ||
	    (usual[k->life] && k->file.record.state != RECORD_CLOSED);
}

static void
fill_known(const struct listing *t, const struct known *k)
{
	const struct record *r = &k->file.record;
	const struct known *parent = family_parent(t->r, k);
	char since[LIST_TIME];

	columns_cell(t->c, COL_USER, r->user);
	columns_cell(t->c, COL_SERVICE, r->service);
	columns_cell(t->c, COL_TTY, r->tty);
	columns_cell(t->c, COL_HOST, r->rhost);
	columns_cell(t->c, COL_CLASS, r->class);
	columns_cell(t->c, COL_SINCE,
	    list_time(since, r->opened, t->o->json));
	columns_number(t->c, COL_OPENER, r->opener.pid);
	if (r->uid != (uid_t)-1)
		columns_number(t->c, COL_UID, (long long)r->uid);
	columns_cell(t->c, COL_RUSER, r->ruser);
	columns_cell(t->c, COL_PARENT, parent ? parent->id : NULL);
	columns_cell(t->c, COL_LIFE, life_word(k->life));
	columns_cell(t->c, COL_RECORD, record_state_word(r->state));
	if (k->life == LIFE_HERE)
		columns_number(t->c, COL_KEEPER, life_keeper(&t->r->look, r));
	if (r->inner != NO_AUDIT_SESSION)
		columns_number(t->c, COL_AUDIT, (long long)r->inner);
	columns_number(t->c, COL_ATTEMPTS, r->attempts);
	columns_cell(t->c, COL_BOOT, r->boot);
	columns_cell(t->c, COL_CONFDIR, r->confdir);
}

static void
fill(const struct listing *t, const struct known *k)
{
	columns_cell(t->c, COL_ID, k->id);
	columns_cell(t->c, COL_STATE, known_word(k));
	if (k->rc == 0)
		fill_known(t, k);
}

/* The nearest that is shown, of those from within which it was opened. */
static const struct known *
shown_parent(const struct listing *t, const struct known *k)
{
	do {
		k = family_parent(t->r, k);
	} while (k && !is_wanted(t->l, k));
	return k;
}

/* Parents come before their children: ids are in the order of time. */
static int
fill_tree(const struct listing *t)
{
	_drop_(freep) struct libscols_line **row =
	    calloc(t->r->count + 1, sizeof(*row));

	if (!row)
		return fail(STATUS_AGAIN, "out of memory");
	for (size_t i = 0; i < t->r->count; i++) {
		const struct known *k = &t->r->known[i];
		const struct known *parent;

		if (!is_wanted(t->l, k))
			continue;
		parent = shown_parent(t, k);
		row[i] = columns_under(t->c,
		    parent ? row[parent - t->r->known] : NULL);
		fill(t, k);
	}
	return 0;
}

static int
fill_flat(const struct listing *t)
{
	for (size_t i = 0; i < t->r->count; i++) {
		if (!is_wanted(t->l, &t->r->known[i]))
			continue;
		columns_row(t->c);
		fill(t, &t->r->known[i]);
	}
	return 0;
}

int
list_print(const struct options *o, const struct list *l, struct roster *r)
{
	struct listing t = { .o = o, .l = l, .r = r };
	struct column shown[COUNT(columns)];
	int rc, end;

	memcpy(shown, columns, sizeof shown);
	shown[COL_ID].tree = l->tree;
	t.c = columns_new(o, "sessions", shown);
	if (!t.c)
		return STATUS_USAGE;
	rc = l->tree ? fill_tree(&t) : fill_flat(&t);
	end = columns_end(t.c);
	return rc ? rc : end;
}
