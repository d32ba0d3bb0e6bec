/* SPDX-License-Identifier: BSD-2-Clause */
/* A module that does what its arguments say, one by one, up to the first that
 * does not succeed: that is its answer. Behind "@cred" and the like stands what
 * is done in that call alone, before the first of them what is always done. */
#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actor.h"
#include "actor_act.h"
#include "base/drop.h"
#include "base/secret.h"
#include "policy/code.h"

#define PUBLIC __attribute__((visibility("default")))

PUBLIC extern __typeof__(pam_sm_authenticate) pam_sm_authenticate;
PUBLIC extern __typeof__(pam_sm_setcred) pam_sm_setcred;
PUBLIC extern __typeof__(pam_sm_acct_mgmt) pam_sm_acct_mgmt;
PUBLIC extern __typeof__(pam_sm_open_session) pam_sm_open_session;
PUBLIC extern __typeof__(pam_sm_close_session) pam_sm_close_session;
PUBLIC extern __typeof__(pam_sm_chauthtok) pam_sm_chauthtok;

static int
act_answer(pam_handle_t *pamh, const char *value)
{
	size_t len;

	(void)pamh;
	return code_prefix(value, &len);
}

static int
act_user(pam_handle_t *pamh, const char *value)
{
	const char *user;
	const int rc = pam_get_user(pamh, &user, *value ? value : NULL);

	return rc == PAM_CONV_AGAIN ? PAM_INCOMPLETE : rc;
}

static int
act_token(pam_handle_t *pamh, const char *value)
{
	const char *token;

	return pam_get_authtok(pamh, PAM_AUTHTOK, &token,
	    *value ? value : NULL);
}

static int
act_old(pam_handle_t *pamh, const char *value)
{
	const char *token;

	return pam_get_authtok(pamh, PAM_OLDAUTHTOK, &token,
	    *value ? value : NULL);
}

/* Once, then the second time by itself: as modules do that check between. */
static int
act_verify(pam_handle_t *pamh, const char *value)
{
	const char *prompt = *value ? value : NULL, *token;
	const int rc = pam_get_authtok_noverify(pamh, &token, prompt);

	if (rc != PAM_SUCCESS)
		return rc;
	return pam_get_authtok_verify(pamh, &token, prompt);
}

/* What the user says becomes the item of that number. */
static int
act_item(pam_handle_t *pamh, const char *value)
{
	_drop_(secret_freep) char *reply = NULL;
	const int rc = pam_prompt(pamh, PAM_PROMPT_ECHO_OFF, &reply, "%s: ",
	    value);

	if (rc != PAM_SUCCESS || !reply)
		return rc != PAM_SUCCESS ? rc : PAM_CONV_ERR;
	return pam_set_item(pamh, atoi(value), reply);
}

static int
act_unset(pam_handle_t *pamh, const char *value)
{
	return pam_set_item(pamh, atoi(value), NULL);
}

static int
act_tty(pam_handle_t *pamh, const char *value)
{
	return pam_set_item(pamh, PAM_TTY, value);
}

static int
act_service(pam_handle_t *pamh, const char *value)
{
	return pam_set_item(pamh, PAM_SERVICE, value);
}

static int
act_env(pam_handle_t *pamh, const char *value)
{
	return pam_putenv(pamh, value);
}

static int
act_envs(pam_handle_t *pamh, const char *value)
{
	char pair[64];
	int rc = PAM_SUCCESS;

	for (int i = atoi(value); i > 0 && rc == PAM_SUCCESS; i--) {
		snprintf(pair, sizeof pair, "N%d=%d", i, i);
		rc = pam_putenv(pamh, pair);
	}
	return rc;
}

static void
forget(pam_handle_t *pamh, void *data, int status)
{
	(void)pamh;
	(void)status;
	free(data);
}

static int
act_data(pam_handle_t *pamh, const char *value)
{
	_drop_(freep) char *copy = strdup(value);
	const void *back = NULL;
	int rc;

	if (!copy)
		return PAM_BUF_ERR;
	rc = pam_set_data(pamh, value, copy, forget);
	if (rc != PAM_SUCCESS)
		return rc;
	(void)TAKE(copy);
	rc = pam_get_data(pamh, value, &back);
	return rc == PAM_SUCCESS && strcmp(back, value) != 0 ? PAM_ABORT : rc;
}

static int
act_datas(pam_handle_t *pamh, const char *value)
{
	char name[32];
	int rc = PAM_SUCCESS;

	for (int i = atoi(value); i > 0 && rc == PAM_SUCCESS; i--) {
		snprintf(name, sizeof name, "datum %d", i);
		rc = act_data(pamh, name);
	}
	return rc;
}

static int
act_say(pam_handle_t *pamh, const char *value)
{
	return pam_info(pamh, "%s", value);
}

static int
act_ask(pam_handle_t *pamh, const char *value)
{
	_drop_(secret_freep) char *reply = NULL;

	return pam_prompt(pamh, PAM_PROMPT_ECHO_ON, &reply, "%s", value);
}

/* The first time, not yet. */
static int
act_later(pam_handle_t *pamh, const char *value)
{
	const void *been;
	int rc;

	if (pam_get_data(pamh, value, &been) == PAM_SUCCESS)
		return PAM_SUCCESS;
	rc = act_data(pamh, value);
	return rc == PAM_SUCCESS ? PAM_INCOMPLETE : rc;
}

static int
act_show(pam_handle_t *pamh, const char *value)
{
	return actor_show ? actor_show(pamh, value) : PAM_SUCCESS;
}

/* Options of pam_get_authtok. */
static int
act_nothing(pam_handle_t *pamh, const char *value)
{
	(void)pamh;
	(void)value;
	return PAM_SUCCESS;
}

static const struct act acts[] = {
	{ "answer", act_answer }, { "ask", act_ask },
	{ "authtok_type", act_nothing }, { "data", act_data },
	{ "datas", act_datas }, { "env", act_env }, { "envs", act_envs },
	{ "item", act_item }, { "later", act_later }, { "old", act_old },
	{ "say", act_say }, { "service", act_service }, { "show", act_show },
	{ "token", act_token }, { "try_first_pass", act_nothing },
	{ "tty", act_tty }, { "unset", act_unset },
	{ "use_authtok", act_nothing }, { "use_first_pass", act_nothing },
	{ "user", act_user }, { "verify", act_verify }, { NULL, NULL },
};

static const struct act *
find(const struct act *table, const char *word, size_t len)
{
	while (table->name && (strlen(table->name) != len ||
	    strncmp(table->name, word, len) != 0))
		table++;
	return table->name ? table : NULL;
}

static int
act(pam_handle_t *pamh, const char *word)
{
	const size_t len = strcspn(word, "=");
	const struct act *a = find(acts, word, len);

	if (!a)
		a = find(system_acts, word, len);
	return a ? a->act(pamh, word + len + !!word[len]) : PAM_SYMBOL_ERR;
}

static int
play(pam_handle_t *pamh, const char *call, int argc, const char **argv)
{
	bool mine = true;
	int rc = PAM_SUCCESS;

	for (int i = 0; i < argc && rc == PAM_SUCCESS; i++) {
		if (*argv[i] == '@')
			mine = strcmp(argv[i] + 1, call) == 0;
		else if (mine)
			rc = act(pamh, argv[i]);
	}
	return rc;
}

#define ENTRY(sm, call)                                                        \
	int sm(pam_handle_t *pamh, int flags, int argc, const char **argv)     \
	{                                                                      \
		(void)flags;                                                   \
		return play(pamh, call, argc, argv);                           \
	}

ENTRY(pam_sm_authenticate, "auth")
ENTRY(pam_sm_setcred, "cred")
ENTRY(pam_sm_acct_mgmt, "account")
ENTRY(pam_sm_open_session, "open")
ENTRY(pam_sm_close_session, "close")
ENTRY(pam_sm_chauthtok, flags & PAM_PRELIM_CHECK ? "prelim" : "update")
