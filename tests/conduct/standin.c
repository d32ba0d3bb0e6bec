/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: standin SERVICE USER PROGRAM
 *
 * What systemd does for a unit with PAMName=: the process that opened the
 * session becomes the program, and a child with the user's ids, "(sd-pam)",
 * waits for its end and closes. Which calls, flags and conditions was seen on
 * systemd 252 with the same recorder.
 */
#include <err.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <security/pam_appl.h>

static int
say_nothing(int n, const struct pam_message **messages,
    struct pam_response **replies, void *data)
{
	(void)n, (void)messages, (void)replies, (void)data;
	return PAM_CONV_ERR;
}

static void
become(const struct passwd *pw, bool keep_groups)
{
	const int rc = keep_groups ? initgroups(pw->pw_name, pw->pw_gid) :
				     setgroups(0, NULL);

	if (rc != 0 || setresgid(pw->pw_gid, pw->pw_gid, pw->pw_gid) != 0 ||
	    setresuid(pw->pw_uid, pw->pw_uid, pw->pw_uid) != 0)
		err(1, "become");
}

/* systemd closes only what it could delete the credentials of, and only if it
 * was its parent's death that woke it: whoever sends SIGTERM to all processes
 * of the unit at once may wake it too early, and then nobody closes. */
static int
finish(pam_handle_t *pamh, pid_t parent)
{
	int rc = pam_setcred(pamh, PAM_DELETE_CRED | PAM_SILENT);

	if (rc == PAM_SUCCESS && getppid() != parent)
		rc = pam_close_session(pamh, PAM_SILENT);
	pam_end(pamh, rc | PAM_SILENT | PAM_DATA_SILENT);
	return rc == PAM_SUCCESS ? 0 : 1;
}

__attribute__((noreturn)) static void
wait_and_close(pam_handle_t *pamh, const struct passwd *pw, int ready)
{
	const pid_t parent = getppid();
	sigset_t set;
	int sig;

	prctl(PR_SET_NAME, "(sd-pam)");
	become(pw, false);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	close(ready);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigwait(&set, &sig);
	_exit(finish(pamh, parent));
}

static int
opened(pam_handle_t *pamh)
{
	int rc = pam_acct_mgmt(pamh, PAM_SILENT);

	if (rc == PAM_SUCCESS) {
		pam_setcred(pamh, PAM_ESTABLISH_CRED | PAM_SILENT);
		rc = pam_open_session(pamh, PAM_SILENT);
	}
	return rc;
}

/* The program begins when the helper is in place, not before. */
static void
start_helper(pam_handle_t *pamh, const struct passwd *pw)
{
	sigset_t set, before;
	int ends[2];
	char c;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, &before);
	if (pipe(ends) != 0)
		err(1, "pipe");
	if (fork() == 0) {
		close(ends[0]);
		wait_and_close(pamh, pw, ends[1]);
	}
	close(ends[1]);
	if (read(ends[0], &c, 1) != 0)
		err(1, "helper");
	close(ends[0]);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

int
main(int argc, char **argv)
{
	const struct pam_conv conv = { say_nothing, NULL };
	const struct passwd *pw = argc == 4 ? getpwnam(argv[2]) : NULL;
	pam_handle_t *pamh = NULL;
	char **env;
	int rc;

	if (!pw || pam_start(argv[1], argv[2], &conv, &pamh) != PAM_SUCCESS)
		errx(2, "usage: standin SERVICE USER PROGRAM");
	rc = opened(pamh);
	if (rc != PAM_SUCCESS) {
		pam_end(pamh, rc | PAM_SILENT);
		return 1;
	}
	env = pam_getenvlist(pamh);
	start_helper(pamh, pw);
	become(pw, true);
	execle(argv[3], argv[3], (char *)NULL, env);
	err(1, "%s", argv[3]);
}
