/* SPDX-License-Identifier: BSD-2-Clause */
/* Sessions are counted while somebody is in them, each scope for itself, and
 * never one too many however many come at once. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <security/pam_session.h>

#include "base/drop.h"
#include "check.h"
#include "place.h"
#include "play.h"
#include "rig.h"

#define POLICY "session required %M m\n"

static const char *scope = "all";
static unsigned limit;

static int
act(pam_handle_t *pamh, const struct rig_call *call)
{
	if (strcmp(call->what, "open_session") != 0)
		return PAM_SUCCESS;
	return pam_session_admit(pamh, scope, limit);
}

static pam_handle_t *
begin(void)
{
	rig.module = act;
	return rig_start(POLICY, "alice");
}

static int
try_one(pam_handle_t **out)
{
	*out = begin();
	return pam_open_session(*out, 0);
}

/* Open as many as may; the codes are as want says, one by one. */
static void
check_series(const char *label, const int *want, size_t n)
{
	pam_handle_t *pamh[8];

	place_clear();
	for (size_t i = 0; i < n; i++)
		CHECK_INT(label, want[i], try_one(&pamh[i]));
	for (size_t i = 0; i < n; i++) {
		pam_close_session(pamh[i], 0);
		pam_end(pamh[i], PAM_SUCCESS);
	}
	CHECK_INT(label, 0, place_records());
}

static void
check_limits(void)
{
	static const int none[] = { PAM_PERM_DENIED, PAM_PERM_DENIED };
	static const int one[] = { PAM_SUCCESS, PAM_PERM_DENIED,
		PAM_PERM_DENIED };
	static const int three[] = { PAM_SUCCESS, PAM_SUCCESS, PAM_SUCCESS,
		PAM_PERM_DENIED };
	static const int many[] = { PAM_SUCCESS, PAM_SUCCESS };

	limit = 0;
	check_series("nobody", none, COUNT(none));
	limit = 1;
	check_series("one", one, COUNT(one));
	limit = 3;
	check_series("three", three, COUNT(three));
	limit = (unsigned)-1;
	check_series("no limit to speak of", many, COUNT(many));
}

static void
check_scopes(void)
{
	static const char *const scopes[] = {
		"all", "al", "all ", "user alice", "\n", "%", ".", "all"
	};
	pam_handle_t *pamh[COUNT(scopes)];

	place_clear();
	limit = 1;
	for (size_t i = 0; i < COUNT(scopes); i++) {
		scope = scopes[i];
		CHECK_INT(scopes[i], i == 7 ? PAM_PERM_DENIED : PAM_SUCCESS,
		    try_one(&pamh[i]));
	}
	scope = "all";
	for (size_t i = 0; i < COUNT(scopes); i++)
		pam_end(pamh[i], PAM_SUCCESS);
}

static void
check_free_again(void)
{
	pam_handle_t *first, *second;

	place_clear();
	limit = 1;
	CHECK_INT("one", PAM_SUCCESS, try_one(&first));
	CHECK_INT("is one", PAM_PERM_DENIED, try_one(&second));
	CHECK_INT("until it closes", PAM_SUCCESS, pam_close_session(first, 0));
	CHECK_INT("then another", PAM_SUCCESS, pam_open_session(second, 0));
	CHECK_INT("is", PAM_PERM_DENIED, pam_open_session(first, 0));
	pam_end(first, PAM_SUCCESS);
	pam_end(second, PAM_SUCCESS);
	CHECK_INT("whose handle is gone and whose process is not",
	    PAM_PERM_DENIED, try_one(&first));
	pam_end(first, PAM_SUCCESS);
}

static int
open_and_die(void *unused)
{
	(void)unused;
	return pam_open_session(begin(), 0);
}

static void
check_dead(void)
{
	pam_handle_t *pamh;

	place_clear();
	limit = 1;
	CHECK_INT("one whose opener dies", PAM_SUCCESS,
	    place_child(open_and_die, NULL));
	CHECK_INT("counts no more", PAM_SUCCESS, try_one(&pamh));
	CHECK_INT("though on record", 2, place_records());
	pam_end(pamh, PAM_SUCCESS);
}

/* ---- All at once ---- */

#define CROWD 12

static int go[2], done[2];

static int
open_in_crowd(void *unused)
{
	pam_handle_t *pamh = begin();
	char c;
	int rc;

	(void)unused;
	close(go[1]);
	rig_must(read(go[0], &c, 1) == 0, "start");
	rc = pam_open_session(pamh, 0);
	rig_must(write(done[1], rc == PAM_SUCCESS ? "y" : "n", 1) == 1, "end");
	/* Who is in stays in until all have tried. */
	pause();
	return 0;
}

static void
check_crowd(void)
{
	pid_t child[CROWD];
	unsigned in = 0;
	char c;

	place_clear();
	limit = 3;
	rig_policy("svc", POLICY);
	rig_must(pipe(go) == 0 && pipe(done) == 0, "pipes");
	for (int i = 0; i < CROWD; i++)
		child[i] = place_fork(open_in_crowd, NULL);
	close(go[1]);
	for (int i = 0; i < CROWD; i++) {
		rig_must(read(done[0], &c, 1) == 1, "end");
		in += c == 'y';
	}
	CHECK_INT("three of twelve", 3, in);
	for (int i = 0; i < CROWD; i++) {
		kill(child[i], SIGKILL);
		place_wait(child[i]);
	}
}

/* ---- Refusals ---- */

static int codes[4];

static int
ask_all(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)call;
	codes[0] = pam_session_admit(NULL, "all", 1);
	codes[1] = pam_session_admit(pamh, NULL, 1);
	codes[2] = pam_session_admit(pamh, "", 1);
	codes[3] = pam_session_admit(pamh, "all", 1);
	return PAM_SUCCESS;
}

static void
check_codes(const char *label, int want)
{
	for (int i = 0; i < 3; i++)
		CHECK_INT(label, PAM_BAD_ITEM, codes[i]);
	CHECK_INT(label, want, codes[3]);
}

static void
check_refusals(void)
{
	pam_handle_t *pamh;

	place_clear();
	pamh = rig_start("auth required %M a\n" POLICY, "alice");
	rig.module = ask_all;
	ask_all(pamh, NULL);
	check_codes("a program", PAM_BAD_ITEM);
	pam_authenticate(pamh, 0);
	check_codes("auth", PAM_BAD_ITEM);
	pam_open_session(pamh, 0);
	check_codes("open", PAM_SUCCESS);
	pam_close_session(pamh, 0);
	check_codes("close", PAM_BAD_ITEM);
	rig_end(pamh);

	rig_policy("usher.conf", "record no\n");
	pamh = rig_start(POLICY, "alice");
	pam_open_session(pamh, 0);
	check_codes("nothing to count", PAM_SYSTEM_ERR);
	rig_end(pamh);
	rig_policy("usher.conf", "");
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	place_begin();
	check_limits();
	check_scopes();
	check_free_again();
	check_dead();
	check_crowd();
	check_refusals();
	return TEST_RESULT();
}
