/* SPDX-License-Identifier: BSD-2-Clause */
/* What programs and modules were compiled with: numbers and structures, rules
 * and H-1 to H-5. All of it is told by the compiler. */
#include <security/pam_appl.h>
#include <security/pam_client.h>
#include <security/pam_ext.h>
#include <security/pam_misc.h>
#include <security/pam_modules.h>
#include <security/pam_modutil.h>

#include <stddef.h>

#define IS(name, number) _Static_assert((name) == (number), #name)
#define AT(type, field, offset)                                                \
	_Static_assert(offsetof(type, field) == (offset), #type "." #field)
#define SIZE(type, size) _Static_assert(sizeof(type) == (size), #type)
#define TYPE(what, type)                                                       \
	_Static_assert(_Generic(&(what), type : 1, default : 0), #what)

/* */
IS(PAM_SUCCESS, 0);
IS(PAM_OPEN_ERR, 1);
IS(PAM_SYMBOL_ERR, 2);
IS(PAM_SERVICE_ERR, 3);
IS(PAM_SYSTEM_ERR, 4);
IS(PAM_BUF_ERR, 5);
IS(PAM_PERM_DENIED, 6);
IS(PAM_AUTH_ERR, 7);
IS(PAM_CRED_INSUFFICIENT, 8);
IS(PAM_AUTHINFO_UNAVAIL, 9);
IS(PAM_USER_UNKNOWN, 10);
IS(PAM_MAXTRIES, 11);
IS(PAM_NEW_AUTHTOK_REQD, 12);
IS(PAM_ACCT_EXPIRED, 13);
IS(PAM_SESSION_ERR, 14);
IS(PAM_CRED_UNAVAIL, 15);
IS(PAM_CRED_EXPIRED, 16);
IS(PAM_CRED_ERR, 17);
IS(PAM_NO_MODULE_DATA, 18);
IS(PAM_CONV_ERR, 19);
IS(PAM_AUTHTOK_ERR, 20);
IS(PAM_AUTHTOK_RECOVERY_ERR, 21);
IS(PAM_AUTHTOK_RECOVER_ERR, 21);
IS(PAM_AUTHTOK_LOCK_BUSY, 22);
IS(PAM_AUTHTOK_DISABLE_AGING, 23);
IS(PAM_TRY_AGAIN, 24);
IS(PAM_IGNORE, 25);
IS(PAM_ABORT, 26);
IS(PAM_AUTHTOK_EXPIRED, 27);
IS(PAM_MODULE_UNKNOWN, 28);
IS(PAM_BAD_ITEM, 29);
IS(PAM_CONV_AGAIN, 30);
IS(PAM_INCOMPLETE, 31);
IS(_PAM_RETURN_VALUES, 32);

/* */
IS(PAM_SERVICE, 1);
IS(PAM_USER, 2);
IS(PAM_TTY, 3);
IS(PAM_RHOST, 4);
IS(PAM_CONV, 5);
IS(PAM_AUTHTOK, 6);
IS(PAM_OLDAUTHTOK, 7);
IS(PAM_RUSER, 8);
IS(PAM_USER_PROMPT, 9);
IS(PAM_FAIL_DELAY, 10);
IS(PAM_XDISPLAY, 11);
IS(PAM_XAUTHDATA, 12);
IS(PAM_AUTHTOK_TYPE, 13);

/* */
IS(PAM_SILENT, 0x8000);
IS(PAM_DISALLOW_NULL_AUTHTOK, 0x1);
IS(PAM_ESTABLISH_CRED, 0x2);
IS(PAM_DELETE_CRED, 0x4);
IS(PAM_REINITIALIZE_CRED, 0x8);
IS(PAM_REFRESH_CRED, 0x10);
IS(PAM_CHANGE_EXPIRED_AUTHTOK, 0x20);
IS(PAM_PRELIM_CHECK, 0x4000);
IS(PAM_UPDATE_AUTHTOK, 0x2000);
IS(PAM_DATA_SILENT, 0x40000000);
IS(PAM_DATA_REPLACE, 0x20000000);

/* */
IS(PAM_PROMPT_ECHO_OFF, 1);
IS(PAM_PROMPT_ECHO_ON, 2);
IS(PAM_ERROR_MSG, 3);
IS(PAM_TEXT_INFO, 4);
IS(PAM_RADIO_TYPE, 5);
IS(PAM_BINARY_PROMPT, 7);
IS(PAM_MAX_NUM_MSG, 32);
IS(PAM_MAX_MSG_SIZE, 512);
IS(PAM_MAX_RESP_SIZE, 512);

/* */
#ifdef __LP64__
SIZE(struct pam_message, 16);
AT(struct pam_message, msg_style, 0);
AT(struct pam_message, msg, 8);
SIZE(struct pam_response, 16);
AT(struct pam_response, resp, 0);
AT(struct pam_response, resp_retcode, 8);
SIZE(struct pam_conv, 16);
AT(struct pam_conv, conv, 0);
AT(struct pam_conv, appdata_ptr, 8);
SIZE(struct pam_xauth_data, 32);
AT(struct pam_xauth_data, namelen, 0);
AT(struct pam_xauth_data, name, 8);
AT(struct pam_xauth_data, datalen, 16);
AT(struct pam_xauth_data, data, 24);
SIZE(struct pam_modutil_privs, 32);
AT(struct pam_modutil_privs, grplist, 0);
AT(struct pam_modutil_privs, number_of_groups, 8);
AT(struct pam_modutil_privs, allocated, 12);
AT(struct pam_modutil_privs, old_gid, 16);
AT(struct pam_modutil_privs, old_uid, 20);
AT(struct pam_modutil_privs, is_dropped, 24);
#endif
SIZE(enum pam_modutil_redirect_fd, 4);
IS(PAM_MODUTIL_IGNORE_FD, 0);
IS(PAM_MODUTIL_PIPE_FD, 1);
IS(PAM_MODUTIL_NULL_FD, 2);
IS(PAM_MODUTIL_NGROUPS, 64);

/* A-11, where "const" or a type could slip */
TYPE(pam_start, int (*)(const char *, const char *, const struct pam_conv *,
    pam_handle_t **));
TYPE(pam_start_confdir, int (*)(const char *, const char *,
    const struct pam_conv *, const char *, pam_handle_t **));
TYPE(pam_get_item, int (*)(const pam_handle_t *, int, const void **));
TYPE(pam_set_item, int (*)(pam_handle_t *, int, const void *));
TYPE(pam_get_data, int (*)(const pam_handle_t *, const char *,
    const void **));
TYPE(pam_set_data, int (*)(pam_handle_t *, const char *, void *,
    void (*)(pam_handle_t *, void *, int)));
TYPE(pam_get_user, int (*)(pam_handle_t *, const char **, const char *));
TYPE(pam_getenv, const char *(*)(pam_handle_t *, const char *));
TYPE(pam_getenvlist, char **(*)(pam_handle_t *));
TYPE(pam_strerror, const char *(*)(pam_handle_t *, int));
TYPE(pam_fail_delay, int (*)(pam_handle_t *, unsigned int));
TYPE(pam_get_authtok, int (*)(pam_handle_t *, int, const char **,
    const char *));
TYPE(pam_vsyslog, void (*)(const pam_handle_t *, int, const char *, va_list));
TYPE(pam_vprompt, int (*)(pam_handle_t *, int, char **, const char *,
    va_list));
TYPE(pam_modutil_getlogin, const char *(*)(pam_handle_t *));
TYPE(pam_misc_paste_env, int (*)(pam_handle_t *, const char *const *));
TYPE(pam_binary_handler_fn, int (**)(void *, pamc_bp_t *));

/* H-1, H-3 */
#if !defined(__LINUX_PAM__) || __LINUX_PAM__ != 1 ||                           \
    !defined(HAVE_PAM_FAIL_DELAY) || !defined(PAM_AUTHTOK_RECOVERY_ERR) ||     \
    !defined(PAM_DATA_SILENT) || !defined(pam_error) ||                        \
    !defined(pam_info) || !defined(pam_verror) || !defined(pam_vinfo)
#error a name is missing that programs test with #ifdef
#endif

int
main(void)
{
	/* H-5: the callee knows this very state. */
	PAM_MODUTIL_DEF_PRIVS(privs);

	return privs.grplist != privs_grplist ||
	    privs.number_of_groups != PAM_MODUTIL_NGROUPS || privs.allocated ||
	    privs.old_gid != (gid_t)-1 || privs.old_uid != (uid_t)-1 ||
	    privs.is_dropped || sizeof privs_grplist != 64 * sizeof(gid_t);
}
