/* SPDX-License-Identifier: BSD-2-Clause */
/* A module that asks, through libpam and in libpam's words, what its arguments
 * name, one after the other. */
#include <string.h>

#include <security/pam_ext.h>
#include <security/pam_modules.h>

#include "base/drop.h"

static int
ask_user(pam_handle_t *pamh)
{
	const char *user;

	return pam_get_user(pamh, &user, NULL);
}

static int
ask_password(pam_handle_t *pamh)
{
	const char *token;

	return pam_get_authtok(pamh, PAM_AUTHTOK, &token, NULL);
}

static int
ask_current(pam_handle_t *pamh)
{
	const char *token;

	return pam_get_authtok(pamh, PAM_OLDAUTHTOK, &token, NULL);
}

static int
ask_pin(pam_handle_t *pamh)
{
	const char *token;

	return pam_get_authtok(pamh, PAM_AUTHTOK, &token, "PIN: ");
}

static const struct {
	const char *name;
	int (*ask)(pam_handle_t *pamh);
} questions[] = {
	{ "user", ask_user },
	{ "password", ask_password },
	{ "current", ask_current },
	{ "pin", ask_pin },
};

static int
ask(pam_handle_t *pamh, const char *name)
{
	for (size_t i = 0; i < COUNT(questions); i++) {
		if (strcmp(name, questions[i].name) == 0)
			return questions[i].ask(pamh);
	}
	return PAM_SUCCESS;
}

static int
ask_all(pam_handle_t *pamh, int argc, const char **argv)
{
	int rc = PAM_SUCCESS;

	for (int i = 0; i < argc && rc == PAM_SUCCESS; i++)
		rc = ask(pamh, argv[i]);
	return rc;
}

int
pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)flags;
	return ask_all(pamh, argc, argv);
}

int
pam_sm_chauthtok(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	if (flags & PAM_PRELIM_CHECK)
		return PAM_SUCCESS;
	return ask_all(pamh, argc, argv);
}
