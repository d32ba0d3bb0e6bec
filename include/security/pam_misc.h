/* SPDX-License-Identifier: BSD-2-Clause */
/* libpam_misc: a conversation for programs on a terminal, and helpers for the
 * environment. */
#ifndef _SECURITY_PAM_MISC_H
#define _SECURITY_PAM_MISC_H

#include <time.h>
#include <unistd.h>

#include <security/_pam_macros.h>
#include <security/pam_appl.h>
#include <security/pam_client.h>

#ifdef __cplusplus
extern "C" {
#endif
#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

/* The conversation: prompts go to standard error, answers come from descriptor
 * 0, one line each, at most 4095 bytes. The answers (*response and the texts in
 * it) are from malloc, for the caller to wipe and free. PAM_SUCCESS, with NULL
 * for a text where input had ended; PAM_CONV_ERR for no or unknown messages, a
 * read error, memory, or when time was up, and then *response is untouched.
 * appdata_ptr goes to the two binary handlers. Not for two threads at once. */
extern int misc_conv(int num_msg, const struct pam_message **msgm,
    struct pam_response **response, void *appdata_ptr) PAM_NONNULL((2, 3));

/* Absolute times, 0 for never: at the first the warn line is shown once (the
 * time then becomes 0), from the second on prompts fail and died becomes 1, for
 * the program to reset. */
extern time_t pam_misc_conv_warn_time;
extern time_t pam_misc_conv_die_time;
extern const char *pam_misc_conv_warn_line;
extern const char *pam_misc_conv_die_line;
extern int pam_misc_conv_died;

/* Binary prompts fail while fn is NULL. fn gets a copy of the packet, puts the
 * answer in its place and returns 0; the packet then belongs to the response.
 * free releases a packet that nobody will see. */
extern int (*pam_binary_handler_fn)(void *appdata, pamc_bp_t *prompt_p);
extern void (*pam_binary_handler_free)(void *appdata, pamc_bp_t *prompt_p);

/* pam_putenv for each "NAME=value" of an array that ends with NULL; the first
 * failure ends it and is the result. A NULL array is PAM_SUCCESS. */
extern int pam_misc_paste_env(pam_handle_t *pamh,
    const char *const *user_env) PAM_NONNULL((1));

/* Wipe and free what pam_getenvlist gave. Always NULL, also for NULL. */
extern char **pam_misc_drop_env(char **env);

/* Set one variable. PAM_PERM_DENIED when readonly and it is already set;
 * PAM_BUF_ERR without memory; else as pam_putenv. */
extern int pam_misc_setenv(pam_handle_t *pamh, const char *name,
    const char *value, int readonly) PAM_NONNULL((1, 2, 3));

#ifdef __GNUC__
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif

/* The older name of it. */
#define pam_misc_copy_env(pamh) pam_getenvlist(pamh)

#endif
