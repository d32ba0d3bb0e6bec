/* SPDX-License-Identifier: BSD-2-Clause */
/* Log, talk to the user, and get his secret. Nothing here logs a secret. */
#ifndef _SECURITY_PAM_EXT_H
#define _SECURITY_PAM_EXT_H

#include <stdarg.h>
#include <stddef.h>

#include <security/_pam_types.h>

#ifdef __cplusplus
extern "C" {
#endif
#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

/* One line to syslog, facility LOG_AUTHPRIV, with who speaks in front. priority
 * is LOG_ERR and the like; %m is the caller's errno. The handle may be NULL. */
extern void pam_syslog(const pam_handle_t *pamh, int priority, const char *fmt,
    ...) PAM_FORMAT((printf, 3, 4)) PAM_NONNULL((3));
extern void pam_vsyslog(const pam_handle_t *pamh, int priority,
    const char *fmt, va_list args) PAM_FORMAT((printf, 3, 0)) PAM_NONNULL((3));

/* Send one message of this style through the conversation. *response becomes
 * the answer, from malloc, for the caller to wipe and free; it can be NULL even
 * on success. A NULL response drops the answer. PAM_SILENT is for the caller
 * to heed. The conversation's own code; PAM_SYSTEM_ERR without a handle or a
 * conversation; PAM_BUF_ERR without memory. */
extern int pam_prompt(pam_handle_t *pamh, int style, char **response,
    const char *fmt, ...) PAM_FORMAT((printf, 4, 5)) PAM_NONNULL((1, 4));
extern int pam_vprompt(pam_handle_t *pamh, int style, char **response,
    const char *fmt, va_list args) PAM_FORMAT((printf, 4, 0))
    PAM_NONNULL((1, 4));

/* A text and a complaint: pam_prompt without an answer. */
#define pam_info(pamh, ...) pam_prompt(pamh, PAM_TEXT_INFO, NULL, __VA_ARGS__)
#define pam_error(pamh, ...) pam_prompt(pamh, PAM_ERROR_MSG, NULL, __VA_ARGS__)
#define pam_vinfo(pamh, fmt, args)                                             \
	pam_vprompt(pamh, PAM_TEXT_INFO, NULL, fmt, args)
#define pam_verror(pamh, fmt, args)                                            \
	pam_vprompt(pamh, PAM_ERROR_MSG, NULL, fmt, args)

/* The secret in item (PAM_AUTHTOK or PAM_OLDAUTHTOK), asked for if no module
 * before did; a new one is asked for twice. *authtok is the library's, good
 * until the item changes. prompt NULL: the usual question. The words
 * use_first_pass, use_authtok and authtok_type= of the module's line are
 * heeded. PAM_AUTH_ERR (old) or PAM_AUTHTOK_ERR (new) when asking is
 * forbidden; PAM_AUTHTOK_ERR when the conversation fails; PAM_TRY_AGAIN when
 * the two answers differ; PAM_SYSTEM_ERR without handle or authtok;
 * PAM_BAD_ITEM when a program asks for a secret; PAM_BUF_ERR without memory. */
extern int pam_get_authtok(pam_handle_t *pamh, int item, const char **authtok,
    const char *prompt) PAM_NONNULL((1, 3));

/* The same for PAM_AUTHTOK, asked for once even when it is new. */
extern int pam_get_authtok_noverify(pam_handle_t *pamh, const char **authtok,
    const char *prompt) PAM_NONNULL((1, 2));

/* The second asking: *authtok holds the first answer on entry. For the new
 * secret only (else PAM_SYSTEM_ERR). PAM_TRY_AGAIN when they differ and
 * PAM_AUTHTOK_ERR when the conversation fails; the item is then cleared. */
extern int pam_get_authtok_verify(pam_handle_t *pamh, const char **authtok,
    const char *prompt) PAM_NONNULL((1, 2));

#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif

#endif
