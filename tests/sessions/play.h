/* SPDX-License-Identifier: BSD-2-Clause */
/* A program's calls as a row of a table: letters and what comes of them. */
#ifndef PLAY_H
#define PLAY_H

#include <security/pam_appl.h>

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

/* Play rows as alice, each on a machine without sessions, and it is as the row
 * says. What is not ended by the script is ended once the state was looked
 * at. */
void play_all(const struct play *rows, size_t n);

/* One letter on a handle, its end included. */
int play_letter(pam_handle_t *pamh, char letter);

#endif
