/* SPDX-License-Identifier: BSD-2-Clause */
/* A program that is its own module: policies name a file that calls back into
 * the test, so that a test says what a module does. What the library logs, and
 * what it asks for of the audit system, comes here as well. */
#ifndef RIG_H
#define RIG_H

#include <stdbool.h>
#include <stddef.h>

#include <security/pam_appl.h>
#include <security/pam_ext.h>
#include <security/pam_modules.h>

/* Where a module was called. */
struct rig_call {
	const char *what;	/* "authenticate" for pam_sm_authenticate */
	int flags, argc;
	const char **argv;
};

/* What the conversation does with one message. */
enum rig_kind {
	RIG_DONE,		/* no more replies: PAM_CONV_ERR */
	RIG_TEXT,
	RIG_NULL,		/* an array without an answer */
	RIG_NO_ARRAY,
};

struct rig_reply {
	enum rig_kind kind;
	const char *text;
	int code;
};

#define SAY(text) { RIG_TEXT, text, PAM_SUCCESS }
#define FAIL(code) { RIG_NO_ARRAY, NULL, code }

struct rig {
	/* What a module does. NULL: see rig_default. */
	int (*module)(pam_handle_t *pamh, const struct rig_call *call);
	/* What else the conversation does before it answers. */
	void (*during)(pam_handle_t *pamh);
	pam_handle_t *pamh;	/* the last that was started */

	struct rig_reply reply[8];
	size_t replies;
	char said[2048];	/* "[1 Password: ]" for each message */
	char called[2048];	/* " a.authenticate" for each call */
};

extern struct rig rig;
extern const struct pam_conv rig_conv;

/* Forget all of the above but the handle. */
void rig_reset(void);

/* What a test cannot go on without: else it says so and fails as a whole. */
void rig_must(bool ok, const char *what);

/* As module: answers with the codes in argv[1] (words with commas between), one
 * for each call of the name in argv[0], the last one again and again. */
int rig_default(pam_handle_t *pamh, const struct rig_call *call);

/* The folder of policies, and the file of a service in it. %M stands for the
 * module, %H for one that has only pam_sm_authenticate, %D for the folder of
 * both, %C for that of the policies. */
const char *rig_confdir(void);
void rig_policy(const char *service, const char *text);

/* The text that rig_policy writes, the caller's to free. */
char *rig_text(const char *text);

/* Begin with policy text for "svc" and a user, and with nothing called or said
 * yet. */
pam_handle_t *rig_start(const char *policy, const char *user);
void rig_end(pam_handle_t *pamh);

/* One of the six calls, by its letter: a, c(red), m(anage), o(pen), s(hut),
 * p(assword); e ends. */
int rig_do(pam_handle_t *pamh, char letter, int flags);

/* Lines as "3 PAM text\n", with the priority in front, and "!" behind it when
 * the facility is not LOG_AUTHPRIV. What differs from run to run is replaced:
 * the folder of policies by DIR, that of the modules by MODULES, ids by ID. */
const char *rig_log(void);
void rig_log_clear(void);
bool rig_logged(const char *part);

/* The folder of the modules. */
const char *rig_modules(void);

/* Begin main; argv[1] is the module. */
void rig_main(int argc, char **argv);

/* ---- Audit: the way to the kernel, and what went there ---- */

struct rig_audit {
	int open_errno;		/* 0: it works */
	int write_rc, write_errno;
	int opened;
	char records[2048];	/* "1100 text acct=a host=h tty=t yes\n" */
};

extern struct rig_audit rig_audit;

#endif
