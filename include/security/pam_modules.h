/* SPDX-License-Identifier: BSD-2-Clause */
/* For modules: what the library calls in them, and what only they may call. */
#ifndef _SECURITY_PAM_MODULES_H
#define _SECURITY_PAM_MODULES_H

#include <security/_pam_types.h>

/* Which of the two rounds of pam_chauthtok this is. */
#define PAM_PRELIM_CHECK 0x4000
#define PAM_UPDATE_AUTHTOK 0x2000

/* In the status of a cleanup: a new value takes the place of the old one. */
#define PAM_DATA_REPLACE 0x20000000

#ifdef __cplusplus
extern "C" {
#endif
#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

/* Keep data under a name until pam_end. Names are shared by all modules of the
 * handle; name is copied, data is the handle's from now on. cleanup (may be
 * NULL) gets it back at pam_end, with that call's status, or with
 * PAM_DATA_REPLACE when the name is set anew. PAM_SYSTEM_ERR without handle or
 * name, or when a program calls; PAM_BUF_ERR without memory. On failure data
 * is still the caller's. */
extern int pam_set_data(pam_handle_t *pamh, const char *module_data_name,
    void *data, void (*cleanup)(pam_handle_t *pamh, void *data,
    int error_status)) PAM_NONNULL((1, 2));

/* What is kept under the name, NULL possible; still the handle's.
 * PAM_NO_MODULE_DATA when nothing is (*data is untouched); PAM_SYSTEM_ERR
 * without handle or name, or when a program calls. */
extern int pam_get_data(const pam_handle_t *pamh, const char *module_data_name,
    const void **data) PAM_NONNULL((1, 2, 3));

/* Who is the user? Asks, with prompt (or PAM_USER_PROMPT, or a text of the
 * library when NULL), if nobody said yet. *user is the library's, good until
 * PAM_USER changes, and NULL on failure. PAM_SYSTEM_ERR without handle or user;
 * else what the conversation failed with: PAM_CONV_AGAIN (return
 * PAM_INCOMPLETE), PAM_BUF_ERR, PAM_CONV_ERR; PAM_ABORT when the question
 * changed while its answer was awaited. Programs may call it too. */
extern int pam_get_user(pam_handle_t *pamh, const char **user,
    const char *prompt) PAM_NONNULL((1, 2));

/* The six functions of a module, all or some. argv has the argc words after the
 * module's name in the policy line; they are the library's. The results are
 * those of the service call; PAM_IGNORE means no opinion. */
extern int pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc,
    const char **argv);
extern int pam_sm_setcred(pam_handle_t *pamh, int flags, int argc,
    const char **argv);
extern int pam_sm_acct_mgmt(pam_handle_t *pamh, int flags, int argc,
    const char **argv);
extern int pam_sm_open_session(pam_handle_t *pamh, int flags, int argc,
    const char **argv);
extern int pam_sm_close_session(pam_handle_t *pamh, int flags, int argc,
    const char **argv);
extern int pam_sm_chauthtok(pam_handle_t *pamh, int flags, int argc,
    const char **argv);

#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif

#endif
