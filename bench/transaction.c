/* SPDX-License-Identifier: BSD-2-Clause */
/* What the scenes share: a transaction and its parts. */
#include <stdio.h>
#include <stdlib.h>

#include "scene.h"

void
expect(const char *what, int rc)
{
	if (rc == PAM_SUCCESS)
		return;
	fprintf(stderr, "%s: %s\n", what, pam_strerror(NULL, rc));
	exit(1);
}

/* Nobody is asked anything here. */
static int
refuse(int n, const struct pam_message **message, struct pam_response **reply,
    void *appdata)
{
	(void)n;
	(void)message;
	(void)reply;
	(void)appdata;
	return PAM_CONV_ERR;
}

pam_handle_t *
begin(const char *service, struct errand *errand)
{
	const struct pam_conv conv = { refuse, errand };
	pam_handle_t *pamh;

	expect("pam_start", pam_start(service, "root", &conv, &pamh));
	return pamh;
}

void
finish(pam_handle_t *pamh)
{
	expect("pam_end", pam_end(pamh, PAM_SUCCESS));
}

void
log_in(pam_handle_t *pamh)
{
	expect("pam_authenticate", pam_authenticate(pamh, 0));
	expect("pam_acct_mgmt", pam_acct_mgmt(pamh, 0));
	expect("pam_setcred", pam_setcred(pamh, PAM_ESTABLISH_CRED));
	expect("pam_open_session", pam_open_session(pamh, 0));
}

void
full_cycle(const char *service)
{
	pam_handle_t *pamh = begin(service, NULL);

	log_in(pamh);
	expect("pam_close_session", pam_close_session(pamh, 0));
	finish(pamh);
}
