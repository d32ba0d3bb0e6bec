/* SPDX-License-Identifier: BSD-2-Clause */
/* What the actor can do with the system: accounts, ids, log. */
#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <security/pam_modutil.h>
#include <stdlib.h>
#include <syslog.h>

#include "actor_act.h"
#include "base/drop.h"

/* What pam_modutil_get* could not find, or could not store. */
static int
found(const void *p)
{
	return p ? PAM_SUCCESS : PAM_USER_UNKNOWN;
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

const struct act system_acts[] = {
	{ "audit", act_audit }, { "delay", act_delay }, { "drop", act_drop },
	{ "gid", act_gid }, { "group", act_group }, { "key", act_key },
	{ "log", act_log }, { "login", act_login }, { "member", act_member },
	{ "passwd", act_passwd }, { "pw", act_pw }, { "shadow", act_shadow },
	{ "uid", act_uid }, { NULL, NULL },
};
