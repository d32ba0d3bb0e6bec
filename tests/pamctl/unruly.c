/* SPDX-License-Identifier: BSD-2-Clause */
/* A module that does in close_session what its first argument says, and tells
 * in the file that is its second what it found there. */
#include <linux/keyctl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <security/pam_modules.h>

#define PAM_SESSION_WEAK
#include <security/pam_session.h>

#define EXPORT __attribute__((visibility("default")))

static void
stay(void)
{
	for (;;)
		pause();
}

static void
stay_all(void)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	fork();
	stay();
}

static void
leave(void)
{
	exit(0);
}

static void
close_all(void)
{
	for (int fd = 0; fd < 1024; fd++)
		close(fd);
}

/* What belongs to the process, and stays so. */
static void
change_all(void)
{
	if (chdir("/proc") < 0)
		abort();
	umask(0);
	setenv("PATH", "/nowhere", 1);
	signal(SIGCHLD, SIG_IGN);
	syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL);
}

static const struct {
	const char *word;
	void (*act)(void);
} acts[] = {
	{ "crash", abort }, { "exit", leave }, { "hang", stay },
	{ "hang-all", stay_all }, { "close-all", close_all },
	{ "change-all", change_all },
};

/* Where it finds itself: directory, umask, variables, blocked signals, whether
 * somebody could type, keyring. */
static void
tell_place(FILE *to)
{
	extern char **environ;
	const mode_t mask = umask(0);
	char cwd[64];
	sigset_t set;
	unsigned count = 0, blocked = 0;

	umask(mask);
	sigprocmask(SIG_SETMASK, NULL, &set);
	for (char **e = environ; *e; e++)
		count++;
	for (int i = 1; i < 32; i++)
		blocked += sigismember(&set, i) == 1;
	fprintf(to, "%s %03o %u %u %d %ld\n",
	    getcwd(cwd, sizeof cwd) ? cwd : "?", mask, count, blocked,
	    isatty(0), syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID,
	    KEY_SPEC_SESSION_KEYRING, 0));
}

static void
tell(const char *path, const char *what, pam_handle_t *pamh)
{
	FILE *to = fopen(path, "a");
	const char *value = NULL;

	if (!to)
		abort();
	if (pamh && pam_session_get)
		pam_session_get(pamh, "key", &value);
	fprintf(to, "%s %s ", what, value ? value : "-");
	tell_place(to);
	fclose(to);
}

EXPORT int
pam_sm_open_session(pam_handle_t *pamh, int flags, int argc,
    const char **argv)
{
	const int lasts = strcmp(argv[0], "lasting") == 0 ?
	    PAM_SESSION_PERSIST : 0;

	(void)flags;
	(void)argc;
	return pam_session_put ?
	    pam_session_put(pamh, "key", argv[0], lasts) : PAM_SUCCESS;
}

EXPORT int
pam_sm_close_session(pam_handle_t *pamh, int flags, int argc,
    const char **argv)
{
	(void)flags;
	(void)argc;
	tell(argv[1], "close", pamh);
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		if (strcmp(argv[0], acts[i].word) == 0)
			acts[i].act();
	}
	return strcmp(argv[0], "fail") == 0 ? PAM_SESSION_ERR : PAM_SUCCESS;
}

EXPORT int
pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc,
    const char **argv)
{
	(void)pamh;
	(void)flags;
	(void)argc;
	(void)argv;
	return PAM_SUCCESS;
}

EXPORT int
pam_sm_setcred(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)pamh;
	(void)argc;
	if (flags & PAM_DELETE_CRED)
		tell(argv[1], "uncred", NULL);
	return PAM_SUCCESS;
}
