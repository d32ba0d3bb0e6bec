/* SPDX-License-Identifier: BSD-2-Clause */
/* A module's test is a table: what stands in the policy, what a program does,
 * what it must be answered. Each row runs in a process and, where the system
 * lets us, under an /etc and /run of its own, through whichever libpam.so.0
 * the test was started with. */
#ifndef PAMTEST_H
#define PAMTEST_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <security/pam_appl.h>

enum pamtest_do {
	PAMTEST_END,
	PAMTEST_AUTH,
	PAMTEST_CRED,
	PAMTEST_ACCOUNT,
	PAMTEST_OPEN,
	PAMTEST_CLOSE,
	PAMTEST_CHANGE,
};

struct pamtest_op {
	enum pamtest_do what;
	int want;
	int flags;
};

struct pamtest_item {
	int item;
	const void *value;	/* most often a string */
};

enum pamtest_kind {
	PAMTEST_TEXT,
	PAMTEST_FOLDER,
	PAMTEST_LINK,		/* text is where it points */
	PAMTEST_FIFO,
};

/* A file in the row's own /etc, /run or vendor folder; folders above it are
 * made. mode 0 is 0644, or 0755 for a folder; 07000 is 0000. */
struct pamtest_file {
	const char *path, *text;
	mode_t mode;
	uid_t uid;
	gid_t gid;
	enum pamtest_kind kind;
	size_t times;		/* text is repeated as often; 0 is once */
};

/* What is left out is not set, or not looked at. Note that libpam judges
 * setcred and close_session by what authenticate and open_session were answered
 * before on the same handle: behind PAM_IGNORE they are ignored. */
struct pamtest {
	const char *label;
	const char *args;	/* of the module, the only one in every stack */
	const char *policy;	/* instead: a whole policy; %M is the module,
				 * %B the folder it is in */
	const char *user;	/* NULL: the module has to ask */
	uid_t uid;		/* the caller's, if not 0 */
	uid_t ruid;		/* his real one, when only that differs */
	bool root;		/* only root, who becomes others, can try it */
	int conv;		/* what the conversation answers questions */
	const char *replies[4];	/* after these it fails */
	struct pamtest_item items[6];
	const char *env[4];	/* PAM environment before */
	struct pamtest_file files[8];
	struct pamtest_op ops[6];
	/* "info: a\nerror: b\nask: login:" */
	const char *says;
	const char *logs, *hides; /* part of the log, no part of it */
	const char *leaves;	/* what the table's observer tells afterwards */
	const char *differs;	/* why the module that this one replaces
				 * answers otherwise: not run with it */
};

/* Tells what a row left behind, in text that lasts until the next call. */
typedef const char *pamtest_observer(pam_handle_t *pamh);

/* Observers: the PAM environment as "A=1 B=2"; the user. */
pamtest_observer pamtest_environment, pamtest_user;

/* Run all rows. argv: module file, then "theirs" if that is the module which
 * ours replaces (its log is not looked at), or "memory" to run each row again
 * and again while one allocation after the other fails. Exit status of the
 * program; 77 when no row could be run here. */
int pamtest_main(int argc, char **argv, const struct pamtest *rows, size_t n,
    pamtest_observer *observe);

#define PAMTEST(rows, observe)                                                 \
	int main(int argc, char **argv)                                        \
	{                                                                      \
		return pamtest_main(argc, argv, rows,                          \
		    sizeof(rows) / sizeof((rows)[0]), observe);                \
	}

/* One row with the n-th allocation of its operations failing, for all n: no
 * answer may be kinder than the one that the row wants. 0, or 1 when one is.
 * Only in programs that are linked with a heap which can be told to fail. */
int pamtest_memory(const struct pamtest *row) __attribute__((weak));

/* For tests of other shapes. */

/* A mount namespace with an empty /etc (but for root, nobody, alice 1000 and
 * bob 1001), /run and vendor folder. False: not possible here. */
bool pamtest_world(void);
bool pamtest_put(const struct pamtest_file *file);

/* A type's entries in a policy, type and arguments to be printed into it, that
 * show the very answer of the module. As not every library lets PAM_IGNORE out,
 * PAM_MODULE_UNKNOWN stands for it: the answer of an entry without a file. */
#define PAMTEST_ENTRY                                                          \
	"%1$s [default=done ignore=ignore] %%M %2$s\n"                         \
	"-%1$s [default=ok] /nonexistent/ignored.so\n"

/* A folder for policies, gone at exit, and one policy in it. */
const char *pamtest_confdir(void);
bool pamtest_policy(const char *service, const char *text, const char *module);

/* What was logged so far, one line each; emptied by pamtest_log_clear. */
const char *pamtest_log(void);
void pamtest_log_clear(void);

/* Give a handle what the row says it has. */
bool pamtest_prepare(pam_handle_t *pamh, const struct pamtest *row);

/* Do one operation. */
int pamtest_do(pam_handle_t *pamh, enum pamtest_do what, int flags);
extern const char *const pamtest_do_name[];

#endif
