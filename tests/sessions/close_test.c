/* SPDX-License-Identifier: BSD-2-Clause */
/* The handle that opened closes, or its copy in another process: with what
 * that process may still reach, and at the same time as others. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <security/pam_session.h>

#include "base/drop.h"
#include "check.h"
#include "place.h"
#include "play.h"
#include "rig.h"

#define STACK "session required %M a\nsession optional %M b\n"
#define OPENED " a.open_session b.open_session"
#define CLOSED " a.close_session b.close_session"
#define WITH_CRED "auth required %M c\n" STACK

static const struct play rows[] = {
	{ "one by one", STACK, NULL, "os", "success success", OPENED CLOSED,
	  "none" },
	{ "close twice: the second has nothing to do", STACK, NULL, "oss",
	  "success success success", OPENED CLOSED, "none" },
	{ "without a record it has, as elsewhere", STACK, "record no\n", "oss",
	  "success success success", OPENED CLOSED CLOSED, "none" },
	{ "close without open runs the stack: X-25", STACK, NULL, "s",
	  "success", CLOSED, "none" },
	{ "again and again", STACK, NULL, "ss", "success success",
	  CLOSED CLOSED, "none" },
	{ "a second open, one close", STACK, NULL, "oos",
	  "success success success", OPENED OPENED CLOSED, "none" },
	{ "open, close, open", STACK, NULL, "oso",
	  "success success success", OPENED CLOSED OPENED, "open" },
	{ "and close", STACK, NULL, "ososs",
	  "success success success success success",
	  OPENED CLOSED OPENED CLOSED, "none" },
	{ "open after a close without open", STACK, NULL, "sos",
	  "success success success", CLOSED OPENED CLOSED, "none" },

	{ "a close that fails is told, and the record stays",
	  "session required %M a success,session_err\n", NULL, "os",
	  "success session_err", NULL, "closing" },
	{ "and may be tried again", "session required %M a "
	  "success,session_err,success\n", NULL, "oss",
	  "success session_err success",
	  " a.open_session a.close_session a.close_session", "none" },
	{ "without those that have closed", "session required %M b\n"
	  "session required %M a success,session_err,success\n", NULL, "oss",
	  "success session_err success", " b.open_session a.open_session"
	  " b.close_session a.close_session a.close_session", "none" },
	{ "not ready to close: who has closed is not asked again",
	  "session required %M a\nsession required %M b "
	  "success,incomplete,success\n", NULL, "oss",
	  "success incomplete success", OPENED CLOSED " b.close_session",
	  "none" },
	{ "without a record neither", "session required %M a\n"
	  "session required %M b success,incomplete,success\n",
	  "record no\n", "oss", "success incomplete success",
	  OPENED CLOSED " b.close_session", "none" },
	{ "what never opened may fail to close",
	  "session optional %M a session_err,session_err\n"
	  "session required %M b\n", NULL, "os", "success success",
	  OPENED CLOSED, "none" },

	{ "credentials that are there keep the record", WITH_CRED, NULL, "Cos",
	  "success success success", NULL, "closed" },
	{ "set after open as well", WITH_CRED, NULL, "oCs",
	  "success success success", NULL, "closed" },
	{ "until who closed deletes them", WITH_CRED, NULL, "CosD",
	  "success success success success", NULL, "none" },
	{ "or ends without", WITH_CRED, NULL, "Cose",
	  "success success success success", NULL, "none" },
	{ "silently too", WITH_CRED, NULL, "CosE",
	  "success success success success", NULL, "none" },
	{ "deleted before", WITH_CRED, NULL, "CoDs",
	  "success success success success", NULL, "none" },
	{ "deleted only, they never were there", WITH_CRED, NULL, "oDs",
	  "success success success", NULL, "none" },
	{ "close twice, credentials there", WITH_CRED, NULL, "Coss",
	  "success success success success", NULL, "closed" },

	{ "ended while open: somebody else closes", STACK, NULL, "oe",
	  "success success", NULL, "detached" },
	{ "ended silently: nothing is said", STACK, NULL, "oE",
	  "success success", NULL, "open" },
};

static int
end_copy(void *data)
{
	return pam_end(data, PAM_SUCCESS);
}

static int
close_copy(void *data)
{
	const int bad = check_bad;

	CHECK_INT("a child closes", PAM_SUCCESS, pam_close_session(data, 0));
	CHECK_STR("and all runs there", OPENED CLOSED, rig.called);
	return check_bad - bad;
}

static pam_handle_t *
open_one(void)
{
	pam_handle_t *pamh;

	place_clear();
	pamh = rig_start(STACK, "alice");
	CHECK_INT("open", PAM_SUCCESS, pam_open_session(pamh, 0));
	return pamh;
}

static void
check_child(void)
{
	pam_handle_t *pamh = open_one();

	place_child(end_copy, pamh);
	CHECK_STR("a child that ends its copy says nothing", "open",
	    place_state());
	CHECK_INT("closed in a child", 0, place_child(close_copy, pamh));
	CHECK_STR("is closed", "none", place_state());
	CHECK_INT("for the opener too", PAM_SUCCESS,
	    pam_close_session(pamh, 0));
	CHECK_STR("where nothing runs", OPENED, rig.called);
	rig_end(pamh);
}

/* What somebody else has closed is not opened a second time, but anew. */
static void
check_open_after_child(void)
{
	pam_handle_t *pamh = open_one();

	CHECK_INT("closed in a child", 0, place_child(close_copy, pamh));
	CHECK_INT("opened once more", PAM_SUCCESS, pam_open_session(pamh, 0));
	CHECK_STR("is on record again", "open", place_state());
	CHECK_INT("and closes", PAM_SUCCESS, pam_close_session(pamh, 0));
	CHECK_STR("what it opened", OPENED OPENED CLOSED, rig.called);
	CHECK_STR("for good", "none", place_state());
	rig_end(pamh);
}

static int
close_as_alice(void *data)
{
	place_become(ALICE);
	return close_copy(data);
}

static int
close_in_jail(void *data)
{
	rig_must(mkdir("/run/jail", 0700) == 0 && chroot("/run/jail") == 0 &&
	    chdir("/") == 0, "jail");
	return close_copy(data);
}

static int
close_in_other_run(void *data)
{
	place_begin();
	return close_copy(data);
}

/* Who cannot reach the record does what is done elsewhere, and the record
 * stays for who can. */
static void
check_unreachable(void)
{
	static const struct {
		const char *label;
		int (*close)(void *data);
	} closers[] = {
		{ "without privileges", close_as_alice },
		{ "in another root", close_in_jail },
		{ "where another /run is", close_in_other_run },
	};

	for (size_t i = 0; i < COUNT(closers); i++) {
		pam_handle_t *pamh = open_one();

		CHECK_INT(closers[i].label, 0,
		    place_child(closers[i].close, pamh));
		CHECK_STR(closers[i].label, "open", place_state());
		CHECK_INT(closers[i].label, PAM_SUCCESS,
		    pam_close_session(pamh, 0));
		CHECK_STR(closers[i].label, OPENED CLOSED, rig.called);
		rig_end(pamh);
		rmdir("/run/jail");
	}
}

/* Only the status of who opened, at his pam_end, says what he means. */
static void
check_gives_up(void)
{
	pam_handle_t *pamh = open_one();

	pam_end(pamh, PAM_CRED_ERR);
	CHECK_STR("who gives up says so", "abandoned", place_state());
}

/* ---- Two at once ---- */

static int entered[2], leave[2];
static pid_t other;
static bool lets_go;
static unsigned slept;

/* Whoever waits for the lock sleeps here; the other closer is let go and waited
 * for, so that no time passes. */
__attribute__((visibility("default"))) int
nanosleep(const struct timespec *want, struct timespec *left)
{
	(void)want;
	(void)left;
	slept++;
	if (lets_go && other) {
		rig_must(write(leave[1], "", 1) == 1, "pipe");
		CHECK_INT("the first closes", 0, place_wait(other));
		other = 0;
	}
	return 0;
}

static int
wait_in_close(pam_handle_t *pamh, const struct rig_call *call)
{
	char c;

	(void)pamh;
	if (other == -1 && strcmp(call->what, "close_session") == 0 &&
	    strcmp(call->argv[0], "a") == 0) {
		rig_must(write(entered[1], "", 1) == 1, "pipe");
		rig_must(read(leave[0], &c, 1) == 1, "pipe");
	}
	return PAM_SUCCESS;
}

static int
close_slowly(void *data)
{
	other = -1;
	return pam_close_session(data, 0);
}

static pam_handle_t *
begin_two(void)
{
	pam_handle_t *pamh;
	char c;

	rig_must(pipe(entered) == 0 && pipe(leave) == 0, "pipes");
	rig.module = wait_in_close;
	pamh = open_one();
	slept = 0;
	other = place_fork(close_slowly, pamh);
	rig_must(read(entered[0], &c, 1) == 1, "closer");
	return pamh;
}

static void
end_two(pam_handle_t *pamh)
{
	rig_end(pamh);
	for (int i = 0; i < 2; i++) {
		close(entered[i]);
		close(leave[i]);
	}
	rig_reset();
}

static void
check_two_closers(void)
{
	pam_handle_t *pamh = begin_two();

	lets_go = true;
	CHECK_INT("the second waits", PAM_SUCCESS,
	    pam_close_session(pamh, 0));
	CHECK_STR("and finds it done", OPENED, rig.called);
	CHECK("he has waited", slept > 0);
	CHECK_STR("by the first", "none", place_state());
	end_two(pamh);
}

static void
check_hanging_closer(void)
{
	pam_handle_t *pamh = begin_two();

	lets_go = false;
	CHECK_INT("who waits too long fails", PAM_SESSION_ERR,
	    pam_close_session(pamh, 0));
	CHECK_STR("and has run nothing", OPENED, rig.called);
	CHECK("the log says so", rig_logged("by somebody else"));
	CHECK("he waits for a moment only", slept <= 100);
	kill(other, SIGKILL);
	CHECK_INT("the first is killed", -1, place_wait(other));
	CHECK_STR("in the middle", "closing", place_state());
	CHECK_INT("then the second may", PAM_SUCCESS,
	    pam_close_session(pamh, 0));
	CHECK_STR("and does all", OPENED CLOSED, rig.called);
	CHECK_STR("that was to do", "none", place_state());
	end_two(pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	place_begin();
	play_all(rows, COUNT(rows));
	check_child();
	check_open_after_child();
	check_unreachable();
	check_gives_up();
	check_two_closers();
	check_hanging_closer();
	return TEST_RESULT();
}
