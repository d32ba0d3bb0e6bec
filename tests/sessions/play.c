/* SPDX-License-Identifier: BSD-2-Clause */
#include "play.h"

#include <stdio.h>
#include <string.h>

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

void
play(const struct play *row, struct played *out)
{
	pam_handle_t *pamh;

	*out = (struct played){ .codes = "" };
	place_clear();
	rig_policy("usher.conf", row->conf ? row->conf : "");
	pamh = rig_start(row->policy, "alice");
	for (const char *at = row->script; *at; at++) {
		note(out->codes, sizeof out->codes, play_letter(pamh, *at));
		if (*at == 'e' || *at == 'E')
			pamh = NULL;
	}
	out->state = place_state();
	if (pamh)
		pam_end(pamh, PAM_SUCCESS);
}
