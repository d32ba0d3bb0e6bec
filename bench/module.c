/* SPDX-License-Identifier: BSD-2-Clause */
/* A module that says yes and does nothing, so that what is measured is the
 * library; or what the program has for it to do. */
#include <security/pam_modules.h>

#include "scene.h"

#define ENTRY(name)                                                            \
	__attribute__((visibility("default"))) int name(pam_handle_t *pamh,    \
	    int flags, int argc, const char **argv)                            \
	{                                                                      \
		(void)flags;                                                   \
		(void)argv;                                                    \
		return argc ? errand(pamh) : PAM_SUCCESS;                      \
	}

static int
errand(const pam_handle_t *pamh)
{
	const void *item;
	const struct pam_conv *conv;
	const struct errand *e;

	if (pam_get_item(pamh, PAM_CONV, &item) != PAM_SUCCESS)
		return PAM_SYSTEM_ERR;
	conv = item;
	e = conv->appdata_ptr;
	if (e)
		e->run(e->arg);
	return PAM_SUCCESS;
}

ENTRY(pam_sm_authenticate)
ENTRY(pam_sm_setcred)
ENTRY(pam_sm_acct_mgmt)
ENTRY(pam_sm_open_session)
ENTRY(pam_sm_close_session)
ENTRY(pam_sm_chauthtok)
