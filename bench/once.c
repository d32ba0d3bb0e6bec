/* SPDX-License-Identifier: BSD-2-Clause */
/* usage: once cycle|session|nothing
 * A program as short as programs get. */
#include <string.h>

#include "scene.h"

static void
session(void)
{
	pam_handle_t *pamh = begin("login", NULL);

	expect("pam_open_session", pam_open_session(pamh, 0));
	expect("pam_close_session", pam_close_session(pamh, 0));
	finish(pamh);
}

int
main(int argc, char **argv)
{
	if (argc != 2)
		return 2;
	if (strcmp(argv[1], "cycle") == 0)
		full_cycle("login");
	else if (strcmp(argv[1], "session") == 0)
		session();
	return 0;
}
