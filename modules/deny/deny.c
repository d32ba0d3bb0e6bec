/* SPDX-License-Identifier: BSD-2-Clause */
/* Say no to everything and everybody, in the word that fits the question. */
#include "modkit/modkit.h"

static int
deny_entry(struct call *c)
{
	(void)c;
	return PAM_AUTH_ERR;
}

static int
deny_credentials(struct call *c)
{
	(void)c;
	return PAM_CRED_ERR;
}

static int
deny_session(struct call *c)
{
	(void)c;
	return PAM_SESSION_ERR;
}

static int
deny_change(struct call *c)
{
	(void)c;
	return PAM_AUTHTOK_ERR;
}

MODULE(deny, "say no to everything",
    .auth = deny_entry, .cred = deny_credentials, .account = deny_entry,
    .open = deny_session, .close = deny_session, .password = deny_change);
