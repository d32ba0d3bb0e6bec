/* SPDX-License-Identifier: BSD-2-Clause */
/* usher.conf(5): how this library behaves on this system. Private to
 * libpam/. */
#ifndef LIBPAM_CONF_H
#define LIBPAM_CONF_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/arena.h"

struct watch;

enum trust {
	TRUST_OFF,		/* believe every file */
	TRUST_WARN,		/* refuse what the world may write */
	TRUST_STRICT,		/* only root's files that only root writes */
};

struct conf_text {
	char *path, *bytes;	/* bytes NULL: there is none */
	size_t len;
	struct stat st;
};

/* What goes to the event log. */
enum conf_events {
	EVENTS_ALL,
	EVENTS_FAILURES,
	EVENTS_NO,
};

struct conf {
	enum trust trust;
	enum conf_events events;
	bool record;			/* write session records */
	bool require_record;		/* no record, no session */
	bool rollback;			/* undo an opening that failed */
	const char *const *rollback_except;	/* services, NULL-terminated */
	const char *const *login_records;	/* the same: utmp and its kin */
	unsigned detached_max;		/* seconds: for who reaps */
	const char *const *module_path;	/* NULL-terminated */
	const char *const *trace;	/* service names, NULL-terminated */
	const char *const *keep_tokens;	/* the same */
	const char *const *unload;	/* module names, NULL-terminated */
	const char *const *self_closing;	/* the same */
	bool unread;			/* a file is there, and not to be read */
	struct conf_text text;		/* that it was made from */
	struct arena arena;
};

/* What the usher.conf of confdir says, or (NULL) the system's. Bad lines are
 * logged and change nothing. The files looked at go into watch. NULL:
 * no memory, or no descriptor. */
struct conf *conf_load(const char *confdir, struct watch *watch);

/* Whether a list has this name, upper and lower case being one. */
bool conf_names(const char *const *list, const char *name);

/* Whether a second reading gives the same text. 0, -EAGAIN, -ENOMEM. */
int conf_check(const struct conf *conf, const char *confdir);

void conf_free(struct conf *conf);

#endif
