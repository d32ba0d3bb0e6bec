/* SPDX-License-Identifier: BSD-2-Clause */
/* One transaction: what stands behind pam_handle_t. Private to libpam/. */
#ifndef LIBPAM_HANDLE_H
#define LIBPAM_HANDLE_H

#include <stdbool.h>
#include <time.h>

#include <security/_pam_types.h>

#include "base/id.h"
#include "base/table.h"
#include "engine/run.h"
#include "libpam/call.h"
#include "libpam/live.h"

#define ITEM_COUNT (PAM_AUTHTOK_TYPE + 1)

struct instance;
struct lookup;
struct session;

/* A call that answered PAM_INCOMPLETE and waits to be made again. */
struct pending {
	enum call call;		/* CALL_NONE: nothing waits */
	bool update;		/* pam_chauthtok is in its second pass */
	struct walk walk;
};

/* The way to the kernel's audit for one call. */
struct audit {
	int fd;			/* negative: none, or -errno */
	unsigned long ino;	/* of the socket: modules close descriptors */
};

/* The module that runs, and from where it was called. */
struct running {
	enum call call;		/* CALL_NONE: the application has control */
	const struct entry *entry;
	struct live walk;
	struct audit audit;
};

struct delay {
	unsigned longest;	/* asked for in this period, microseconds */
	struct timespec start;	/* of the call, or its last answer */
	bool talked;
};

struct pam_handle {
	struct id id;
	char *confdir;		/* NULL: the system's policies */
	char *item[ITEM_COUNT];	/* those that are strings */
	struct pam_conv conv;
	struct pam_xauth_data xauth;
	const void *fail_delay;
	struct table env, data;

	struct instance *instance;	/* the current one, then older ones */
	bool stale;		/* PAM_SERVICE was set since: I-9 */
	struct running running;
	struct live talk;	/* the conversation was called without a module */
	bool ending;		/* in pam_end, cleaning up data */
	struct pending pending;
	struct trail trail;

	int user_failure;	/* U-5; PAM_SUCCESS: none */
	char *user_prompt;	/* U-7; NULL: nothing was put off */
	bool verified;		/* the new token was typed twice: T-13 */
	struct delay delay;
	bool established;	/* credentials are, as far as is known */
	struct session *session;	/* NULL: none was opened here yet */
	bool no_log;		/* events have no place: until the next login */
	bool audited;		/* a record was written: AU-5 */
	struct lookup *lookups;	/* what pam_modutil_get* gave: G-1 */
	char *login;		/* G-4 */
};

/* whether a module of this handle is being called. */
static inline bool
handle_in_module(const pam_handle_t *pamh)
{
	return pamh->running.call != CALL_NONE;
}

/* The same for a call that neither a module nor a cleanup may make: a walk that
 * was left by longjmp counts as over (W-24), and is logged. */
bool handle_is_busy(pam_handle_t *pamh);

#endif
