/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_modutil_getlogin(3): G-4. */
#include <security/pam_modutil.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "libpam/handle.h"

#define NAME_ROOM 1024

const char *
pam_modutil_getlogin(pam_handle_t *pamh)
{
	char name[NAME_ROOM];

	if (!pamh)
		return NULL;
	if (!pamh->login && getlogin_r(name, sizeof name) == 0)
		pamh->login = strdup(name);
	return pamh->login;
}
