/* SPDX-License-Identifier: BSD-2-Clause */
/* The handle that opened closes, or its copy in another process: with what
 * that process may still reach. */
#include <sys/stat.h>
#include <unistd.h>

#include <security/pam_appl.h>

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
	return TEST_RESULT();
}
