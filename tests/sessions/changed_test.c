/* SPDX-License-Identifier: BSD-2-Clause */
/* Between open and close the world has changed: the policy, a module's file,
 * the service, who the user is, or the place that the closer is in. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include <security/pam_session.h>

#include "base/drop.h"
#include "base/file.h"
#include "check.h"
#include "place.h"
#include "play.h"
#include "rig.h"

#define STACK                                                                  \
	"session required %M a\nsession required %M p x [y z] ]\n"             \
	"session optional %M b\n"
#define OTHER "session required %M n\n"
#define CLOSED " a.close_session p.close_session b.close_session"

static char id[40];

/* p puts; the arguments are told as well. */
static int
act(pam_handle_t *pamh, const struct rig_call *call)
{
	if (strcmp(call->argv[0], "p") != 0)
		return PAM_SUCCESS;
	if (strcmp(call->what, "open_session") == 0)
		return pam_session_put(pamh, "key", "v", 0);
	return call->argc == 4 && strcmp(call->argv[1], "x") == 0 &&
	    strcmp(call->argv[2], "y z") == 0 &&
	    strcmp(call->argv[3], "]") == 0 ? PAM_SUCCESS : PAM_SESSION_ERR;
}

static int
open_and_end(void *policy)
{
	pam_handle_t *pamh = rig_start(policy, "alice");
	const int rc = pam_open_session(pamh, 0);

	pam_end(pamh, PAM_SUCCESS);
	return rc;
}

static void
leave_open(const char *policy)
{
	_drop_(record_file_free) struct record_file f = { 0 };

	place_clear();
	rig.module = act;
	CHECK_INT("opened elsewhere", PAM_SUCCESS,
	    place_child(open_and_end, (void *)(uintptr_t)policy));
	if (place_record(STORE_SESSIONS, &f))
		strcpy(id, f.record.id);
}

static pam_handle_t *
attach(const char *label, const char *policy)
{
	pam_handle_t *pamh = rig_start(policy, "alice");

	CHECK_INT(label, PAM_SUCCESS, pam_session_attach(pamh, id));
	return pamh;
}

static void
check_own_handle(void)
{
	pam_handle_t *pamh;

	place_clear();
	rig.module = act;
	pamh = rig_start(STACK, "alice");
	pam_open_session(pamh, 0);
	rig.called[0] = '\0';
	rig_policy("svc", OTHER);
	CHECK_INT("the opener has its policy", PAM_SUCCESS,
	    pam_close_session(pamh, 0));
	CHECK_STR("from first to last", CLOSED, rig.called);
	rig_end(pamh);
}

static void
check_policy(void)
{
	pam_handle_t *pamh;

	leave_open(STACK);
	pamh = attach("another policy", OTHER);
	CHECK_INT("what is on record is closed", PAM_SUCCESS,
	    pam_close_session(pamh, 0));
	CHECK_STR("with its arguments", CLOSED, rig.called);
	CHECK_STR("and gone", "none", place_state());
	rig_end(pamh);

	leave_open("session [success=1 default=bad] %M a\n"
	    "session required %M never\nsession required %M b\n");
	pamh = attach("an entry that was passed over", OTHER);
	CHECK_INT("is passed over", PAM_SUCCESS, pam_close_session(pamh, 0));
	CHECK_STR("again", " a.close_session b.close_session", rig.called);
	rig_end(pamh);
}

/* ---- A module's file ---- */

static void
copy_module(const char *to)
{
	_drop_(freep) char *from = rig_text("%M");
	_drop_(freep) char *bytes = NULL;
	_drop_(closep) int in = open(from, O_RDONLY | O_CLOEXEC);
	_drop_(closep) int out = open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
	size_t n;

	rig_must(in >= 0 && out >= 0 &&
	    file_slurp(in, 16 << 20, &bytes, &n) == 0 &&
	    write_all(out, bytes, n) == 0, "module");
}

static void
check_module_gone(void)
{
	pam_handle_t *pamh;

	copy_module("/run/m.so");
	leave_open("session required /run/m.so a\nsession optional %M b\n");
	unlink("/run/m.so");
	pamh = attach("a module that is gone", OTHER);
	CHECK_INT("does not close", PAM_MODULE_UNKNOWN,
	    pam_close_session(pamh, 0));
	CHECK_STR("others do", " b.close_session", rig.called);
	CHECK_STR("the record stays", "closing", place_state());
	rig_end(pamh);

	copy_module("/run/m.so");
	pamh = attach("it is back", OTHER);
	CHECK_INT("and closes", PAM_SUCCESS, pam_close_session(pamh, 0));
	CHECK_STR("it alone", " a.close_session", rig.called);
	CHECK_STR("and all is well", "none", place_state());
	rig_end(pamh);
	unlink("/run/m.so");
}

/* ---- The service ---- */

static void
check_service(void)
{
	pam_handle_t *pamh;

	place_clear();
	rig_policy("svc2", OTHER);
	pamh = rig_start(STACK, "alice");
	rig.module = act;
	pam_open_session(pamh, 0);
	rig.called[0] = '\0';
	pam_set_item(pamh, PAM_SERVICE, "svc2");
	CHECK_INT("another service", PAM_SUCCESS, pam_close_session(pamh, 0));
	CHECK_STR("closes what was opened", CLOSED, rig.called);
	CHECK_STR("and it is gone", "none", place_state());
	rig.called[0] = '\0';
	CHECK_INT("opens its own", PAM_SUCCESS, pam_open_session(pamh, 0));
	CHECK_INT("and closes it", PAM_SUCCESS, pam_close_session(pamh, 0));
	CHECK_STR("alone", " n.open_session n.close_session", rig.called);
	rig_end(pamh);

	rig_policy("usher.conf", "record no\n");
	pamh = rig_start(STACK, "alice");
	pam_open_session(pamh, 0);
	rig.called[0] = '\0';
	pam_set_item(pamh, PAM_SERVICE, "svc2");
	CHECK_INT("without a record", PAM_SUCCESS, pam_close_session(pamh, 0));
	CHECK_STR("it is as elsewhere: X-24", " n.close_session", rig.called);
	rig_end(pamh);
	rig_policy("usher.conf", "");
}

/* ---- The user ---- */

static const struct {
	const char *label, *accounts;
} others[] = {
	{ "the name has another uid", "alice:x:1002:1002::/:/bin/sh\n" },
	{ "the uid has another name", "eve:x:1000:1000::/:/bin/sh\n" },
	{ "nobody has either", "root:x:0:0::/root:/bin/sh\n" },
};

/* Only what the record says is undone: what goes by a name or a home could be
 * another's. */
static void
check_user(void)
{
	for (size_t i = 0; i < COUNT(others); i++) {
		pam_handle_t *pamh;

		place_accounts(PLACE_ACCOUNTS);
		leave_open(STACK);
		place_accounts(others[i].accounts);
		pamh = attach(others[i].label, STACK);
		CHECK_INT(others[i].label, PAM_SUCCESS,
		    pam_close_session(pamh, 0));
		CHECK_STR(others[i].label, " p.close_session", rig.called);
		CHECK_STR(others[i].label, "none", place_state());
		rig_end(pamh);
	}
	place_accounts(PLACE_ACCOUNTS);
}

/* ---- The closer's place ---- */

static int
close_there(void *want)
{
	const int bad = check_bad;
	pam_handle_t *pamh = attach("there", STACK);

	CHECK_INT("close there", PAM_SUCCESS, pam_close_session(pamh, 0));
	CHECK_STR("what means something there", want, rig.called);
	pam_end(pamh, PAM_SUCCESS);
	return check_bad - bad;
}

static int
in_other_mounts(void *want)
{
	rig_must(unshare(CLONE_NEWNS) == 0, "mount namespace");
	return close_there(want);
}

static int
in_other_pids(void *want)
{
	rig_must(unshare(CLONE_NEWPID) == 0, "pid namespace");
	return place_child(close_there, want);
}

static int
find_there(void *unused)
{
	const int bad = check_bad;
	pam_handle_t *pamh = rig_start(STACK, "alice");

	(void)unused;
	pam_close_session(pamh, 0);
	CHECK_STR("as elsewhere", CLOSED, rig.called);
	pam_end(pamh, PAM_SUCCESS);
	return check_bad - bad;
}

static int
search_in_other_pids(void *unused)
{
	rig_must(unshare(CLONE_NEWPID) == 0, "pid namespace");
	return place_child(find_there, unused);
}

static int
open_and_die(void *unused)
{
	(void)unused;
	return pam_open_session(rig_start(STACK, "alice"), 0);
}

static void
check_place(void)
{
	static const struct {
		const char *label;
		int (*close)(void *want);
		const char *called;
	} places[] = {
		{ "what was put is of other mounts", in_other_mounts,
		  " a.close_session b.close_session" },
		{ "paths are the same with other pids", in_other_pids,
		  CLOSED },
	};

	for (size_t i = 0; i < COUNT(places); i++) {
		leave_open(STACK);
		CHECK_INT(places[i].label, 0, place_child(places[i].close,
		    (void *)(uintptr_t)places[i].called));
		CHECK_STR(places[i].label, "none", place_state());
	}
	/* A pid says nothing there of who lives. */
	place_clear();
	place_child(open_and_die, NULL);
	CHECK_INT("whose pids are others", 0,
	    place_child(search_in_other_pids, NULL));
	CHECK_STR("takes no session for left", "open", place_state());
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	place_begin();
	check_own_handle();
	check_policy();
	check_module_gone();
	check_service();
	check_user();
	check_place();
	return TEST_RESULT();
}
