/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_putenv(3), pam_getenv(3), pam_getenvlist(3): core rules E. */
#include "libpam/env.h"

#include <security/pam_modules.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/secret.h"
#include "libpam/handle.h"
#include "libpam/log.h"

static int
env_delete(pam_handle_t *pamh, const char *name, size_t len)
{
	struct table_slot *slot = table_find(&pamh->env, name, len);
	char *old;

	if (!slot) {
		pam_syslog(pamh, LOG_ERR,
		    "no variable \"%s\" to delete", name);
		return PAM_BAD_ITEM;
	}
	old = slot->value;
	table_remove(&pamh->env, slot);
	secret_free(old);
	return PAM_SUCCESS;
}

static int
env_set(pam_handle_t *pamh, const char *name_value, size_t len)
{
	_drop_(secret_freep) char *copy = strdup(name_value);
	struct table_slot *slot;
	char *old;

	if (!copy)
		return PAM_BUF_ERR;
	slot = table_find(&pamh->env, copy, len);
	if (!slot) {
		if (table_add(&pamh->env, copy, len, copy) < 0)
			return PAM_BUF_ERR;
		(void)TAKE(copy);
		return PAM_SUCCESS;
	}
	/* The name is in the value: both change at once. */
	old = slot->value;
	slot->value = copy;
	slot->key = TAKE(copy);
	secret_free(old);
	return PAM_SUCCESS;
}

int
env_set_session(pam_handle_t *pamh, const char *id)
{
	char text[sizeof ENV_SESSION + ID_TEXT];

	snprintf(text, sizeof text, "%s=%s", ENV_SESSION, id);
	return env_set(pamh, text, strlen(ENV_SESSION));
}

/* Programs hand on their own environment, and with it that of the session
 * around them: no reason to fail. */
static bool
is_ours(const pam_handle_t *pamh, const char *name_value, size_t len)
{
	if (len != strlen(ENV_SESSION) ||
	    strncmp(name_value, ENV_SESSION, len) != 0)
		return false;
	pam_syslog(pamh, LOG_NOTICE, "%s is not for others to set: ignored",
	    ENV_SESSION);
	return true;
}

int
pam_putenv(pam_handle_t *pamh, const char *name_value)
{
	size_t len;

	if (!pamh)
		return PAM_ABORT;
	if (!name_value)
		return PAM_PERM_DENIED;
	len = strcspn(name_value, "=");
	if (len == 0)
		return PAM_BAD_ITEM;
	if (is_ours(pamh, name_value, len))
		return PAM_SUCCESS;
	if (name_value[len] == '=')
		return env_set(pamh, name_value, len);
	return env_delete(pamh, name_value, len);
}

const char *
pam_getenv(pam_handle_t *pamh, const char *name)
{
	const struct table_slot *slot;

	if (!pamh || !name)
		return NULL;
	slot = table_find(&pamh->env, name, strlen(name));
	return slot ? (const char *)slot->value + slot->len + 1 : NULL;
}

static void
drop_list(char **list)
{
	for (size_t i = 0; list[i]; i++)
		secret_free(list[i]);
	free(list);
}

char **
pam_getenvlist(pam_handle_t *pamh)
{
	char **list;
	size_t n = 0;

	if (!pamh)
		return NULL;
	list = calloc(pamh->env.live + 1, sizeof *list);
	if (!list)
		return NULL;
	for (size_t i = 0; i < pamh->env.count; i++) {
		if (!pamh->env.slot[i].value)
			continue;
		list[n] = strdup(pamh->env.slot[i].value);
		if (!list[n]) {
			drop_list(list);
			return NULL;
		}
		n++;
	}
	return list;
}

void
env_free(pam_handle_t *pamh)
{
	for (size_t i = 0; i < pamh->env.count; i++)
		secret_free(pamh->env.slot[i].value);
	table_free(&pamh->env);
}
