/* SPDX-License-Identifier: BSD-2-Clause */
/* Stands in front of a libpam, whichever it is, as one that keeps trails. */
#include <stddef.h>
#include <string.h>

#include <security/pam_session.h>

int
pam_session_id(pam_handle_t *pamh, const char **id)
{
	(void)pamh;
	*id = "0193-its-id";
	return PAM_SUCCESS;
}

int
pam_session_attach(pam_handle_t *pamh, const char *id)
{
	(void)pamh;
	return strcmp(id, "known") == 0 ? PAM_SUCCESS : PAM_SESSION_ERR;
}

/* The texts are written over at each call: who keeps them must copy them. */
int
pam_trail_step(const pam_handle_t *pamh, unsigned n,
    struct pam_trail_step *step)
{
	static char file[32], action[16];

	(void)pamh;
	if (n >= 2)
		return PAM_BAD_ITEM;
	strcpy(file, n == 0 ? "/etc/pam.d/first" : "/etc/pam.d/second");
	strcpy(action, n == 0 ? "jump" : "die");
	*step = (struct pam_trail_step){ file, 7 + n, n == 0 ? NULL :
	    "pam_\"odd\xff.so", PAM_AUTH_ERR, action, n == 0 ? 3 : 0,
	    12, n == 1 };
	return PAM_SUCCESS;
}
