/* SPDX-License-Identifier: BSD-2-Clause */
/* A module that needs a name of libpam to be found. */
#include <security/pam_modules.h>
#include <string.h>

__attribute__((visibility("default"))) int
pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	const void *service = NULL;

	(void)flags;
	(void)argc;
	(void)argv;
	if (pam_get_item(pamh, PAM_SERVICE, &service) != PAM_SUCCESS)
		return PAM_SYSTEM_ERR;
	return strcmp(service, "alone") == 0 ? PAM_SUCCESS : PAM_AUTH_ERR;
}
