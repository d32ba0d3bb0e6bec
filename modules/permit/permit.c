/* SPDX-License-Identifier: BSD-2-Clause */
/* Say yes to everything and everybody. */
#include "modkit/modkit.h"

/* Those who come after us count on a name: without one it is "nobody". */
static int
name_somebody(struct call *c)
{
	const char *name;
	const int rc = call_user(c, &name);

	if (rc == PAM_SUCCESS && !*name)
		return pam_set_item(c->pamh, PAM_USER, "nobody");
	return rc;
}

MODULE(permit, "say yes to everything",
    .auth = name_somebody, .cred = answer_success, .account = answer_success,
    .open = answer_success, .close = answer_success,
    .password = answer_success);
