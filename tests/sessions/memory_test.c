/* SPDX-License-Identifier: BSD-2-Clause */
/* Whatever allocation fails: a session that is said to be closed is off the
 * record, one that is said to be open is on it, and what could not be done can
 * be done again. */
#include <string.h>

#include "check.h"
#include "foreign.h"
#include "memory/heap.h"
#include "place.h"
#include "play.h"
#include "rig.h"

#define MOST 2000		/* more than any call allocates */

/* What is tested is the library: modules of the rig take memory for granted. */
static int
act(pam_handle_t *pamh, const struct rig_call *call)
{
	int rc;

	if (strcmp(call->argv[0], "p") == 0)
		return foreign_act(pamh, call);
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
		CHECK_INT("opened then", PAM_SUCCESS, play_letter(pamh, 'o'));
	}
	CHECK_INT("opened: on record", 1, place_records());
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
	check_each("each allocation of an open", open_poor);
	return TEST_RESULT();
}
