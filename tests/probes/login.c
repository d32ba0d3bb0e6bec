/* SPDX-License-Identifier: BSD-2-Clause */
/* usage: login CONFDIR SERVICE: a transaction to be watched. */
#include <stddef.h>

#include <security/pam_appl.h>

static int
silence(int n, const struct pam_message **messages,
    struct pam_response **responses, void *data)
{
	(void)n;
	(void)messages;
	(void)responses;
	(void)data;
	return PAM_CONV_ERR;
}

int
main(int argc, char **argv)
{
	const struct pam_conv conv = { silence, NULL };
	pam_handle_t *pamh;

	if (argc != 3 || pam_start_confdir(argv[2], "root", &conv, argv[1],
	    &pamh) != PAM_SUCCESS)
		return 1;
	pam_authenticate(pamh, 0);
	pam_open_session(pamh, 0);
	return pam_end(pamh, PAM_SUCCESS) != PAM_SUCCESS;
}
