/* SPDX-License-Identifier: BSD-2-Clause */
/* What a handle knows of its session, and the life that a session has on
 * record: doc/sessions.md. Private to libpam/. */
#ifndef LIBPAM_SESSION_H
#define LIBPAM_SESSION_H

#include "libpam/handle.h"
#include "record/page.h"
#include "record/record.h"

struct instance;

enum session_state {
	SESSION_NONE,		/* nobody opened one here */
	SESSION_OPENING,	/* PAM_INCOMPLETE, or it failed and was left so */
	SESSION_OPEN,
	SESSION_UNDONE,		/* it failed, and is as if it had never begun */
	SESSION_CLOSED,
};

/* What an entry has put down, here or on record. */
struct session_put {
	size_t entry;
	char *key, *value;	/* value NULL: taken back */
	bool lasts;
};

struct session {
	enum session_state state;
	bool recorded;		/* there is a record of it */
	bool kept;		/* closed; it waits for its credentials */
	bool attached;		/* another handle opened it */
	bool again;		/* opened a second time: Z-3 */
	/* What of a record's entries is not run from here: their paths are
	 * another place's (but what outlives a boot is everybody's); the user
	 * is not who he was; only what outlives a boot is left. */
	bool elsewhere, stranger, lasting;
	bool lasts;		/* there may be a lasting file of it */
	bool untidy;		/* an entry is not undone */
	int no_record;		/* -errno: why there is none */
	struct store store;
	struct store_name name;
	char id[ID_TEXT];
	const char *class;	/* a word of its own */
	struct process opener;
	uint32_t outer;		/* audit session before */
	struct glance glance;	/* at it, within a call only */
	struct page page;	/* within a call only */
	size_t written;		/* of the record, when this handle left it */
	/* Whose entries it has, when not those of the handle's policy: of the
	 * one that was before a change of service (borrowed), or of a record
	 * that another policy made (owned). */
	struct instance *opened_by, *recalled;
	int *closed;		/* by entry; NULL: none is */
	bool *hopeless;		/* by entry: who asks it to close dies of it */
	size_t entries;
	struct session_put *put;
	size_t puts, put_cap;
};

/* The id that a handle's calls bear: its own, or that of the session that it is
 * attached to. Also in room. */
const char *session_id(const pam_handle_t *pamh, char room[ID_TEXT]);

/* Open and close, with all that surrounds the walk. PAM codes. */
int session_open(pam_handle_t *pamh, int flags);
int session_close(pam_handle_t *pamh, int flags);

/* The event log has been told of the close: the record may go. Not earlier, or
 * the log could have an opening without an end. */
void session_settle(pam_handle_t *pamh);

/* pam_setcred has succeeded. */
void session_credentials(pam_handle_t *pamh, int flags);

/* pam_end, before anything is cleaned up. */
void session_end(pam_handle_t *pamh, int status);

/* The handle's session, made if there is none; NULL: no memory. */
struct session *session_of(pam_handle_t *pamh);
void session_free(pam_handle_t *pamh);

/* As if there had been none; pam_session_id's text stays where it is. */
void session_forget(pam_handle_t *pamh);

/* The entries that a call walks: of the policy, or of the record. */
struct instance *session_instance(const pam_handle_t *pamh, enum call call);

/* The handle is about to get another policy. */
void session_policy_changes(pam_handle_t *pamh);

/* For who asks an entry to close: true when it is not to be asked (again), and
 * the answer is this one. */
bool session_spares(struct session *s, size_t entry, int *answer);

/* An entry is about to be asked to close. */
void session_asks(struct session *s, size_t entry);

/* What an entry's answer to close is worth: to be asked from elsewhere, and not
 * to be able to, is no failure of a module whose sessions end by themselves. */
int session_excused(const pam_handle_t *pamh, const struct entry *e,
    int answer);

/* An entry has answered. ran: it has the function that was to be called. */
void session_answered(pam_handle_t *pamh, enum call call, size_t entry,
    int answer, bool ran);

/* What an entry has put and not taken back. NULL: nothing. */
struct session_put *session_find_put(const struct session *s, size_t entry,
    const char *key);
bool session_has_put(const struct session *s, size_t entry, bool lasting);

/* Its record goes, as nothing is left of it. */
void session_remove(struct session *s);

/* Remember it. 0 or -ENOMEM. */
int session_remember_put(struct session *s, size_t entry, const char *key,
    const char *value, bool lasts);
void session_forget_puts(struct session *s);

#endif
