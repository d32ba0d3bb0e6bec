/* SPDX-License-Identifier: BSD-2-Clause */
/* A program's calls as a row of a table: letters and what comes of them. */
#ifndef PLAY_H
#define PLAY_H

#include <security/pam_appl.h>

#include "check.h"
#include "rig.h"

struct play {
	const char *label;
	const char *policy;	/* of "svc": see rig_policy */
	const char *conf;	/* usher.conf, or NULL */
	/* The letters of rig_do, and C and D to set and delete credentials, E
	 * to end silently; and a code word for each. */
	const char *script;
	const char *codes;
	const char *called;	/* as rig.called; NULL: whatever */
	const char *state;	/* of the record in the end */
};

struct played {
	char codes[256];
	const char *state;
};

/* Play a row as alice, on a machine without sessions. What is not ended by the
 * script is ended once the state was looked at. */
void play(const struct play *row, struct played *out);

/* The same, and it is as the row says. */
static inline void
play_check(const struct play *row)
{
	struct played played;

	play(row, &played);
	CHECK_STR(row->label, row->codes, played.codes);
	if (row->called)
		CHECK_STR(row->label, row->called, rig.called);
	CHECK_STR(row->label, row->state, played.state);
}

/* One letter on a handle, its end included. */
int play_letter(pam_handle_t *pamh, char letter);

#endif
