/* SPDX-License-Identifier: BSD-2-Clause */
/* What Usher knows of a session beyond the six calls: pam_session(7). None of
 * this is in other PAM libraries; the functions are of the version USHER_1.0.
 * A module that is to be loaded there too declares them weak (define
 * PAM_SESSION_WEAK before this header) and looks whether they are there. */
#ifndef SECURITY_PAM_SESSION_H
#define SECURITY_PAM_SESSION_H

#include <security/_pam_types.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

#ifdef PAM_SESSION_WEAK
#define PAM_SESSION_CALL extern __attribute__((weak))
#else
#define PAM_SESSION_CALL extern
#endif

/* The effect outlives a reboot, and so must what undoes it. */
#define PAM_SESSION_PERSIST 1

/* For modules, in pam_sm_open_session before they change anything: put down
 * what pam_sm_close_session needs to undo the change, in whatever process that
 * runs. Both strings are copied; a value of NULL takes the key back. Keys are
 * the entry's own: two lines of one module do not meet.
 * PAM_SUCCESS: it is on record, or there is no record to be had for this
 * session and the handle alone remembers it; PAM_BAD_ITEM: no key, or not
 * called from a session module; PAM_BUF_ERR; PAM_SYSTEM_ERR: it could not be
 * written down, and the change must not be made. */
PAM_SESSION_CALL int pam_session_put(pam_handle_t *pamh, const char *key,
    const char *value, int flags);

/* What the same entry has put, also in another process. *value is the handle's
 * and valid until the next put of the key, another session on this handle or
 * pam_end. PAM_SUCCESS;
 * PAM_NO_MODULE_DATA: nothing; PAM_BAD_ITEM as above. */
PAM_SESSION_CALL int pam_session_get(pam_handle_t *pamh, const char *key,
    const char **value);

/* The id of the transaction, which a session that it opens bears: 36
 * characters, the handle's until pam_end. After pam_session_attach it is that
 * session's. PAM_SUCCESS; PAM_SYSTEM_ERR without handle or place;
 * PAM_BUF_ERR. */
PAM_SESSION_CALL int pam_session_id(pam_handle_t *pamh, const char **id);

/* For programs: the session that this handle is going to close is that one,
 * opened by another handle in whatever process. Its environment and items come
 * into the handle. PAM_SUCCESS; PAM_PERM_DENIED: not root, or PAM_USER is
 * somebody else; PAM_SESSION_ERR: there is no such record, or none that can be
 * used from here; PAM_TRY_AGAIN: it is just being opened; PAM_ABORT: its
 * entries cannot be loaded; PAM_BUF_ERR; PAM_SYSTEM_ERR: no handle, no id, or
 * this handle has a session already. */
PAM_SESSION_CALL int pam_session_attach(pam_handle_t *pamh, const char *id);

/* For modules, in pam_sm_open_session: let this session be one of at most limit
 * that live and were admitted to the same scope (any text, such as
 * "limits user alice"). PAM_SUCCESS; PAM_PERM_DENIED: there are as many
 * already, or too many at the door at once; PAM_BAD_ITEM as above;
 * PAM_SYSTEM_ERR: sessions cannot be counted, as there are no records. */
PAM_SESSION_CALL int pam_session_admit(pam_handle_t *pamh, const char *scope,
    unsigned limit);

/* An entry that the last call of a primitive reached. The strings are the
 * handle's, until the next call or pam_end. */
struct pam_trail_step {
	const char *file;	/* where the entry stands */
	unsigned line;
	const char *module;	/* without suffix; NULL: a broken line */
	int answer;		/* PAM code */
	const char *action;	/* "ok", "ignore", "jump", ... */
	unsigned jump;		/* entries skipped by "jump" */
	unsigned ms;		/* the module's time */
	int decided;		/* 1: the result is this answer */
};

/* The n-th of them, from 0. PAM_SUCCESS; PAM_BAD_ITEM: there are not so many;
 * PAM_SYSTEM_ERR without handle or place. */
PAM_SESSION_CALL int pam_trail_step(const pam_handle_t *pamh, unsigned n,
    struct pam_trail_step *step);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
