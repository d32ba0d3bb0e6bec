/* SPDX-License-Identifier: BSD-2-Clause */
/* What is on record of one session. A record is rows that were appended one
 * after the other: first the head, then what happened. */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/row.h"
#include "record/self.h"

#define RECORD_VERSION 1
#define RECORD_MAX (16 << 20)	/* of a file: longer is not ours */
#define NO_ANSWER (-1)		/* of an entry: not reached, not closed */

/* What it has come to. */
enum record_state {
	RECORD_OPENING,		/* in the middle, or failed and not undone */
	RECORD_OPEN,
	RECORD_DETACHED,	/* ended in good order: somebody else closes */
	RECORD_ABANDONED,	/* its opener gave up without closing */
	RECORD_CLOSING,
	RECORD_CLOSED,		/* and its credentials are not deleted yet */
	RECORD_STUCK,		/* closing it failed too often */
	RECORD_STATES,
};

/* An entry of the session stack. */
struct record_entry {
	const char *module;	/* path; NULL: the line has none */
	const char **argv;	/* NULL-terminated */
	size_t argc, argv_cap;
	int answer, closed;	/* PAM codes, or NO_ANSWER */
	unsigned asked;		/* to close, by who reaps, without an answer */
};

/* What a module put down to undo it by. */
struct record_put {
	size_t entry;
	const char *key, *value;	/* value NULL: taken back */
	bool lasts;		/* it outlives a boot */
};

struct record {
	/* The head. Strings are NULL when there are none. */
	unsigned version;
	const char *id, *boot, *service, *user, *tty, *rhost, *ruser;
	const char *class, *confdir;
	unsigned long long uid;		/* -1: not known */
	unsigned long long opened;	/* microseconds since 1970 */
	unsigned long long policy;	/* what tells one policy from another */
	unsigned long long outer;	/* audit session before: its parent's */
	struct space space;
	struct process opener;
	struct record_entry *entry;
	size_t entries, entry_cap;
	int *auth;		/* what entries answered to authenticate, */
	size_t auths, auth_cap;	/* or NO_ANSWER; none: nobody asked */

	/* What happened. */
	enum record_state state;
	bool was_open;		/* opening came to its end */
	bool abandoned, stuck;	/* whatever has been tried since */
	bool established;	/* credentials are */
	unsigned long long inner;	/* audit session that it began, or -1 */
	/* Seconds since 1970, or 0: when it was detached; when its opener was
	 * first seen dead, and when nobody else was in it either. */
	unsigned long long detached, left, gone;
	unsigned attempts;
	struct record_put *put;
	size_t puts, put_cap;
	const char **env;	/* NAME=value, in order */
	size_t envs, env_cap;
	const char **admitted;	/* scopes */
	size_t admissions, admitted_cap;
};

/* "open" for RECORD_OPEN. */
const char *record_state_word(enum record_state s);

/* Take a record's text apart, in place: *out refers to it. 0; -ENODATA when
 * nothing is written in it, and so nothing was begun; -EINVAL when it is no
 * record or too torn to be used; -EPROTO when a later version of this
 * software wrote it (id and what is known is filled in: to be shown, not to be
 * acted on); -ENOMEM. To be freed in any case. */
int record_parse(char *text, size_t len, struct record *out);
void record_free(struct record *r);

/* The rows of the head. */
void record_head(const struct record *r, struct rows *to);

/* Whether an entry has put anything that is to be undone. */
bool record_has_put(const struct record *r, size_t entry);

/* A record's file as a whole: text is its content, for record. */
struct record_file {
	char *text;
	struct record record;
};

/* Read a record of the open store. 0, what record_parse says, or -errno:
 * -ENOENT when it is gone. To be freed in any case. */
struct store_name;
int record_read(int store, const struct store_name *name,
    struct record_file *out);
void record_file_free(struct record_file *f);

#endif
