/* SPDX-License-Identifier: BSD-2-Clause */
/* A module that wants a function which is nowhere. */
#include <security/pam_modules.h>

int usher_is_nowhere(void);

__attribute__((visibility("default"))) int
pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)pamh;
	(void)flags;
	(void)argc;
	(void)argv;
	return usher_is_nowhere();
}
