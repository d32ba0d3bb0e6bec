/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/reap/attempt.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "base/row.h"
#include "pamctl/sessions/roster.h"
#include "policy/code.h"
#include "record/event.h"

/* The record's lock, as a descriptor; -EBUSY when somebody is working on it at
 * this moment, -ENOENT when it is gone. */
static int
take_lock(const struct roster *r, const struct known *k)
{
	const int fd = store_find(r->store, &k->name);

	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	close(fd);
	return -EBUSY;
}

/* 0, or what take_lock says. */
static int
look_at(const struct roster *r, const struct known *k)
{
	_drop_(closep) int fd = take_lock(r, k);

	return fd < 0 ? fd : 0;
}

/* A session's record is locked by the library while it works; what outlives a
 * boot is not, and the lock is ours. 0, or what take_lock says. */
static int
begin(const struct roster *r, const struct known *k, int *lock)
{
	if (strcmp(r->place, STORE_UNDO) != 0)
		return look_at(r, k);
	*lock = take_lock(r, k);
	return *lock < 0 ? *lock : 0;
}

/* A full file system must not keep us: to close makes room. */
static void
note(const struct roster *r, const struct known *k, const struct rows *rows)
{
	if (!rows->lost)
		store_append(r->store, &k->name, rows->text, rows->len);
}

static void
note_attempt(const struct roster *r, const struct known *k, unsigned number)
{
	_drop_(rows_free) struct rows rows = { 0 };

	row_add_number(&rows, "attempt", number);
	note(r, k, &rows);
}

static void
note_stuck(const struct roster *r, const struct known *k)
{
	_drop_(rows_free) struct rows rows = { 0 };

	row_add(&rows, "state", record_state_word(RECORD_STUCK));
	note(r, k, &rows);
}

static void
log_event(const struct roster *r, const struct known *k, const char *event,
    unsigned number, int code)
{
	const struct record *record = &k->file.record;
	const struct event e = {
		.event = event, .id = k->id, .boot = r->look.boot,
		.service = record->service, .user = record->user,
		.tty = record->tty, .rhost = record->rhost,
		.ruser = record->ruser,
		.known = record->uid != (uid_t)-1, .uid = (uid_t)record->uid,
		.result = code_word(code), .attempt = number,
	};

	event_write(&e);
}

/* Closed is what is not on record any more, whatever came afterwards. */
static enum attempt_end
judge(const struct roster *r, const struct known *k, const struct closer *c,
    unsigned number, bool ours)
{
	const int now = look_at(r, k);
	const bool busy = now == -EBUSY && !ours && !c->begun;

	if (now == -ENOENT)
		return c->begun ? ATTEMPT_CLOSED : ATTEMPT_GONE;
	if (busy || c->end == CLOSER_FAILED ||
	    closer_code(c) == PAM_TRY_AGAIN)
		return ATTEMPT_BUSY;
	return number < LIFE_ATTEMPTS ? ATTEMPT_FAILED : ATTEMPT_STUCK;
}

/* What an attempt came to, for those who read it later. */
static void
tell(const struct roster *r, const struct known *k, unsigned number,
    enum attempt_end end, int code)
{
	if (end == ATTEMPT_GONE || end == ATTEMPT_BUSY)
		return;
	log_event(r, k, "reap", number,
	    end == ATTEMPT_CLOSED ? PAM_SUCCESS : code);
	if (end == ATTEMPT_STUCK) {
		note_stuck(r, k);
		log_event(r, k, "stuck", number, code);
	}
}

enum attempt_end
attempt(struct roster *r, const struct known *k, unsigned deadline,
    char text[CLOSER_TEXT])
{
	const unsigned number = k->file.record.attempts + 1;
	_drop_(closep) int lock = -1;
	enum attempt_end end;
	struct closer c;
	const int rc = begin(r, k, &lock);

	*text = '\0';
	if (rc < 0)
		return rc == -ENOENT ? ATTEMPT_GONE : ATTEMPT_BUSY;
	note_attempt(r, k, number);
	closer_run(&k->file.record, deadline, &c);
	closer_text(&c, text);
	end = judge(r, k, &c, number, lock >= 0);
	if (end == ATTEMPT_GONE)
		strcpy(text, "by somebody else");
	else if (c.end == CLOSER_CLOSED && end != ATTEMPT_CLOSED)
		strcpy(text, "closed, but still on record");
	tell(r, k, number, end, closer_code(&c));
	return end;
}
