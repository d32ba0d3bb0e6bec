/* SPDX-License-Identifier: BSD-2-Clause */
/* All that a module includes. A module is a struct conf, a table of options,
 * one to four functions and one MODULE(); entry.c does the rest. */
#ifndef MODKIT_MODKIT_H
#define MODKIT_MODKIT_H

#include <errno.h>
#include <pwd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <security/pam_modutil.h>

#include "base/beneath.h"
#include "base/drop.h"
#include "base/file.h"
#include "base/intl.h"
#include "base/number.h"
#include "base/secret.h"
#include "base/text.h"
#include "modkit/opt.h"
#include "modkit/session.h"

/* One call of one entry point; gone when it returns, with conf and words. */
struct call {
	pam_handle_t *pamh;
	const char *symbol;	/* pam_sm_authenticate, ... */
	int flags;
	void *conf;		/* the module's struct conf, filled */
	const char **words;	/* arguments that are no options, then NULL */
	size_t nwords;
	bool debug;		/* the option of this name is on */
};

typedef int call_fn(struct call *c);

/* What of the process a module may leave changed, as that is its job. The
 * standard tests take anything else for a mistake. */
enum {
	CHANGES_UMASK = 1,
	CHANGES_LIMITS = 2,	/* rlimits and nice value */
	CHANGES_GROUPS = 4,
	CHANGES_PLACE = 8,	/* root or working directory */
	CHANGES_FILES = 16,	/* open descriptors */
};

struct module {
	const char *name, *what;
	const struct opt *options;
	size_t conf_size;
	/* An entry point without a function answers PAM_MODULE_UNKNOWN. */
	call_fn *auth, *cred, *account, *open, *close, *password;
	bool words;		/* takes arguments that are no options */
	bool anycase;		/* option names in upper or lower case */
	unsigned changes;
};

#define MODULE(word, line, ...)                                                \
	const struct module usher_module = {                                   \
		.name = "pam_" #word, .what = line, __VA_ARGS__                \
	}
extern const struct module usher_module;

/* The same answer whatever is asked. */
int answer_success(struct call *c);
int answer_ignore(struct call *c);

/* Who is the user? Asks if nobody has. PAM_SUCCESS and a name (the handle's,
 * perhaps empty), or what to return: PAM_INCOMPLETE when the answer is still
 * to come (C-6), else the conversation's failure. */
int call_user(struct call *c, const char **name);

/* The user's account, the handle's. As call_user, and PAM_USER_UNKNOWN. */
int call_account(struct call *c, const struct passwd **pw);

/* Is the user in the group, by his own record, the group's, or whatever else
 * knows (C-7)? 1; 0, also when one of the two does not exist; -errno when that
 * could not be found out: then it is neither yes nor no. */
int call_member(const struct call *c, const char *user, const char *group);

/* A string item of the handle, NULL when it is not set. */
const char *call_item(const struct call *c, int item);

/* One message to the user, PAM_TEXT_INFO or PAM_ERROR_MSG; none when the
 * program asked for silence. What the conversation says to it is no reason to
 * change an answer. */
void call_tell(struct call *c, int style, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* One line to the log, with '?' for every control character; with call_debug
 * only if the module's debug is on. */
void call_log(const struct call *c, int priority, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void call_debug(const struct call *c, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The value of key in a file in the style of login.defs, without the blanks
 * behind it (C-4): from malloc, NULL when there is none. */
char *call_setting(const struct call *c, const char *path, const char *key);

#endif
