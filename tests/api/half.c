/* SPDX-License-Identifier: BSD-2-Clause */
/* A module with one function of the six. */
#include <security/pam_modules.h>

__attribute__((visibility("default"))) int
pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)pamh;
	(void)flags;
	(void)argc;
	(void)argv;
	return PAM_SUCCESS;
}
