/* SPDX-License-Identifier: BSD-2-Clause */
/* What Usher's libpam knows of sessions, for modules that also load where there
 * is another PAM library or an older one. Results are pam_session(3)'s, and
 * PAM_SYMBOL_ERR: there are no records here, and nothing was done. Who puts has
 * then to make do with what a close in the same process can know, and who
 * admits with counting by himself. */
#ifndef MODKIT_SESSION_H
#define MODKIT_SESSION_H

#include <stdbool.h>

struct call;

/* In .open, before anything is changed: put down what .close needs to undo the
 * change, in whatever process that runs. value NULL takes the key back. lasts:
 * the change outlives a reboot. What is neither PAM_SUCCESS nor PAM_SYMBOL_ERR
 * forbids the change. */
int session_put(struct call *c, const char *key, const char *value, bool lasts);

/* What the same line of the policy has put; *value is the handle's.
 * PAM_NO_MODULE_DATA: nothing. */
int session_get(struct call *c, const char *key, const char **value);

/* In .open: be one of at most limit living sessions that were admitted to the
 * scope. PAM_PERM_DENIED: there are as many. */
int sessions_admit(struct call *c, const char *scope, unsigned limit);

#endif
