/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/reap/attempt.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/file.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "base/row.h"
#include "pamctl/sessions/roster.h"
#include "policy/code.h"
#include "record/event.h"

/* Whether somebody is working on the record at this moment. 0, -EBUSY, or
 * -ENOENT when it is gone. */
static int
look_at(const struct roster *r, const struct known *k)
{
	_drop_(closep) int fd = store_find(r->store, &k->name);

	if (fd < 0)
		return fd;
	return flock(fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK ?
	    -EBUSY : 0;
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
    unsigned number)
{
	const int now = look_at(r, k);

	if (now == -ENOENT)
		return ATTEMPT_CLOSED;
	if (now == -EBUSY || c->end == CLOSER_FAILED ||
	    closer_code(c) == PAM_TRY_AGAIN)
		return ATTEMPT_BUSY;
	return number < LIFE_ATTEMPTS ? ATTEMPT_FAILED : ATTEMPT_STUCK;
}

enum attempt_end
attempt(struct roster *r, const struct known *k, unsigned deadline,
    char text[CLOSER_TEXT])
{
	const unsigned number = k->file.record.attempts + 1;
	enum attempt_end end;
	struct closer c;
	const int rc = look_at(r, k);

	*text = '\0';
	if (rc < 0)
		return rc == -ENOENT ? ATTEMPT_GONE : ATTEMPT_BUSY;
	note_attempt(r, k, number);
	closer_run(&k->file.record, deadline, &c);
	closer_text(&c, text);
	end = judge(r, k, &c, number);
	if (c.end == CLOSER_CLOSED && end != ATTEMPT_CLOSED)
		strcpy(text, "closed, but still on record");
	log_event(r, k, "reap", number,
	    end == ATTEMPT_CLOSED ? PAM_SUCCESS : closer_code(&c));
	if (end == ATTEMPT_STUCK) {
		note_stuck(r, k);
		log_event(r, k, "stuck", number, closer_code(&c));
	}
	return end;
}
