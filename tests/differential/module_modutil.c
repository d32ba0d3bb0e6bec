/* SPDX-License-Identifier: BSD-2-Clause */
/* The helpers that libpam has for modules: core rules G. */
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <shadow.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/wait.h>
#include <unistd.h>

#include <security/pam_modutil.h>

#include "base/drop.h"
#include "module.h"

static void
op_pwnam(struct op *op)
{
	const struct passwd *pw = pam_modutil_getpwnam(op->pamh, op->a);

	event_word(&op->event, pw ? pw->pw_name : NULL);
}

static void
op_pwuid(struct op *op)
{
	const struct passwd *pw = pam_modutil_getpwuid(op->pamh,
	    (uid_t)atoi(op->a));

	event_word(&op->event, pw ? pw->pw_name : NULL);
}

static void
op_grgid(struct op *op)
{
	const struct group *group = pam_modutil_getgrgid(op->pamh,
	    (gid_t)atoi(op->a));

	event_word(&op->event, group ? group->gr_name : NULL);
}

static void
op_spnam(struct op *op)
{
	const struct spwd *sp = pam_modutil_getspnam(op->pamh, op->a);

	event_word(&op->event, sp ? sp->sp_namp : NULL);
}

static void
op_ingroup(struct op *op)
{
	event_int(&op->event,
	    pam_modutil_user_in_group_nam_nam(op->pamh, op->a, op->b));
}

/* The forms with numbers: uid and gid, uid and name, name and gid. */
static void
op_idsgroup(struct op *op)
{
	const uid_t uid = (uid_t)atoi(op->a);
	const gid_t gid = (gid_t)atoi(op->b);
	const struct passwd *pw = pam_modutil_getpwuid(op->pamh, uid);
	const struct group *group = pam_modutil_getgrgid(op->pamh, gid);

	event_int(&op->event,
	    pam_modutil_user_in_group_uid_gid(op->pamh, uid, gid));
	if (group)
		event_int(&op->event, pam_modutil_user_in_group_uid_nam(
		    op->pamh, uid, group->gr_name));
	if (pw)
		event_int(&op->event, pam_modutil_user_in_group_nam_gid(
		    op->pamh, pw->pw_name, gid));
}

static void
op_passwdfile(struct op *op)
{
	event_code(&op->event,
	    pam_modutil_check_user_in_passwd(op->pamh, op->a, op->b));
}

static void
op_key(struct op *op)
{
	_drop_(freep) char *value =
	    pam_modutil_search_key(op->pamh, op->a, op->b);

	event_word(&op->event, value);
}

static void
report_ids(struct op *op)
{
	event_int(&op->event, setfsuid((uid_t)-1));
	event_int(&op->event, setfsgid((gid_t)-1));
	event_int(&op->event, geteuid());
	event_int(&op->event, getgroups(0, NULL));
}

/* G-6, G-7: drop, drop again, regain, regain again. */
static void
op_priv(struct op *op)
{
	const struct passwd *pw = pam_modutil_getpwnam(op->pamh, op->a);
	PAM_MODUTIL_DEF_PRIVS(privs);

	if (pw) {
		event_int(&op->event,
		    pam_modutil_drop_priv(op->pamh, &privs, pw));
		report_ids(op);
		event_int(&op->event,
		    pam_modutil_drop_priv(op->pamh, &privs, pw));
		event_int(&op->event,
		    pam_modutil_regain_priv(op->pamh, &privs));
		event_int(&op->event,
		    pam_modutil_regain_priv(op->pamh, &privs));
	}
	report_ids(op);
}

enum { FAILED = 128, LEFT_OPEN = 64, READS = 32, WRITES_1 = 16, WRITES_2 = 8 };

/* All descriptors may be gone: the exit status tells what was found. */
static int
sanitized(pam_handle_t *pamh, const char *modes)
{
	int found = 0;
	char c;

	signal(SIGPIPE, SIG_IGN);
	if (pam_modutil_sanitize_helper_fds(pamh,
	    (enum pam_modutil_redirect_fd)(modes[0] - '0'),
	    (enum pam_modutil_redirect_fd)(modes[1] - '0'),
	    (enum pam_modutil_redirect_fd)(modes[2] - '0')) != 0)
		found |= FAILED;
	for (int fd = 3; fd < 256; fd++) {
		if (fcntl(fd, F_GETFD) >= 0)
			found |= LEFT_OPEN;
	}
	if (modes[0] != '0' && read(0, &c, 1) != 0)
		found |= READS;
	if (modes[1] != '0' && write(1, "", 1) == 1)
		found |= WRITES_1;
	if (modes[2] != '0' && write(2, "", 1) == 1)
		found |= WRITES_2;
	return found;
}

/* Three digits: what becomes of the descriptors 0 to 2. */
static void
op_sanitize(struct op *op)
{
	const pid_t pid = fork();
	int status = 0;

	if (pid == 0)
		_exit(sanitized(op->pamh, op->a));
	waitpid(pid, &status, 0);
	event_int(&op->event, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static void
op_rw(struct op *op)
{
	char text[8] = "";
	int fd[2];

	if (pipe(fd) < 0)
		abort();
	event_int(&op->event, pam_modutil_write(fd[1], "abcdef", 6));
	close(fd[1]);
	event_int(&op->event, pam_modutil_read(fd[0], text, 4));
	event_word(&op->event, text);
	event_int(&op->event, pam_modutil_read(fd[0], text, 4));
	event_word(&op->event, text);
	event_int(&op->event, pam_modutil_read(fd[0], text, 4));
	event_int(&op->event, pam_modutil_read(fd[0], text, -1));
	close(fd[0]);
	event_int(&op->event, pam_modutil_read(fd[0], text, 4));
}

const struct op_kind modutil_ops[] = {
	{ "grgid", op_grgid, 1 },
	{ "idsgroup", op_idsgroup, 2 },
	{ "ingroup", op_ingroup, 2 },
	{ "key", op_key, 2 },
	{ "passwdfile", op_passwdfile, 1 },
	{ "priv", op_priv, 1 },
	{ "pwnam", op_pwnam, 1 },
	{ "pwuid", op_pwuid, 1 },
	{ "rw", op_rw, 0 },
	{ "sanitize", op_sanitize, 1 },
	{ "spnam", op_spnam, 1 },
	{ 0 },
};
