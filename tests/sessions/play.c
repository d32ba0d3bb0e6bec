/* SPDX-License-Identifier: BSD-2-Clause */
#include "play.h"

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "place.h"
#include "policy/code.h"

int
play_letter(pam_handle_t *pamh, char letter)
{
	switch (letter) {
	case 'C':
		return pam_setcred(pamh, PAM_ESTABLISH_CRED);
	case 'D':
		return pam_setcred(pamh, PAM_DELETE_CRED);
	case 'E':
		return pam_end(pamh, PAM_DATA_SILENT);
	}
	return rig_do(pamh, letter, 0);
}

static void
note(char *codes, size_t room, int code)
{
	const size_t used = strlen(codes);

	snprintf(codes + used, room - used, "%s%s", used ? " " : "",
	    code_word(code));
}

static void
play_row(const struct play *row)
{
	pam_handle_t *pamh;
	char codes[256] = "";

	place_clear();
	rig_policy("usher.conf", row->conf ? row->conf : "");
	pamh = rig_start(row->policy, "alice");
	for (const char *at = row->script; *at; at++) {
		note(codes, sizeof codes, play_letter(pamh, *at));
		if (*at == 'e' || *at == 'E')
			pamh = NULL;
	}
	CHECK_STR(row->label, row->codes, codes);
	CHECK_STR(row->label, row->state, place_state());
	if (pamh)
		pam_end(pamh, PAM_SUCCESS);
	if (row->called)
		CHECK_STR(row->label, row->called, rig.called);
}

void
play_all(const struct play *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		play_row(&rows[i]);
	rig_policy("usher.conf", "");
}
