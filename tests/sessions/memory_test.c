/* SPDX-License-Identifier: BSD-2-Clause */
/* Whatever allocation fails: a session that is said to be closed is off the
 * record, one that is said to be open is on it, and what could not be done can
 * be done again. */
#include <string.h>

#include <security/pam_session.h>

#include "base/drop.h"
#include "check.h"
#include "foreign.h"
#include "memory/heap.h"
#include "place.h"
#include "play.h"
#include "rig.h"

#define MOST 2000		/* more than any call allocates */

/* What module p does when it opens; NULL: it puts. */
static int (*opens)(pam_handle_t *pamh);

static int
put_lasting(pam_handle_t *pamh)
{
	return pam_session_put(pamh, "key", "of p", PAM_SESSION_PERSIST);
}

static int
admit(pam_handle_t *pamh)
{
	return pam_session_admit(pamh, "all", 1);
}

static int
act_p(pam_handle_t *pamh, const struct rig_call *call)
{
	if (opens && strcmp(call->what, "open_session") == 0)
		return opens(pamh);
	return opens == admit ? PAM_SUCCESS : foreign_act(pamh, call);
}

/* What is tested is the library: modules of the rig take memory for granted. */
static int
act(pam_handle_t *pamh, const struct rig_call *call)
{
	int rc;

	if (strcmp(call->argv[0], "p") == 0)
		return act_p(pamh, call);
	heap_pause(true);
	rc = foreign_act(pamh, call);
	heap_pause(false);
	return rc;
}

/* Call by its letter while the n-th allocation fails. True: none had to. */
static bool
play_poor(pam_handle_t *pamh, char letter, size_t n, int *code)
{
	rig.module = act;
	heap_fail(n, false);
	*code = play_letter(pamh, letter);
	heap_heal();
	return !heap_failed();
}

/* Without an open of its own: the session that is meant. */
static bool
close_poor(size_t n)
{
	pam_handle_t *pamh;
	bool enough;
	int code;

	place_clear();
	foreign_open();
	pamh = foreign_start();
	enough = play_poor(pamh, 's', n, &code);
	if (code != PAM_SUCCESS) {
		CHECK_INT("not closed: still on record", 1, place_records());
		CHECK_INT("closed then", PAM_SUCCESS, play_letter(pamh, 's'));
	}
	CHECK_INT("closed: off the record", 0, place_records());
	rig_end(pamh);
	return enough;
}

static bool
open_poor(size_t n)
{
	pam_handle_t *pamh;
	bool enough;
	int code;

	place_clear();
	pamh = foreign_start();
	enough = play_poor(pamh, 'o', n, &code);
	if (code != PAM_SUCCESS) {
		CHECK_INT("not opened: nothing is left", 0, place_records());
		CHECK_INT("nor for later", 0, place_count(STORE_UNDO));
		CHECK_INT("opened then", PAM_SUCCESS, play_letter(pamh, 'o'));
	}
	CHECK_INT("opened: on record", 1, place_records());
	CHECK_INT("and to be closed", PAM_SUCCESS, play_letter(pamh, 's'));
	CHECK_INT("off the record", 0, place_records());
	rig_end(pamh);
	return enough;
}

static bool
attach_poor(size_t n)
{
	_drop_(record_file_free) struct record_file f = { 0 };
	pam_handle_t *pamh;
	bool enough;
	int code;

	place_clear();
	foreign_open();
	CHECK("its id is known", place_record(STORE_SESSIONS, &f));
	pamh = rig_start(FOREIGN_STACK, NULL);
	rig.module = act;
	heap_fail(n, false);
	code = pam_session_attach(pamh, f.record.id);
	heap_heal();
	enough = !heap_failed();
	if (code != PAM_SUCCESS)
		CHECK_INT("attached then", PAM_SUCCESS,
		    pam_session_attach(pamh, f.record.id));
	CHECK_INT("still on record", 1, place_records());
	CHECK_INT("and to be closed", PAM_SUCCESS, play_letter(pamh, 's'));
	CHECK_INT("off the record", 0, place_records());
	rig_end(pamh);
	return enough;
}

static void
check_each(const char *label, bool (*play)(size_t n))
{
	size_t n = 1;

	while (n < MOST && !play(n))
		n++;
	CHECK(label, n > 10 && n < MOST);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	place_begin();
	check_each("each allocation of a close", close_poor);
	check_each("each allocation of an attachment", attach_poor);
	check_each("each allocation of an open", open_poor);
	opens = put_lasting;
	check_each("of one that lasts", open_poor);
	opens = admit;
	check_each("of one that is counted", open_poor);
	return TEST_RESULT();
}
