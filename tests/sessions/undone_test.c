/* SPDX-License-Identifier: BSD-2-Clause */
/* What surrounds a rollback: settings, closes that fail, openings that are made
 * in two calls, and what the record says afterwards. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <security/pam_session.h>

#include "base/drop.h"
#include "check.h"
#include "place.h"
#include "play.h"
#include "rig.h"

#define L(control, words) "session " control " %M " words "\n"
#define A L("required", "a")
#define B L("required", "b")
#define FAILS L("required", "f session_err")
#define ALL " a.open_session b.open_session f.open_session"
#define UNDONE ALL " b.close_session a.close_session"

static const struct play rows[] = {
	{ "undone", A B FAILS, NULL, "ose",
	  "session_err success success", UNDONE, "none" },
	{ "rollback yes", A B FAILS, "rollback yes\n", "o",
	  "session_err", UNDONE, "none" },
	{ "rollback no: close runs as elsewhere", A B FAILS, "rollback no\n",
	  "o", "session_err", ALL, "opening" },
	{ "and closes what had opened: X-22", A B L("required",
	  "f session_err,success"), "rollback no\n", "os",
	  "session_err perm_denied", ALL
	  " a.close_session b.close_session f.close_session", "none" },
	{ "an excepted service", A B FAILS, "rollback-except x SVC\n", "oE",
	  "session_err success", ALL, "opening" },
	{ "that gives up", A B FAILS, "rollback-except svc\n", "oe",
	  "session_err success", ALL, "abandoned" },
	{ "another is excepted", A B FAILS, "rollback-except sv svc-i\n", "o",
	  "session_err", UNDONE, "none" },

	{ "a close that fails leaves the record",
	  L("required", "a success,session_err") B FAILS, NULL, "os",
	  "session_err success", UNDONE, "opening" },
	{ "also when the handle is gone",
	  L("required", "a success,session_err") B FAILS, NULL, "ose",
	  "session_err success success", UNDONE, "opening" },
	{ "the others are undone all the same",
	  A L("required", "b success,auth_err") FAILS, NULL, "o",
	  "session_err", UNDONE, "opening" },
	{ "nothing to do is well", L("required", "a success,ignore") B FAILS,
	  NULL, "o", "session_err", UNDONE, "none" },
	{ "a module that has no close is well",
	  "session optional %H\n" A FAILS, NULL, "o", "session_err",
	  " a.open_session f.open_session a.close_session", "none" },
	{ "what failed and was optional is not undone",
	  A L("optional", "b auth_err") FAILS, NULL, "o", "session_err",
	  ALL " a.close_session", "none" },
	{ "what ignored is not undone", A L("required", "b ignore") FAILS,
	  NULL, "o", "session_err", ALL " a.close_session", "none" },
	{ "all of the same name", A A FAILS, NULL, "o", "session_err",
	  " a.open_session a.open_session f.open_session a.close_session"
	  " a.close_session", "none" },

	{ "not ready yet: nothing is undone", A L("required",
	  "f incomplete,session_err"), NULL, "o", "incomplete",
	  " a.open_session f.open_session", "opening" },
	{ "ready, and fails", A L("required", "f incomplete,session_err") B,
	  NULL, "oo", "incomplete session_err", " a.open_session"
	  " f.open_session f.open_session b.open_session b.close_session"
	  " a.close_session", "none" },
	{ "ready, and opens", A L("required", "f incomplete,success"),
	  NULL, "oos", "incomplete success success", NULL, "none" },
	{ "another call in the middle is none: R-2", A L("required",
	  "f incomplete,success"), NULL, "os", "incomplete abort",
	  " a.open_session f.open_session", "opening" },
	{ "given up in the middle", A L("required", "f incomplete"), NULL,
	  "oe", "incomplete success", NULL, "abandoned" },

	{ "once more, and it opens", A L("required", "f session_err,success"),
	  NULL, "ooss", "session_err success success success",
	  " a.open_session f.open_session a.close_session a.open_session"
	  " f.open_session a.close_session f.close_session", "none" },
	{ "what is not reached this time is not undone",
	  A "session requisite %M f success,success,session_err\n" B, NULL,
	  "oso", "success success session_err", " a.open_session"
	  " f.open_session b.open_session a.close_session f.close_session"
	  " b.close_session a.open_session f.open_session a.close_session",
	  "none" },
	{ "a second opening that fails leaves the first", A L("required",
	  "f success,session_err,success"), NULL, "oo", "success session_err",
	  " a.open_session f.open_session a.open_session f.open_session",
	  "open" },
	{ "credentials are the program's to delete",
	  "auth required %M c\n" A FAILS, NULL, "CoD",
	  "success session_err success", " c.setcred a.open_session"
	  " f.open_session a.close_session c.setcred", "none" },
	{ "and are set after it as if nothing had been",
	  "auth required %M c\n" A FAILS, NULL, "oCe",
	  "session_err success success", NULL, "none" },
};

static void
check_without_records(void)
{
	pam_handle_t *pamh;

	place_clear();
	rig_must(rmdir(STORE_SESSIONS) == 0 && rmdir("/run/usher") == 0,
	    "directory to remove");
	pamh = rig_start(A B FAILS, "alice");
	CHECK_INT("no directory: the same code", PAM_SESSION_ERR,
	    pam_open_session(pamh, 0));
	CHECK_STR("and the same closes", UNDONE, rig.called);
	CHECK_INT("and nothing later", PAM_SUCCESS,
	    pam_close_session(pamh, 0));
	CHECK_STR("at all", UNDONE, rig.called);
	rig_end(pamh);
	place_clear();
}

static void
check_stranger(void)
{
	pam_handle_t *pamh;

	pamh = rig_start(A B FAILS, "carol");
	CHECK_INT("nobody we know", PAM_SESSION_ERR,
	    pam_open_session(pamh, 0));
	CHECK_STR("is undone too", UNDONE, rig.called);
	CHECK_INT("and gone", 0, place_records());
	rig_end(pamh);
}

/* A module that puts something down, takes it back, and fails. */
static int
puts_and_fails(pam_handle_t *pamh, const struct rig_call *call)
{
	if (strcmp(call->what, "open_session") != 0)
		return PAM_SUCCESS;
	pam_session_put(pamh, "key", "value", 0);
	if (strcmp(call->argv[0], "back") == 0)
		pam_session_put(pamh, "key", NULL, 0);
	return PAM_SESSION_ERR;
}

static void
check_puts(void)
{
	pam_handle_t *pamh;

	rig_reset();
	rig.module = puts_and_fails;
	pamh = rig_start(L("optional", "back") L("optional", "kept"), "alice");
	CHECK_INT("both failed", PAM_PERM_DENIED,
	    pam_open_session(pamh, 0));
	CHECK_STR("what was put and not taken back is to be undone",
	    " back.open_session kept.open_session kept.close_session",
	    rig.called);
	rig_end(pamh);
	rig_reset();
}

static int flags_of_close;

static int
see_flags(pam_handle_t *pamh, const struct rig_call *call)
{
	if (strcmp(call->what, "close_session") == 0)
		flags_of_close = call->flags;
	return rig_default(pamh, call);
}

/* The events tell it in order, with one id, and the second names who undid. */
static void
check_told(void)
{
	_drop_(freep) char *text = NULL;
	const char *id = NULL, *back, *failed;
	pam_handle_t *pamh;

	place_clear();
	rig.module = see_flags;
	pamh = rig_start(A FAILS, "alice");
	pam_open_session(pamh, PAM_SILENT);
	CHECK_INT("silence is kept", PAM_SILENT, flags_of_close);
	pam_session_id(pamh, &id);
	text = place_events();
	back = strstr(text, "\"event\":\"rollback\"");
	failed = strstr(text, "\"event\":\"open-failed\"");
	CHECK("both are told", back && failed && strstr(back, id) &&
	    strstr(failed, id));
	CHECK("and who decided", failed && strstr(failed,
	    "\"answer\":\"session_err\""));
	rig_end(pamh);
	rig_reset();
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	place_begin();
	play_all(rows, COUNT(rows));
	check_without_records();
	check_stranger();
	check_puts();
	check_told();
	return TEST_RESULT();
}
