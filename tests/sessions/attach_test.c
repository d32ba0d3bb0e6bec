/* SPDX-License-Identifier: BSD-2-Clause */
/* Another handle than the one that opened closes: by the id, or by what else is
 * known of the session. */
#include <stdlib.h>
#include <string.h>

#include <security/pam_session.h>

#include "base/drop.h"
#include "check.h"
#include "foreign.h"
#include "place.h"
#include "rig.h"

static char id[40];

/* A session that nobody holds; its id goes to the static one. */
static void
leave_open(void)
{
	_drop_(record_file_free) struct record_file f = { 0 };

	foreign_open();
	if (place_record(STORE_SESSIONS, &f))
		strcpy(id, f.record.id);
}

static void
check_variable(pam_handle_t *pamh, const char *name, const char *want)
{
	CHECK_STR(name, want, pam_getenv(pamh, name));
}

static void
check_taken(pam_handle_t *pamh)
{
	const void *item = NULL;
	const char *now = NULL;

	check_variable(pamh, "FROM", "the opener");
	check_variable(pamh, "USHER_SESSION_ID", id);
	pam_session_id(pamh, &now);
	CHECK_STR("the session's id", id, now);
	pam_get_item(pamh, PAM_TTY, &item);
	CHECK_STR("the session's terminal", "tty1", item);
	pam_get_item(pamh, PAM_USER, &item);
	CHECK_STR("the session's user", "alice", item);
}

static void
check_by_id(void)
{
	pam_handle_t *pamh;

	place_clear();
	leave_open();
	CHECK_STR("detached", "detached", place_state());
	pamh = rig_start(FOREIGN_STACK, NULL);
	rig.module = foreign_act;
	CHECK_INT("attach", PAM_SUCCESS, pam_session_attach(pamh, id));
	check_taken(pamh);
	CHECK("nothing of it is odd", !rig_logged("ignored"));
	CHECK_INT("twice", PAM_SYSTEM_ERR, pam_session_attach(pamh, id));
	CHECK_INT("close: what failed to open as well", PAM_SUCCESS,
	    pam_close_session(pamh, 0));
	CHECK_STR("all of it", FOREIGN_CLOSED, rig.called);
	CHECK_STR("and it is gone", "none", place_state());
	CHECK_INT("closed for good", PAM_SUCCESS, pam_close_session(pamh, 0));
	CHECK_STR("nothing more", FOREIGN_CLOSED, rig.called);
	rig_end(pamh);
}

/* ---- Refusals ---- */

static int
attach_as_alice(void *data)
{
	place_become(ALICE);
	return pam_session_attach(data, id);
}

static int code_in_module;

static int
attach_in_module(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)call;
	code_in_module = pam_session_attach(pamh, id);
	return PAM_SUCCESS;
}

static const struct {
	const char *label, *user, *id;	/* NULL: the one that is there */
	int want;
} refusals[] = {
	{ "another user's", "bob", NULL, PAM_PERM_DENIED },
	{ "that is not there", "alice",
	  "01234567-89ab-7def-8123-456789abcdef", PAM_SESSION_ERR },
	{ "an id that is none", "alice", "../../../../etc/passwd",
	  PAM_SESSION_ERR },
	{ "an empty id", "alice", "", PAM_SESSION_ERR },
	{ "in large letters", "alice", "01234567-89AB-7DEF-8123-456789ABCDEF",
	  PAM_SESSION_ERR },
};

static void
check_refusals(void)
{
	pam_handle_t *pamh;

	place_clear();
	leave_open();
	for (size_t i = 0; i < COUNT(refusals); i++) {
		pamh = rig_start(FOREIGN_STACK, refusals[i].user);
		CHECK_INT(refusals[i].label, refusals[i].want,
		    pam_session_attach(pamh,
			refusals[i].id ? refusals[i].id : id));
		rig_end(pamh);
	}
	pamh = rig_start(FOREIGN_STACK, "alice");
	CHECK_INT("no handle", PAM_SYSTEM_ERR, pam_session_attach(NULL, id));
	CHECK_INT("no id", PAM_SYSTEM_ERR, pam_session_attach(pamh, NULL));
	CHECK_INT("not root", PAM_PERM_DENIED,
	    place_child(attach_as_alice, pamh));
	rig.module = attach_in_module;
	pam_authenticate(pamh, 0);
	CHECK_INT("a module", PAM_SYSTEM_ERR, code_in_module);
	rig.module = NULL;
	CHECK_INT("after open", PAM_SUCCESS, pam_open_session(pamh, 0));
	CHECK_INT("has one", PAM_SYSTEM_ERR, pam_session_attach(pamh, id));
	rig_end(pamh);
}

/* ---- Credentials ---- */

static int
log_in(void *unused)
{
	pam_handle_t *pamh = foreign_start();

	(void)unused;
	pam_setcred(pamh, PAM_ESTABLISH_CRED);
	pam_open_session(pamh, 0);
	return pam_end(pamh, PAM_SUCCESS);
}

static void
check_credentials(bool deletes, const char *state)
{
	_drop_(record_file_free) struct record_file f = { 0 };
	pam_handle_t *pamh;

	place_clear();
	place_child(log_in, NULL);
	CHECK("on record", place_record(STORE_SESSIONS, &f));
	pamh = rig_start(FOREIGN_STACK, "alice");
	rig.module = foreign_act;
	pam_session_attach(pamh, f.record.id);
	CHECK_INT("close", PAM_SUCCESS, pam_close_session(pamh, 0));
	CHECK_STR("credentials keep the record", "closed", place_state());
	if (deletes)
		CHECK_INT("deleted", PAM_SUCCESS,
		    pam_setcred(pamh, PAM_DELETE_CRED));
	rig_end(pamh);
	CHECK_STR("by who closed", state, place_state());
}

/* ---- Whose word counts ---- */

static int
set_variable(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)call;
	CHECK_INT("a module sets it", PAM_SUCCESS,
	    pam_putenv(pamh, "USHER_SESSION_ID=of a module"));
	CHECK_INT("and deletes it", PAM_SUCCESS,
	    pam_putenv(pamh, "USHER_SESSION_ID"));
	return PAM_SUCCESS;
}

static void
check_variable_is_ours(void)
{
	pam_handle_t *pamh;
	const char *own = NULL;

	place_clear();
	leave_open();
	setenv("USHER_SESSION_ID", id, 1);
	pamh = rig_start(FOREIGN_STACK, "alice");
	rig.module = set_variable;
	pam_putenv(pamh, "USHER_SESSION_ID=of a program");
	check_variable(pamh, "USHER_SESSION_ID", NULL);
	CHECK("the log says so", rig_logged("ignored"));
	pam_close_session(pamh, 0);
	CHECK_STR("nobody's environment says what is meant", "detached",
	    place_state());
	CHECK_INT("open", PAM_SUCCESS, pam_open_session(pamh, 0));
	pam_session_id(pamh, &own);
	check_variable(pamh, "USHER_SESSION_ID", own);
	CHECK("it has an id of its own", strcmp(own, id) != 0);
	rig_end(pamh);
	unsetenv("USHER_SESSION_ID");
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	place_begin();
	check_by_id();
	check_refusals();
	check_credentials(true, "none");
	check_credentials(false, "closed");
	check_variable_is_ours();
	return TEST_RESULT();
}
