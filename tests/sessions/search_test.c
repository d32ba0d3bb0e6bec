/* SPDX-License-Identifier: BSD-2-Clause */
/* A close without an open finds the session that is meant by what a program
 * knows of it, if there is exactly one that nobody else is going to close. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <security/pam_session.h>

#include "base/drop.h"
#include "check.h"
#include "place.h"
#include "play.h"
#include "rig.h"

#define STACK                                                                  \
	"auth required %M c\n"                                                 \
	"session required %M a\nsession optional %M b session_err\n"           \
	"session required %M p\n"
#define CLOSED " a.close_session b.close_session p.close_session"

/* p puts, and says at close what it then has. */
static int
act(pam_handle_t *pamh, const struct rig_call *call)
{
	const char *value = NULL;

	if (strcmp(call->argv[0], "p") != 0)
		return rig_default(pamh, call);
	if (strcmp(call->what, "open_session") == 0) {
		pam_putenv(pamh, "FROM=the opener");
		return pam_session_put(pamh, "key", "of p", 0);
	}
	return pam_session_get(pamh, "key", &value) == PAM_SUCCESS &&
	    strcmp(value, "of p") == 0 ? PAM_SUCCESS : PAM_SESSION_ERR;
}

static pam_handle_t *
begin(const char *tty)
{
	pam_handle_t *pamh = rig_start(STACK, "alice");

	rig.module = act;
	pam_set_item(pamh, PAM_TTY, tty);
	return pamh;
}

/* As a child, so that its opener is dead afterwards. */
static int
open_and_end(void *tty)
{
	pam_handle_t *pamh = begin(tty);
	const int rc = pam_open_session(pamh, 0);

	pam_end(pamh, PAM_SUCCESS);
	return rc;
}

static int
open_and_die(void *tty)
{
	return pam_open_session(begin(tty), 0);
}

/* A session that nobody holds. */
static void
leave_open(const char *tty)
{
	CHECK_INT("opened elsewhere", PAM_SUCCESS,
	    place_child(open_and_end, (void *)(uintptr_t)tty));
}

static void
check_variable(pam_handle_t *pamh, const char *name, const char *want)
{
	CHECK_STR(name, want, pam_getenv(pamh, name));
}

/* Who opens, what the closer knows, and whether that is enough. */
static const struct {
	const char *label;
	int (*open)(void *tty);
	const char *user, *tty, *host;
	bool found;
} searches[] = {
	{ "of the same user and terminal", open_and_end, "alice", "tty1",
	  NULL, true },
	{ "whose opener is dead", open_and_die, "alice", "tty1", NULL, true },
	{ "of another terminal", open_and_end, "alice", "tty2", NULL, false },
	{ "of no terminal", open_and_end, "alice", NULL, NULL, false },
	{ "of another user", open_and_end, "bob", "tty1", NULL, false },
	{ "of nobody", open_and_end, NULL, "tty1", NULL, false },
	{ "from another host", open_and_end, "alice", "tty1", "h", false },
};

static void
check_searches(void)
{
	for (size_t i = 0; i < COUNT(searches); i++) {
		const char *label = searches[i].label;
		const char *value;
		pam_handle_t *pamh;

		place_clear();
		place_child(searches[i].open,
		    (void *)(uintptr_t)"tty1");
		pamh = rig_start(STACK, searches[i].user);
		pam_set_item(pamh, PAM_TTY, searches[i].tty);
		pam_set_item(pamh, PAM_RHOST, searches[i].host);
		pam_close_session(pamh, 0);
		value = pam_getenv(pamh, "FROM");
		CHECK(label, !value == !searches[i].found);
		CHECK_INT(label, !searches[i].found, place_records());
		CHECK_STR(label, CLOSED, rig.called);
		rig_end(pamh);
	}
}

static void
check_two(void)
{
	pam_handle_t *pamh;

	place_clear();
	leave_open("tty1");
	leave_open("tty1");
	pamh = begin("tty1");
	pam_close_session(pamh, 0);
	CHECK_STR("of two none is meant: as elsewhere", CLOSED, rig.called);
	check_variable(pamh, "FROM", NULL);
	CHECK_INT("both stay", 2, place_records());
	CHECK("the log says so", rig_logged("more than one session"));
	rig_end(pamh);
}

static int
close_anything(void *tty)
{
	const int bad = check_bad;
	pam_handle_t *pamh = begin(tty);

	pam_close_session(pamh, 0);
	check_variable(pamh, "FROM", NULL);
	pam_end(pamh, PAM_SUCCESS);
	return check_bad - bad;
}

/* The shell of a session is below its opener. */
static int
close_from_below(void *tty)
{
	const int bad = check_bad;
	pam_handle_t *pamh = begin(tty);

	pam_close_session(pamh, 0);
	check_variable(pamh, "FROM", "the opener");
	pam_end(pamh, PAM_SUCCESS);
	return check_bad - bad;
}

static int to[2], from[2];

static void
tell_and_wait(void)
{
	char c;

	rig_must(write(from[1], "", 1) == 1 && read(to[0], &c, 1) == 1,
	    "pipes");
}

static int
open_and_wait(void *tty)
{
	const int rc = open_and_die(tty);

	tell_and_wait();
	return rc;
}

/* fn in a child, up to where it tells. */
static pid_t
begin_child(int (*fn)(void *data))
{
	pid_t child;
	char c;

	rig_must(pipe(to) == 0 && pipe(from) == 0, "pipes");
	child = place_fork(fn, (void *)(uintptr_t)"tty1");
	rig_must(read(from[0], &c, 1) == 1, "child");
	return child;
}

static void
end_child(pid_t child, int signal)
{
	kill(child, signal);
	place_wait(child);
	for (int i = 0; i < 2; i++) {
		close(to[i]);
		close(from[i]);
	}
}

/* A session that lives is its opener's, and of who is below him. */
static void
check_living(void)
{
	pid_t opener;

	place_clear();
	opener = begin_child(open_and_wait);
	CHECK_INT("somebody's who lives", 0,
	    place_child(close_anything, (void *)(uintptr_t)"tty1"));
	CHECK_STR("is not taken", "open", place_state());
	end_child(opener, SIGKILL);

	place_clear();
	CHECK_INT("opened here", PAM_SUCCESS,
	    pam_open_session(begin("tty1"), 0));
	CHECK_INT("is taken from below", 0,
	    place_child(close_from_below, (void *)(uintptr_t)"tty1"));
	CHECK_STR("and gone", "none", place_state());
	rig_end(rig.pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	place_begin();
	check_searches();
	check_two();
	check_living();
	return TEST_RESULT();
}
