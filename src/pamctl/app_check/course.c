/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/app_check/course.h"

#include <security/_pam_types.h>

#define GIVES (PAM_ESTABLISH_CRED | PAM_REINITIALIZE_CRED)

bool
went_well(const struct event *e)
{
	return e->result == PAM_SUCCESS;
}

static bool
gives_credentials(const struct event *e)
{
	return e->call == CALL_SETCRED && !(e->flags & PAM_DELETE_CRED) &&
	    (e->flags & GIVES || !(e->flags & PAM_REFRESH_CRED));
}

bool
takes_credentials(const struct event *e)
{
	return e->call == CALL_SETCRED && e->flags & PAM_DELETE_CRED;
}

bool
lets_in(const struct event *e)
{
	return gives_credentials(e) || e->call == CALL_OPEN;
}

bool
has_opened(const struct event *e)
{
	return e->call == CALL_OPEN && went_well(e);
}

bool
has_given(const struct event *e)
{
	return gives_credentials(e) && went_well(e);
}

bool
has_changed(const struct event *e)
{
	return e->call == CALL_CHAUTHTOK && went_well(e);
}

bool
is_account(const struct event *e)
{
	return e->call == CALL_ACCOUNT;
}

bool
is_close(const struct event *e)
{
	return e->call == CALL_CLOSE;
}

bool
is_getenvlist(const struct event *e)
{
	return e->call == CALL_GETENVLIST;
}

bool
is_primitive(const struct event *e)
{
	return e->call > CALL_START && e->call <= CALL_CHAUTHTOK;
}

const struct event *
next(const struct transaction *t, const struct event *from,
    bool (*is)(const struct event *))
{
	for (const struct event *e = from; e < t->event + t->count; e++) {
		if (is(e))
			return e;
	}
	return NULL;
}

const struct event *
last(const struct transaction *t, const struct event *before,
    bool (*is)(const struct event *))
{
	for (const struct event *e = before; e-- > t->event;) {
		if (is(e))
			return e;
	}
	return NULL;
}
