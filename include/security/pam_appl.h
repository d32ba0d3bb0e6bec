/* SPDX-License-Identifier: BSD-2-Clause */
/* For programs: begin a transaction, the six services, end it. */
#ifndef _SECURITY_PAM_APPL_H
#define _SECURITY_PAM_APPL_H

#include <security/_pam_types.h>

#ifdef __cplusplus
extern "C" {
#endif
#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

/* Codes that every service call below can return beside its own:
 *   PAM_SYSTEM_ERR    no handle, or called from inside a module
 *   PAM_ABORT         the policy could not be read again, or another service
 *                     call of this handle waits to be finished
 *   PAM_PERM_DENIED   no module said yes
 *   PAM_MODULE_UNKNOWN  a module that counts is not there
 *   PAM_INCOMPLETE    the conversation answered PAM_CONV_AGAIN: make the same
 *                     call again when it can go on
 *   PAM_BUF_ERR, PAM_CONV_ERR, PAM_SERVICE_ERR, PAM_AUTHINFO_UNAVAIL
 *                     as a module found
 * Anything but PAM_SUCCESS is a refusal. flags is 0 or PAM_SILENT or what the
 * call names. */

/* Begin: *pamh becomes a handle that pam_end must release. service_name names
 * the policy (only what follows its last slash counts, in lower case); user may
 * be NULL when nobody knows yet; the strings and the conversation are copied.
 * Policy and modules are found now. PAM_SYSTEM_ERR when service_name,
 * pam_conversation or pamh is NULL (*pamh is untouched); PAM_BUF_ERR without
 * memory and PAM_ABORT when there is no readable policy (*pamh is NULL). */
extern int pam_start(const char *service_name, const char *user,
    const struct pam_conv *pam_conversation, pam_handle_t **pamh)
    PAM_NONNULL((1, 3, 4));

/* The same, with policies from the folder confdir alone. NULL: as pam_start. */
extern int pam_start_confdir(const char *service_name, const char *user,
    const struct pam_conv *pam_conversation, const char *confdir,
    pam_handle_t **pamh) PAM_NONNULL((1, 3, 5));

/* Release the handle and all it owns; data of modules are cleaned up and told
 * pam_status: the last result, with PAM_DATA_SILENT in a child that only drops
 * its copy. Ends no session. PAM_SUCCESS; PAM_SYSTEM_ERR without a handle or
 * from inside a module, and then nothing is released. */
extern int pam_end(pam_handle_t *pamh, int pam_status);

/* Is he who he says? flags may hold PAM_DISALLOW_NULL_AUTHTOK. PAM_AUTH_ERR,
 * PAM_USER_UNKNOWN, PAM_CRED_INSUFFICIENT, PAM_MAXTRIES (do not retry).
 * Forgets the secrets at its end; sleeps when it fails and a module asked for
 * it. PAM_USER may have changed afterwards. */
extern int pam_authenticate(pam_handle_t *pamh, int flags) PAM_NONNULL((1));

/* Give, renew or take what the user holds beside his ids; the ids themselves
 * are the program's business. flags: one of PAM_ESTABLISH_CRED (also when 0),
 * PAM_DELETE_CRED, PAM_REINITIALIZE_CRED, PAM_REFRESH_CRED. PAM_CRED_ERR,
 * PAM_CRED_UNAVAIL, PAM_CRED_EXPIRED, PAM_USER_UNKNOWN. */
extern int pam_setcred(pam_handle_t *pamh, int flags) PAM_NONNULL((1));

/* May he come in, here and now? flags may hold PAM_DISALLOW_NULL_AUTHTOK.
 * PAM_ACCT_EXPIRED, PAM_AUTH_ERR, PAM_USER_UNKNOWN; PAM_NEW_AUTHTOK_REQD: only
 * after pam_chauthtok with PAM_CHANGE_EXPIRED_AUTHTOK. */
extern int pam_acct_mgmt(pam_handle_t *pamh, int flags) PAM_NONNULL((1));

/* Begin what lasts until pam_close_session. The user is known and checked, and
 * the program privileged enough for both. PAM_SESSION_ERR. */
extern int pam_open_session(pam_handle_t *pamh, int flags) PAM_NONNULL((1));

/* End it, from this process or another. PAM_SESSION_ERR. */
extern int pam_close_session(pam_handle_t *pamh, int flags) PAM_NONNULL((1));

/* Change the secret, in two rounds: first every module is asked whether it
 * could, then all do. flags may hold PAM_CHANGE_EXPIRED_AUTHTOK.
 * PAM_AUTHTOK_ERR, PAM_AUTHTOK_RECOVERY_ERR, PAM_AUTHTOK_LOCK_BUSY,
 * PAM_AUTHTOK_DISABLE_AGING, PAM_USER_UNKNOWN; PAM_TRY_AGAIN: the first round
 * said no, nothing was changed. PAM_SYSTEM_ERR also when flags names a
 * round. */
extern int pam_chauthtok(pam_handle_t *pamh, int flags) PAM_NONNULL((1));

#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif

#endif
