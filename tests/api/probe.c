/* SPDX-License-Identifier: BSD-2-Clause */
/* A module that leaves everything to the program that loads it: see rig.h. */
#include <security/pam_modules.h>

int rig_probe(pam_handle_t *pamh, const char *what, int flags, int argc,
    const char **argv);

#define EXPORT __attribute__((visibility("default")))
#define PASS_ON(function)                                                      \
	EXPORT int pam_sm_##function(pam_handle_t *pamh, int flags, int argc,  \
	    const char **argv)                                                 \
	{                                                                      \
		return rig_probe(pamh, #function, flags, argc, argv);          \
	}

PASS_ON(authenticate)
PASS_ON(setcred)
PASS_ON(acct_mgmt)
PASS_ON(open_session)
PASS_ON(close_session)
PASS_ON(chauthtok)
