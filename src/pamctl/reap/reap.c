/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl reap: close the sessions that nobody closed. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"
#include "pamctl/options.h"
#include "pamctl/pamctl.h"
#include "pamctl/reap/attempt.h"
#include "pamctl/reap/deadline.h"
#include "pamctl/reap/tally.h"
#include "pamctl/sessions/roster.h"
#include "pamctl/usher_calls.h"
#include "pamctl/usher_conf.h"

#define USAGE "reap [--dry-run] [--wait] [--deadline=SECONDS]"

struct reap {
	bool wait;
	unsigned deadline;
	unsigned long long detached_max;
	struct tally tally;
	unsigned long long waited;	/* first look's time; 0: this is it */
	bool foreign;		/* the library cannot close any */
};

/* What a later look has to know. */
static void
note(const struct reap *x, struct roster *r, const struct known *k)
{
	_drop_(rows_free) struct rows rows = { 0 };

	if (!x->tally.dry && life_note(&r->look, &k->file.record, &rows) &&
	    !rows.lost)
		store_append(r->store, &k->name, rows.text, rows.len);
}

static void
reap_orphan(struct reap *x, struct roster *r, const struct known *k)
{
	static const enum done ends[] = {
		[ATTEMPT_CLOSED] = DONE_CLOSED, [ATTEMPT_FAILED] = DONE_FAILED,
		[ATTEMPT_STUCK] = DONE_FAILED, [ATTEMPT_BUSY] = DONE_BUSY,
		[ATTEMPT_GONE] = DONE_CLOSED,
	};
	char text[CLOSER_TEXT] = "";
	enum attempt_end end = ATTEMPT_CLOSED;

	x->foreign |= !usher_has_attach();
	if (!x->tally.dry && !x->foreign)
		end = attempt(r, k, x->deadline, text);
	if (!x->foreign)
		tally_add(&x->tally, k, ends[end], text);
}

static void
remove_past(struct reap *x, const struct roster *r, const struct known *k)
{
	if (x->tally.dry || store_remove(r->store, &k->name) == 0)
		tally_add(&x->tally, k, DONE_REMOVED, NULL);
}

/* What outlives a boot is undone in the next. */
static enum life
life_for_us(const struct roster *r, const struct known *k)
{
	if (k->life != LIFE_PAST || strcmp(r->place, STORE_UNDO) != 0)
		return k->life;
	return k->file.record.stuck ? LIFE_STUCK :
	    LIFE_ORPHAN;
}

/* The second look is for those alone that the first one saw going. */
static bool
is_due(const struct reap *x, const struct known *k)
{
	const unsigned long long gone = k->file.record.gone;

	return !x->waited || k->rc == -ENODATA ||
	    (k->rc == 0 && gone && gone + LIFE_GRACE > x->waited);
}

/* Its opener may be just about to write into it. */
static bool
is_fresh(const struct roster *r, const struct known *k)
{
	_drop_(closep) int fd = store_find(r->store, &k->name);
	struct stat st;

	return fd < 0 || fstat(fd, &st) < 0 ||
	    (unsigned long long)st.st_mtime + LIFE_GRACE > r->look.now;
}

/* No module was asked yet: there is nothing to undo. */
static void
reap_blank(struct reap *x, const struct roster *r, const struct known *k)
{
	if (is_fresh(r, k))
		tally_add(&x->tally, k, DONE_GOING, NULL);
	else if (x->tally.dry || store_remove(r->store, &k->name) == 0)
		tally_add(&x->tally, k, DONE_BLANK, NULL);
}

static void
reap_record(struct reap *x, struct roster *r, struct known *k)
{
	static const enum done left_alone[LIFE_COUNT] = {
		[LIFE_HERE] = DONE_HERE, [LIFE_GOING] = DONE_GOING,
		[LIFE_STUCK] = DONE_STUCK, [LIFE_ELSEWHERE] = DONE_ELSEWHERE,
	};
	enum life life;

	/* Others before it may have taken minutes. */
	roster_again(r, k);
	if (k->rc == -ENOENT || !is_due(x, k))
		return;
	if (k->rc == -ENODATA) {
		reap_blank(x, r, k);
		return;
	}
	if (k->rc < 0) {
		tally_add(&x->tally, k, DONE_UNKNOWN, NULL);
		return;
	}
	note(x, r, k);
	life = life_for_us(r, k);
	if (life == LIFE_ORPHAN)
		reap_orphan(x, r, k);
	else if (life == LIFE_PAST)
		remove_past(x, r, k);
	else
		tally_add(&x->tally, k, left_alone[life], NULL);
}

/* The innermost session first, which is the youngest. */
static void
reap_sessions(struct reap *x, struct roster *r)
{
	for (size_t i = r->count; i-- > 0;)
		reap_record(x, r, &r->known[i]);
}

/* Of a session that is still on record, that record is closed. */
static void
reap_undo(struct reap *x, struct roster *undo, const struct roster *sessions)
{
	for (size_t i = undo->count; i-- > 0;) {
		_drop_(closep) int fd = sessions->store < 0 ? -1 :
		    store_find(sessions->store, &undo->known[i].name);

		if (fd < 0)
			reap_record(x, undo, &undo->known[i]);
	}
}

static int
reap_all(struct reap *x)
{
	_drop_(roster_free) struct roster sessions;
	_drop_(roster_free) struct roster undo = { .store = -1 };
	int rc = roster_begin(&sessions, STORE_SESSIONS, x->detached_max);

	if (rc == 0)
		rc = roster_begin(&undo, STORE_UNDO, x->detached_max);
	if (rc)
		return rc;
	reap_sessions(x, &sessions);
	reap_undo(x, &undo, &sessions);
	return 0;
}

/* Those that were going have gone by then. */
static int
reap_waiting(struct reap *x)
{
	const unsigned long long first = (unsigned long long)time(NULL);
	const int rc = reap_all(x);

	if (rc || !x->wait || !x->tally.count[DONE_GOING])
		return rc;
	sleep(LIFE_GRACE);
	x->waited = first;
	x->tally.count[DONE_GOING] = 0;
	return reap_all(x);
}

static int
run(struct reap *x, const struct options *o)
{
	int rc = tally_begin(&x->tally, o), end;

	if (rc)
		return rc;
	x->detached_max = usher_conf_detached_max();
	rc = reap_waiting(x);
	end = tally_end(&x->tally);
	if (rc || end)
		return rc ? rc : end;
	if (!o->json && !o->raw)
		tally_summary(&x->tally);
	return x->foreign ? fail(STATUS_CONFIG, CLOSER_NONE) :
	    tally_status(&x->tally);
}

static int
run_verb(int argc, char **argv)
{
	const char *text = NULL;
	struct reap x = { 0 };
	const struct verb_option own[] = {
		{ .name = "dry-run", .what = "only say what would be done",
		    .flag = &x.tally.dry },
		{ .name = "wait", .what = "for those that are just going",
		    .flag = &x.wait },
		{ .name = "deadline", .argument = "SECONDS",
		    .what = "how long closing one may take (60)",
		    .value = &text },
		WITHOUT_POLICIES,
		{ .name = NULL },
	};
	struct options o;
	bool done;
	int rc = options_read(&o, USAGE, own, argc, argv, &done);

	if (rc != 0 || done)
		return rc;
	if (o.argc)
		return fail(STATUS_USAGE, "usage: pamctl " USAGE);
	rc = deadline_read(text, &x.deadline);
	return rc ? rc : run(&x, &o);
}

const struct verb verb_reap = {
	"reap", "close the sessions that nobody closed", run_verb,
};
