/* SPDX-License-Identifier: BSD-2-Clause */
/* Two close at once: one does it, and the other waits, but not for ever. */
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <security/pam_appl.h>

#include "check.h"
#include "place.h"
#include "rig.h"

#define STACK "session required %M a\nsession optional %M b\n"
#define OPENED " a.open_session b.open_session"
#define CLOSED " a.close_session b.close_session"

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
	place_clear();
	rig.module = wait_in_close;
	pamh = rig_start(STACK, "alice");
	CHECK_INT("open", PAM_SUCCESS, pam_open_session(pamh, 0));
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
	check_two_closers();
	check_hanging_closer();
	return TEST_RESULT();
}
