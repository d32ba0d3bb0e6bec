/* SPDX-License-Identifier: BSD-2-Clause */
/* Weak references, and of no version: the loader leaves those empty that a
 * library does not have. */
#include "modkit/session.h"

#define PAM_SESSION_WEAK
#include <security/pam_session.h>

#include "modkit/modkit.h"

int
session_put(struct call *c, const char *key, const char *value, bool lasts)
{
	if (!pam_session_put)
		return PAM_SYMBOL_ERR;
	return pam_session_put(c->pamh, key, value,
	    lasts ? PAM_SESSION_PERSIST : 0);
}

int
session_get(struct call *c, const char *key, const char **value)
{
	if (!pam_session_get)
		return PAM_SYMBOL_ERR;
	return pam_session_get(c->pamh, key, value);
}

int
sessions_admit(struct call *c, const char *scope, unsigned limit)
{
	if (!pam_session_admit)
		return PAM_SYMBOL_ERR;
	return pam_session_admit(c->pamh, scope, limit);
}
