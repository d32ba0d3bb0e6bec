/* SPDX-License-Identifier: BSD-2-Clause */
/* A folder of policies and modules that change under the library's feet, and a
 * program that logs in by them. */
#ifndef TESTS_THREADS_LAB_H
#define TESTS_THREADS_LAB_H

#include <security/pam_appl.h>
#include <stdbool.h>

#define EXPORT __attribute__((visibility("default")))

/* Made at the first call, which has to be the first of all these, by one
 * thread; gone when its maker exits. */
const char *lab(void);

struct lab_path {
	char text[512];
};

/* A path in the folder. */
struct lab_path lab_path(const char *name);

/* Take the place of a file by rename(2); write over it in place, which needs
 * a text of the same length; switch a symbolic link. */
bool lab_put(const char *name, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
bool lab_overwrite(const char *name, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
bool lab_link(const char *name, const char *target);

/* The same with the test module, which tells this version of itself. */
bool lab_put_module(const char *name, unsigned version);
bool lab_overwrite_module(const char *name, unsigned version);

/* A folder, with those above it. */
bool lab_folder(const char *name);

/* Make a folder the root of this process, and the lab: for a child, who does
 * not come back. */
bool lab_enter(const char *name);

/* End a child. Without the end of the sanitizers, which look for leaks where
 * there is no /proc, or at what a jump left behind. */
void lab_exit(int status) __attribute__((noreturn));

/* Wait until what was written is old enough to be remembered. */
void lab_age(void);

/* A policy: all four facilities ask one module, with these arguments. */
#define LAB_ALL(module, args)                                                  \
	"auth required " module " " args "\n"                                  \
	"account required " module " " args "\n"                               \
	"session required " module " " args "\n"                               \
	"password required " module " " args "\n"

enum {
	LAB_START,
	LAB_AUTH,
	LAB_CRED,
	LAB_ACCOUNT,
	LAB_OPEN,
	LAB_CLOSE,
	LAB_END,
	LAB_STEPS,
};

/* What a whole login was answered, and what judged it (0: nobody said). */
struct login {
	int answer[LAB_STEPS];
	unsigned policy, part;	/* versions of the service's file, its include */
	unsigned module;	/* version of the module */
};

extern const struct pam_conv lab_conv;	/* refuses to talk */

/* One step on a handle. LAB_START is done already, and answers PAM_SUCCESS. */
int lab_step(pam_handle_t *pamh, int step);

/* What a program does after each step; NULL: nothing. */
extern void (*lab_between)(void);

/* Whether every step was answered PAM_SUCCESS. */
bool lab_login(const char *confdir, const char *service, struct login *out);

/* A number that a module left in the environment of the handle, or 0. */
unsigned lab_told(pam_handle_t *pamh, const char *name);

/* How many lines were logged so far that have this in them. Not while other
 * threads may log. */
unsigned lab_logged(const char *part);
void lab_log_clear(void);

#endif
