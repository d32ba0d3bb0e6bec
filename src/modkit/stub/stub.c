/* SPDX-License-Identifier: BSD-2-Clause */
/* The names of libpam.so.0 that every Linux-PAM has, in their version nodes
 * (stub.map), for modules to link against: so a module of ours asks for nothing
 * that only our own library has. Never run. */
#define STUB(name)                                                             \
	void name(void);                                                       \
	__attribute__((visibility("default"))) void name(void)                 \
	{                                                                      \
		__builtin_trap();                                              \
	}

STUB(pam_start)
STUB(pam_start_confdir)
STUB(pam_end)
STUB(pam_authenticate)
STUB(pam_setcred)
STUB(pam_acct_mgmt)
STUB(pam_open_session)
STUB(pam_close_session)
STUB(pam_chauthtok)
STUB(pam_set_item)
STUB(pam_get_item)
STUB(pam_get_user)
STUB(pam_set_data)
STUB(pam_get_data)
STUB(pam_putenv)
STUB(pam_getenv)
STUB(pam_getenvlist)
STUB(pam_strerror)
STUB(pam_fail_delay)
STUB(pam_prompt)
STUB(pam_vprompt)
STUB(pam_syslog)
STUB(pam_vsyslog)
STUB(pam_get_authtok)
STUB(pam_get_authtok_noverify)
STUB(pam_get_authtok_verify)
STUB(pam_modutil_getpwnam)
STUB(pam_modutil_getpwuid)
STUB(pam_modutil_getgrnam)
STUB(pam_modutil_getgrgid)
STUB(pam_modutil_getspnam)
STUB(pam_modutil_user_in_group_nam_nam)
STUB(pam_modutil_user_in_group_nam_gid)
STUB(pam_modutil_user_in_group_uid_nam)
STUB(pam_modutil_user_in_group_uid_gid)
STUB(pam_modutil_getlogin)
STUB(pam_modutil_read)
STUB(pam_modutil_write)
STUB(pam_modutil_audit_write)
STUB(pam_modutil_drop_priv)
STUB(pam_modutil_regain_priv)
STUB(pam_modutil_sanitize_helper_fds)
STUB(pam_modutil_search_key)
STUB(pam_modutil_check_user_in_passwd)
