/* SPDX-License-Identifier: BSD-2-Clause */
#include "foreign.h"

#include <string.h>

#include <security/pam_session.h>

#include "check.h"
#include "place.h"

int
foreign_act(pam_handle_t *pamh, const struct rig_call *call)
{
	const char *value = NULL;

	if (strcmp(call->argv[0], "p") != 0)
		return rig_default(pamh, call);
	if (strcmp(call->what, "open_session") == 0) {
		pam_putenv(pamh, "FROM=the opener");
		return pam_session_put(pamh, "key", "of p", 0);
	}
	return pam_session_get(pamh, "key", &value) == PAM_SUCCESS &&
	    strcmp(value, "of p") == 0 ? PAM_SUCCESS : PAM_SESSION_ERR;
}

pam_handle_t *
foreign_start(void)
{
	pam_handle_t *pamh = rig_start(FOREIGN_STACK, "alice");

	rig.module = foreign_act;
	pam_set_item(pamh, PAM_TTY, "tty1");
	return pamh;
}

int
foreign_end(void *unused)
{
	pam_handle_t *pamh = foreign_start();
	const int rc = pam_open_session(pamh, 0);

	(void)unused;
	pam_end(pamh, PAM_SUCCESS);
	return rc;
}

int
foreign_die(void *unused)
{
	(void)unused;
	return pam_open_session(foreign_start(), 0);
}

void
foreign_open(void)
{
	CHECK_INT("opened elsewhere", PAM_SUCCESS,
	    place_child(foreign_end, NULL));
}
