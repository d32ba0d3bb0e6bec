/* SPDX-License-Identifier: BSD-2-Clause */
/* A close without an open finds the session that is meant by what a program
 * knows of it, if there is exactly one that nobody else is going to close. */
#include <security/pam_appl.h>

#include "base/drop.h"
#include "check.h"
#include "foreign.h"
#include "held.h"
#include "place.h"
#include "rig.h"

/* Who opens, what the closer knows, and whether that is enough. */
static const struct {
	const char *label;
	int (*open)(void *unused);
	const char *user, *tty, *host;
	bool found;
} searches[] = {
	{ "of the same user and terminal", foreign_end, "alice", "tty1",
	  NULL, true },
	{ "whose opener is dead", foreign_die, "alice", "tty1", NULL, true },
	{ "of another terminal", foreign_end, "alice", "tty2", NULL, false },
	{ "of no terminal", foreign_end, "alice", NULL, NULL, false },
	{ "of another user", foreign_end, "bob", "tty1", NULL, false },
	{ "of nobody", foreign_end, NULL, "tty1", NULL, false },
	{ "from another host", foreign_end, "alice", "tty1", "h", false },
};

static void
check_searches(void)
{
	for (size_t i = 0; i < COUNT(searches); i++) {
		const char *label = searches[i].label;
		const char *value;
		pam_handle_t *pamh;

		place_clear();
		place_child(searches[i].open, NULL);
		pamh = rig_start(FOREIGN_STACK, searches[i].user);
		pam_set_item(pamh, PAM_TTY, searches[i].tty);
		pam_set_item(pamh, PAM_RHOST, searches[i].host);
		pam_close_session(pamh, 0);
		value = pam_getenv(pamh, "FROM");
		CHECK(label, !value == !searches[i].found);
		CHECK_INT(label, !searches[i].found, place_records());
		CHECK_STR(label, FOREIGN_CLOSED, rig.called);
		rig_end(pamh);
	}
}

static void
check_two(void)
{
	pam_handle_t *pamh;

	place_clear();
	foreign_open();
	foreign_open();
	pamh = foreign_start();
	pam_close_session(pamh, 0);
	CHECK_STR("of two none is meant: as elsewhere", FOREIGN_CLOSED,
	    rig.called);
	CHECK_STR("FROM", NULL, pam_getenv(pamh, "FROM"));
	CHECK_INT("both stay", 2, place_records());
	CHECK("the log says so", rig_logged("more than one session"));
	rig_end(pamh);
}

/* Whose session it is that is closed: by the text that the opener has left. */
static int
close_one(void *from)
{
	const int bad = check_bad;
	pam_handle_t *pamh = foreign_start();

	pam_close_session(pamh, 0);
	CHECK_STR("FROM", from, pam_getenv(pamh, "FROM"));
	pam_end(pamh, PAM_SUCCESS);
	return check_bad - bad;
}

static int
open_and_wait(void *unused)
{
	const int rc = foreign_die(unused);

	held_stop();
	return rc;
}

/* A session that lives is its opener's, and of who is below him. */
static void
check_living(void)
{
	pid_t opener;

	place_clear();
	opener = held_begin(open_and_wait, NULL);
	CHECK_INT("somebody's who lives", 0,
	    place_child(close_one, NULL));
	CHECK_STR("is not taken", "open", place_state());
	held_end(opener);

	place_clear();
	CHECK_INT("opened here", PAM_SUCCESS,
	    pam_open_session(foreign_start(), 0));
	/* The shell of a session is below its opener. */
	CHECK_INT("is taken from below", 0,
	    place_child(close_one, (char []){ "the opener" }));
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
