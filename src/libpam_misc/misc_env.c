/* SPDX-License-Identifier: BSD-2-Clause */
/* Helpers for the environment that a handle keeps for the user. */
#include <stdlib.h>
#include <string.h>

#include <security/pam_misc.h>

#include "base/drop.h"
#include "base/secret.h"

int
pam_misc_paste_env(pam_handle_t *pamh, const char *const *user_env)
{
	int rc = PAM_SUCCESS;

	for (; user_env && *user_env && rc == PAM_SUCCESS; user_env++)
		rc = pam_putenv(pamh, *user_env);
	return rc;
}

char **
pam_misc_drop_env(char **env)
{
	for (char **v = env; v && *v; v++)
		secret_free(*v);
	free(env);
	return NULL;
}

static char *
join(const char *name, const char *value)
{
	char *pair = malloc(strlen(name) + strlen(value) + 2);

	if (pair)
		stpcpy(stpcpy(stpcpy(pair, name), "="), value);
	return pair;
}

int
pam_misc_setenv(pam_handle_t *pamh, const char *name, const char *value,
    int readonly)
{
	_drop_(secret_freep) char *pair = NULL;

	if (!pamh)
		return PAM_ABORT;
	if (!name || !value)
		return PAM_PERM_DENIED;
	/* With a '=' inside, the name looked up and the name set would be two,
	 * and readonly would protect the wrong one. */
	if (strchr(name, '='))
		return PAM_BAD_ITEM;
	if (readonly && pam_getenv(pamh, name))
		return PAM_PERM_DENIED;
	pair = join(name, value);
	return pair ? pam_putenv(pamh, pair) : PAM_BUF_ERR;
}
