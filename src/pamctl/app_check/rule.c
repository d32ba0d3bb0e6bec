/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/app_check/rule.h"

#include <stdbool.h>
#include <string.h>

#include <security/_pam_types.h>

#include "pamctl/app_check/course.h"

#define STATUS_MASK 0xff	/* of what pam_end is given */

static const struct event *
no_account(const struct transaction *t)
{
	for (const struct event *e = t->event; e < t->event + t->count; e++) {
		if (e->call == CALL_AUTHENTICATE && went_well(e) &&
		    !next(t, e, is_account))
			return e;
	}
	return NULL;
}

/* What the last check of the account before a call said, if it was this. */
static bool
after_account(const struct transaction *t, const struct event *e,
    bool (*said)(const struct event *))
{
	const struct event *account = last(t, e, is_account);

	return account && said(account);
}

static bool
refused(const struct event *e)
{
	return !went_well(e) && e->result != PAM_NEW_AUTHTOK_REQD;
}

static bool
expired(const struct event *e)
{
	return e->result == PAM_NEW_AUTHTOK_REQD;
}

static const struct event *
account_ignored(const struct transaction *t)
{
	for (const struct event *e = t->event; e < t->event + t->count; e++) {
		if (lets_in(e) && after_account(t, e, refused))
			return e;
	}
	return NULL;
}

static const struct event *
expired_ignored(const struct transaction *t)
{
	for (const struct event *e = t->event; e < t->event + t->count; e++) {
		const struct event *account = last(t, e, is_account);
		const struct event *changed = last(t, e, has_changed);

		if (lets_in(e) && account && expired(account) &&
		    (!changed || changed < account))
			return e;
	}
	return NULL;
}

static const struct event *
cred_late(const struct transaction *t)
{
	const struct event *opened = next(t, t->event, has_opened);
	const struct event *given = opened ? next(t, opened, has_given) : NULL;

	return given && !last(t, opened, has_given) ? given : NULL;
}

static const struct event *
cred_kept(const struct transaction *t)
{
	const struct event *given = next(t, t->event, has_given);

	return given && !next(t, given, takes_credentials) ? given : NULL;
}

static const struct event *
session_left(const struct transaction *t)
{
	const struct event *opened = last(t, t->event + t->count, has_opened);

	return opened && !next(t, opened, is_close) ? opened : NULL;
}

/* Whoever asks for the environment is about to run something in it. */
static const struct event *
open_ignored(const struct transaction *t)
{
	for (const struct event *e = t->event; e < t->event + t->count; e++) {
		if (e->call != CALL_OPEN || went_well(e) ||
		    next(t, e, has_opened))
			continue;
		return next(t, e, is_getenvlist);
	}
	return NULL;
}

static const struct event *
close_unopened(const struct transaction *t)
{
	for (const struct event *e = t->event; e < t->event + t->count; e++) {
		const struct event *opened = last(t, e, has_opened);
		const struct event *closed = last(t, e, is_close);

		if (e->call == CALL_CLOSE &&
		    (!opened || (closed && closed > opened)))
			return e;
	}
	return NULL;
}

/* Who began it; the handle in another process is a copy. */
static bool
is_own(const struct transaction *t, const struct event *e)
{
	return e->pid == t->event[0].pid;
}

static const struct event *
copy_end(const struct transaction *t)
{
	for (const struct event *e = t->event; e < t->event + t->count; e++) {
		if (e->call == CALL_END && !is_own(t, e) &&
		    !(e->flags & PAM_DATA_SILENT))
			return e;
	}
	return NULL;
}

static const struct event *
no_end(const struct transaction *t)
{
	for (size_t i = 0; i < t->count; i++) {
		if (t->event[i].call == CALL_END && is_own(t, &t->event[i]))
			return NULL;
	}
	return &t->event[t->count - 1];
}

static const struct event *
env_unused(const struct transaction *t)
{
	const struct event *opened = next(t, t->event, has_opened);

	return opened && !next(t, opened, is_getenvlist) ? opened : NULL;
}

/* What undoes comes after what went wrong, and does not make it good. */
static bool
decides(const struct event *e)
{
	return is_primitive(e) && e->call != CALL_CLOSE &&
	    !takes_credentials(e);
}

static bool
is_last_status(const struct transaction *t, const struct event *end)
{
	const int status = end->flags & STATUS_MASK;
	bool any = false;

	for (const struct event *e = end; e-- > t->event;) {
		if (e->pid != end->pid || !is_primitive(e))
			continue;
		any = true;
		if (e->result == status)
			return true;
		if (decides(e))
			return false;
	}
	return !any || status == PAM_SUCCESS;
}

static const struct event *
end_status(const struct transaction *t)
{
	for (const struct event *e = t->event; e < t->event + t->count; e++) {
		if (e->call == CALL_END && is_own(t, e) &&
		    !is_last_status(t, e))
			return e;
	}
	return NULL;
}

const struct habit habits[] = {
	{ "no-account", LEVEL_ERROR, no_account,
	    "authenticates and does not ask whether the account may be used",
	    "An expired or locked account, or one that may not come from there "
	    "or at this time, still has its password. Only pam_acct_mgmt says "
	    "so. Call it after every pam_authenticate that succeeded." },
	{ "account-ignored", LEVEL_ERROR, account_ignored,
	    "goes on after the account was refused",
	    "pam_acct_mgmt has said that this account may not be used, and the "
	    "program gives it credentials or a session all the same. Stop at "
	    "everything but PAM_SUCCESS and PAM_NEW_AUTHTOK_REQD." },
	{ "expired-ignored", LEVEL_ERROR, expired_ignored,
	    "goes on with a password that has to be changed",
	    "PAM_NEW_AUTHTOK_REQD asks for pam_chauthtok with "
	    "PAM_CHANGE_EXPIRED_AUTHTOK, and for going on only when that "
	    "succeeds. A program that cannot change passwords refuses." },
	{ "cred-late", LEVEL_WARNING, cred_late,
	    "opens the session before there are credentials",
	    "Modules that mount a home or talk to a server in "
	    "pam_open_session need what pam_setcred gives. Call pam_setcred "
	    "with PAM_ESTABLISH_CRED first." },
	{ "cred-kept", LEVEL_WARNING, cred_kept,
	    "does not delete the credentials",
	    "Tickets and keys outlive the session. Call pam_setcred with "
	    "PAM_DELETE_CRED after pam_close_session." },
	{ "session-left", LEVEL_ERROR, session_left,
	    "opens a session and does not close it",
	    "Mounts, limits and records of the session stay. Keep a process "
	    "until the user's programs have ended, and call "
	    "pam_close_session there, also when it is asked to end or when "
	    "something fails after the opening." },
	{ "open-ignored", LEVEL_ERROR, open_ignored,
	    "goes on after the session could not be opened",
	    "A session that is refused, or is only half there, is used as if "
	    "it were one. Stop, delete the credentials and call pam_end." },
	{ "close-unopened", LEVEL_WARNING, close_unopened,
	    "closes a session that is not open",
	    "After a pam_open_session that failed, or a second time, modules "
	    "undo what they have not done. Close once, what was opened." },
	{ "copy-end", LEVEL_WARNING, copy_end,
	    "ends a forked copy of the handle as if it were the handle",
	    "Cleanup functions of modules then undo, in the child, what the "
	    "parent still needs. In a child call pam_end with "
	    "PAM_DATA_SILENT, or not at all." },
	{ "no-end", LEVEL_WARNING, no_end,
	    "does not end the handle",
	    "Modules are not told that it is over, and what they keep in "
	    "memory, passwords too, is not wiped. Call pam_end on every way "
	    "out." },
	{ "env-unused", LEVEL_WARNING, env_unused,
	    "does not fetch the environment of the session",
	    "What modules have put there, as XDG_RUNTIME_DIR or KRB5CCNAME, "
	    "does not reach the user's programs. Call pam_getenvlist after "
	    "pam_open_session." },
	{ "end-status", LEVEL_NOTE, end_status,
	    "gives pam_end a status that was not the last",
	    "Cleanup functions are told how it ended, and some keep or remove "
	    "things by it. Give pam_end the result of the last call, or of the "
	    "one for which the program stops." },
	{ NULL },
};

const struct habit *
habit_named(const char *code)
{
	for (const struct habit *h = habits; h->code; h++) {
		if (strcmp(h->code, code) == 0)
			return h;
	}
	return NULL;
}
