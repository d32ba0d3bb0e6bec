/* SPDX-License-Identifier: BSD-2-Clause */
/* What many modules need: account look-ups that last, whole reads and writes,
 * acting with a user's file rights, safe descriptors for a helper. */
#ifndef _SECURITY_PAM_MODUTIL_H
#define _SECURITY_PAM_MODUTIL_H

#include <grp.h>
#include <pwd.h>
#include <shadow.h>
#include <sys/types.h>

#include <security/_pam_types.h>

#define PAM_MODUTIL_NGROUPS 64

/* What drop_priv keeps for regain_priv. Only those two look inside. */
struct pam_modutil_privs {
	gid_t *grplist;
	int number_of_groups;
	int allocated;
	gid_t old_gid;
	uid_t old_uid;
	int is_dropped;
};

/* Declares one, n, in its first state, with room for the usual groups. */
#define PAM_MODUTIL_DEF_PRIVS(n)                                               \
	gid_t n##_grplist[PAM_MODUTIL_NGROUPS];                                \
	struct pam_modutil_privs n = { n##_grplist, PAM_MODUTIL_NGROUPS, 0,    \
		(gid_t)-1, (uid_t)-1, 0 }

/* What becomes of a standard descriptor in a helper. */
enum pam_modutil_redirect_fd {
	PAM_MODUTIL_IGNORE_FD, /* stays */
	PAM_MODUTIL_PIPE_FD,   /* a pipe whose other end is closed */
	PAM_MODUTIL_NULL_FD    /* /dev/null; for input as PIPE */
};

#ifdef __cplusplus
extern "C" {
#endif
#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

/* The record of an account or group, NULL when there is none, it is too large,
 * or memory is out. With a handle it is the handle's and lasts until pam_end;
 * without one it is one block for the caller to free. */
extern struct passwd *pam_modutil_getpwnam(pam_handle_t *pamh,
    const char *user) PAM_NONNULL((2));
extern struct passwd *pam_modutil_getpwuid(pam_handle_t *pamh, uid_t uid);
extern struct group *pam_modutil_getgrnam(pam_handle_t *pamh,
    const char *group) PAM_NONNULL((2));
extern struct group *pam_modutil_getgrgid(pam_handle_t *pamh, gid_t gid);
extern struct spwd *pam_modutil_getspnam(pam_handle_t *pamh, const char *user)
    PAM_NONNULL((2));

/* 1: the user is in the group, by his record or the group's; 0: he is not, or
 * one of the two does not exist. */
extern int pam_modutil_user_in_group_nam_nam(pam_handle_t *pamh,
    const char *user, const char *group) PAM_NONNULL((2, 3));
extern int pam_modutil_user_in_group_nam_gid(pam_handle_t *pamh,
    const char *user, gid_t group) PAM_NONNULL((2));
extern int pam_modutil_user_in_group_uid_nam(pam_handle_t *pamh, uid_t user,
    const char *group) PAM_NONNULL((3));
extern int pam_modutil_user_in_group_uid_gid(pam_handle_t *pamh, uid_t user,
    gid_t group);

/* Who logged in at this terminal; NULL when nobody knows. The handle's. */
extern const char *pam_modutil_getlogin(pam_handle_t *pamh) PAM_NONNULL((1));

/* Move count bytes, however many calls it takes. How many were moved (fewer
 * only at the end of input); -1 and errno on an error or a negative count. */
extern int pam_modutil_read(int fd, char *buffer, int count) PAM_NONNULL((2));
extern int pam_modutil_write(int fd, const char *buffer, int count)
    PAM_NONNULL((2));

/* An audit record of this type for PAM_USER with result retval. PAM_SUCCESS,
 * also where there is no audit; PAM_SYSTEM_ERR when it could not be written. */
extern int pam_modutil_audit_write(pam_handle_t *pamh, int type,
    const char *message, int retval) PAM_NONNULL((1, 3));

/* From here on touch files with the rights of pw: groups, file gid, file uid.
 * 0, also when there is nothing to drop; -1 when it failed (all is as before)
 * or was already done. p comes from PAM_MODUTIL_DEF_PRIVS. */
extern int pam_modutil_drop_priv(pam_handle_t *pamh,
    struct pam_modutil_privs *p, const struct passwd *pw)
    PAM_NONNULL((1, 2, 3));

/* Undo it. 0; -1 when nothing was dropped or the way back failed: then do not
 * go on. */
extern int pam_modutil_regain_priv(pam_handle_t *pamh,
    struct pam_modutil_privs *p) PAM_NONNULL((1, 2));

/* In a forked child, before it executes a helper: set the three standard
 * descriptors as asked and close all higher ones. 0, or -1 and the child should
 * leave. */
extern int pam_modutil_sanitize_helper_fds(pam_handle_t *pamh,
    enum pam_modutil_redirect_fd redirect_stdin,
    enum pam_modutil_redirect_fd redirect_stdout,
    enum pam_modutil_redirect_fd redirect_stderr) PAM_NONNULL((1));

/* The value after key, in any case, in a file of "key value" lines; "" when the
 * key stands alone. From malloc, for the caller to free; NULL when there is no
 * such key, file or memory. */
extern char *pam_modutil_search_key(pam_handle_t *pamh, const char *file_name,
    const char *key) PAM_NONNULL((1, 2, 3));

/* Is the name in this file (NULL: /etc/passwd), whatever else knows accounts?
 * PAM_SUCCESS; PAM_PERM_DENIED if not or if the name has a colon;
 * PAM_SERVICE_ERR for an empty name or a file that cannot be read. */
extern int pam_modutil_check_user_in_passwd(pam_handle_t *pamh,
    const char *user_name, const char *file_name) PAM_NONNULL((1, 2));

#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif

#endif
