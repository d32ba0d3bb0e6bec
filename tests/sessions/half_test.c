/* SPDX-License-Identifier: BSD-2-Clause */
/* An opening that broke off: nobody else's while its process lives, and then
 * undone, with what was under way, by whoever attaches. */
#include <string.h>

#include <security/pam_session.h>

#include "base/drop.h"
#include "check.h"
#include "held.h"
#include "place.h"
#include "rig.h"

#define STACK                                                                  \
	"session required %M a\nsession optional %M b session_err\n"           \
	"session required %M p\n"
#define OTHER "session required %M n\n"

static int
stop_at_p(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)pamh;
	if (strcmp(call->argv[0], "p") == 0)
		held_stop();
	return rig_default(pamh, call);
}

static int
open_and_stop(void *unused)
{
	(void)unused;
	rig.module = stop_at_p;
	return pam_open_session(rig_start(STACK, "alice"), 0);
}

/* As long as it is being opened it is nobody else's; afterwards it is undone,
 * the entry that was asked last among them. */
static void
check_half(void)
{
	_drop_(record_file_free) struct record_file f = { 0 };
	pid_t opener;
	pam_handle_t *pamh;

	place_clear();
	opener = held_begin(open_and_stop, NULL);
	CHECK("on record", place_record(STORE_SESSIONS, &f));
	pamh = rig_start(STACK, "alice");
	CHECK_INT("just being opened", PAM_TRY_AGAIN,
	    pam_session_attach(pamh, f.record.id));
	held_end(opener);
	CHECK_INT("its opener is dead", PAM_SUCCESS,
	    pam_session_attach(pamh, f.record.id));
	CHECK_INT("close is rollback", PAM_SUCCESS,
	    pam_close_session(pamh, 0));
	CHECK_STR("the last first", " p.close_session a.close_session",
	    rig.called);
	CHECK_STR("and it is gone", "none", place_state());
	CHECK("and told", place_told("\"event\":\"rollback\""));
	rig_end(pamh);
}

/* p puts, and its process is killed before it has answered. */
static int
die_at_p(pam_handle_t *pamh, const struct rig_call *call)
{
	if (strcmp(call->argv[0], "p") == 0) {
		pam_session_put(pamh, "key", "v", 0);
		_exit(0);
	}
	return PAM_SUCCESS;
}

static int
open_half(void *policy)
{
	rig.module = die_at_p;
	return pam_open_session(rig_start(policy, "alice"), 0);
}

/* Where an opening broke off. What was under way is undone, also when nobody
 * knows any more by which way it was reached. */
static const struct {
	const char *label, *policy, *now, *called;
} halves[] = {
	{ "the same policy", "session required %M a\nsession required %M p\n"
	  "session required %M b\n", NULL, " p.close_session a.close_session" },
	{ "another policy", "session required %M a\nsession required %M p\n"
	  "session required %M b\n", OTHER,
	  " p.close_session a.close_session" },
	{ "behind a jump", "session [success=2 default=bad] %M a\n"
	  "session required %M x\nsession required %M y\n"
	  "session required %M p\n", NULL,
	  " p.close_session a.close_session" },
	{ "in a substack", "session required %M a\nsession substack half\n"
	  "session required %M b\n", NULL,
	  " p.close_session a.close_session" },
	{ "the first of all", "session required %M p\nsession required %M b\n",
	  OTHER, " p.close_session" },
};

static void
check_broken(const char *label, const char *policy, const char *now,
    const char *called)
{
	_drop_(record_file_free) struct record_file f = { 0 };
	pam_handle_t *pamh;

	place_clear();
	place_child(open_half, (void *)(uintptr_t)policy);
	CHECK(label, place_record(STORE_SESSIONS, &f));
	rig.module = NULL;
	pamh = rig_start(now ? now : policy, "alice");
	CHECK_INT(label, PAM_SUCCESS,
	    pam_session_attach(pamh, f.record.id));
	CHECK_INT(label, PAM_SUCCESS, pam_close_session(pamh, 0));
	CHECK_STR(label, called, rig.called);
	CHECK_STR(label, "none", place_state());
	rig_end(pamh);
}

static void
check_halves(void)
{
	rig_policy("half", "session required %M p\n");
	for (size_t i = 0; i < COUNT(halves); i++)
		check_broken(halves[i].label, halves[i].policy, halves[i].now,
		    halves[i].called);
}

/* By the record alone it may be any that had not answered: one too many closes
 * what it never opened, and all that was put is undone. */
static void
check_half_behind_jump(void)
{
	check_broken("behind a jump, in another policy", halves[2].policy, OTHER,
	    " p.close_session x.close_session a.close_session");
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	place_begin();
	check_half();
	check_halves();
	check_half_behind_jump();
	return TEST_RESULT();
}
