/* SPDX-License-Identifier: BSD-2-Clause */
/* A module that does what its arguments say, one by one, up to the first that
 * does not succeed: that is its answer. Behind "@cred" and the like stands what
 * is done in that call alone, before the first of them what is always done. */
#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <security/pam_modutil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "actor.h"
#include "base/drop.h"
#include "base/secret.h"
#include "base/text.h"
#include "policy/code.h"

#define PUBLIC __attribute__((visibility("default")))

PUBLIC extern __typeof__(pam_sm_authenticate) pam_sm_authenticate;
PUBLIC extern __typeof__(pam_sm_setcred) pam_sm_setcred;
PUBLIC extern __typeof__(pam_sm_acct_mgmt) pam_sm_acct_mgmt;
PUBLIC extern __typeof__(pam_sm_open_session) pam_sm_open_session;
PUBLIC extern __typeof__(pam_sm_close_session) pam_sm_close_session;
PUBLIC extern __typeof__(pam_sm_chauthtok) pam_sm_chauthtok;

typedef int act_fn(pam_handle_t *pamh, const char *value);

/* What pam_modutil_get* could not find, or could not store. */
static int
found(const void *p)
{
	return p ? PAM_SUCCESS : PAM_USER_UNKNOWN;
}

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
act_pw(pam_handle_t *pamh, const char *value)
{
	return found(pam_modutil_getpwnam(pamh, value));
}

static int
act_uid(pam_handle_t *pamh, const char *value)
{
	return found(pam_modutil_getpwuid(pamh, (uid_t)atoi(value)));
}

static int
act_group(pam_handle_t *pamh, const char *value)
{
	return found(pam_modutil_getgrnam(pamh, value));
}

static int
act_gid(pam_handle_t *pamh, const char *value)
{
	return found(pam_modutil_getgrgid(pamh, (gid_t)atoi(value)));
}

static int
act_shadow(pam_handle_t *pamh, const char *value)
{
	return found(pam_modutil_getspnam(pamh, value));
}

static int
act_member(pam_handle_t *pamh, const char *value)
{
	return pam_modutil_user_in_group_nam_nam(pamh, "root", value) ?
	    PAM_SUCCESS : PAM_PERM_DENIED;
}

static int
act_passwd(pam_handle_t *pamh, const char *value)
{
	return pam_modutil_check_user_in_passwd(pamh, value, NULL);
}

static int
act_key(pam_handle_t *pamh, const char *value)
{
	_drop_(freep) char *text = pam_modutil_search_key(pamh,
	    "/etc/login.defs", value);

	return found(text);
}

static int
act_login(pam_handle_t *pamh, const char *value)
{
	(void)value;
	pam_modutil_getlogin(pamh);
	return PAM_SUCCESS;
}

static int
act_drop(pam_handle_t *pamh, const char *value)
{
	PAM_MODUTIL_DEF_PRIVS(privs);
	const struct passwd *pw = pam_modutil_getpwnam(pamh, value);

	if (!pw)
		return PAM_USER_UNKNOWN;
	if (pam_modutil_drop_priv(pamh, &privs, pw) < 0)
		return PAM_SYSTEM_ERR;
	return pam_modutil_regain_priv(pamh, &privs) < 0 ? PAM_ABORT :
	    PAM_SUCCESS;
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

static int
act_log(pam_handle_t *pamh, const char *value)
{
	pam_syslog(pamh, LOG_NOTICE, "%s", value);
	return PAM_SUCCESS;
}

static int
act_delay(pam_handle_t *pamh, const char *value)
{
	return pam_fail_delay(pamh, (unsigned)atoi(value));
}

static int
act_audit(pam_handle_t *pamh, const char *value)
{
	return pam_modutil_audit_write(pamh, 1100, value, PAM_SUCCESS);
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

static const struct {
	const char *name;
	act_fn *act;
} acts[] = {
	{ "answer", act_answer }, { "ask", act_ask }, { "audit", act_audit },
	{ "authtok_type", act_nothing }, { "data", act_data },
	{ "datas", act_datas }, { "delay", act_delay }, { "drop", act_drop },
	{ "env", act_env }, { "envs", act_envs }, { "gid", act_gid },
	{ "group", act_group }, { "item", act_item }, { "key", act_key },
	{ "later", act_later }, { "log", act_log }, { "login", act_login },
	{ "member", act_member }, { "old", act_old }, { "passwd", act_passwd },
	{ "pw", act_pw }, { "say", act_say }, { "service", act_service },
	{ "shadow", act_shadow }, { "show", act_show }, { "token", act_token },
	{ "try_first_pass", act_nothing }, { "tty", act_tty },
	{ "uid", act_uid }, { "unset", act_unset },
	{ "use_authtok", act_nothing }, { "use_first_pass", act_nothing },
	{ "user", act_user }, { "verify", act_verify },
};

static int
act(pam_handle_t *pamh, const char *word)
{
	const size_t len = strcspn(word, "=");

	for (size_t i = 0; i < COUNT(acts); i++) {
		if (strlen(acts[i].name) == len &&
		    strncmp(acts[i].name, word, len) == 0)
			return acts[i].act(pamh, word + len + !!word[len]);
	}
	return PAM_SYMBOL_ERR;
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
