/* SPDX-License-Identifier: BSD-2-Clause */
/* usher.conf(5), login-records: what is in utmp, wtmp, btmp and lastlog. */
#include <paths.h>
#include <security/pam_modutil.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "logins.h"
#include "rig.h"

#define LATE "session required %M s incomplete,success\n"
#define LATE_CLOSE "session required %M s success,incomplete,success\n"

/* ---- One handle ---- */

static const struct {
	const char *label, *conf, *policy, *tty, *script;
	const char *utmp, *wtmp, *btmp, *last;
} rows[] = {
	{ "who is in", NAMED, GOOD, "/dev/pts/9", "o", IN, IN, "", "pts/9" },
	{ "who has left", NAMED, GOOD, "/dev/pts/9", "os",
	  OUT, IN "; " OUT, "", "pts/9" },
	{ "who comes again", NAMED, GOOD, "/dev/pts/9", "oso",
	  IN, IN "; " OUT "; " IN, "", "pts/9" },
	{ "a terminal without the folder", NAMED, GOOD, "pts/9", "os",
	  OUT, IN "; " OUT, "", "pts/9" },
	{ "a session that is opened twice is one", NAMED, GOOD, "pts/9", "oos",
	  OUT, IN "; " OUT, "", "pts/9" },
	{ "a session that is closed twice is one", NAMED, GOOD, "pts/9", "oss",
	  OUT, IN "; " OUT, "", "pts/9" },
	{ "a session that takes two calls", NAMED, LATE, "pts/9", "oo",
	  IN, IN, "", "pts/9" },
	{ "without session records", NAMED "record no\n", GOOD, "pts/9", "oss",
	  OUT, IN "; " OUT, "", "pts/9" },
	{ "a session that does not open", NAMED, BAD, "pts/9", "os",
	  "", "", "", "" },
	{ "a close without a session", NAMED, GOOD, "pts/9", "s",
	  "", "", "", "" },
	{ "a failed authentication", NAMED, BAD, "/dev/pts/9", "aa",
	  "", "", "try pts/9 root 192.0.2.1; try pts/9 root 192.0.2.1", "" },
	{ "a good one", NAMED, GOOD, "/dev/pts/9", "a", "", "", "", "" },
	{ "nobody is in without a terminal", NAMED, BAD, NULL, "aos",
	  "", "", "try  root 192.0.2.1", "" },
	{ "services are named", "login-records other\n", BAD, "pts/9", "aos",
	  "", "", "", "" },
	{ "none is at first", "", GOOD, "pts/9", "os", "", "", "", "" },
};

/* As pam_unix does. */
static int
look_up(pam_handle_t *pamh, const struct rig_call *call)
{
	const char *user = NULL;

	if (pam_get_user(pamh, &user, NULL) == PAM_SUCCESS)
		pam_modutil_getpwnam(pamh, user);
	return rig_default(pamh, call);
}

static void
check_rows(void)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		pam_handle_t *pamh;

		logins_clear(rows[i].conf);
		rig.module = look_up;
		pamh = logins_start(rows[i].policy, "root", rows[i].tty);
		for (const char *at = rows[i].script; *at; at++)
			rig_do(pamh, *at, 0);
		CHECK_STR(rows[i].label, rows[i].utmp, logins_in(_PATH_UTMPX));
		CHECK_STR(rows[i].label, rows[i].wtmp, logins_in(_PATH_WTMPX));
		CHECK_STR(rows[i].label, rows[i].btmp, logins_in(LOGINS_BTMP));
		CHECK_STR(rows[i].label, rows[i].last, logins_last(0));
		CHECK(rows[i].label, !rig_logged("login record"));
		rig_end(pamh);
	}
}

static void
check_unknown(void)
{
	pam_handle_t *pamh;

	logins_clear(NAMED);
	pamh = logins_start(BAD, "my-password", "pts/9");
	rig_do(pamh, 'a', 0);
	CHECK_STR("a password is not told for a name",
	    "try pts/9 UNKNOWN 192.0.2.1", logins_in(LOGINS_BTMP));
	rig_end(pamh);
}

/* ---- Order ---- */

static char seen[256];

static int
look(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)pamh;
	(void)call;
	strcat(strcat(seen, logins_in(_PATH_UTMPX)), "|");
	return PAM_SUCCESS;
}

static void
check_order(void)
{
	pam_handle_t *pamh;

	logins_clear(NAMED);
	rig.module = look;
	pamh = logins_start(GOOD, "root", "pts/9");
	rig_do(pamh, 'o', 0);
	rig_do(pamh, 's', 0);
	CHECK_STR("modules open before and close after", "|" OUT "|", seen);
	rig_end(pamh);
}

/* ---- Closed by another process ---- */

static const struct {
	const char *label, *conf;
} elsewhere[] = {
	{ "closed from elsewhere, on record", NAMED },
	{ "closed from elsewhere, without a record", NAMED "record no\n" },
};

static void
open_in_child(void)
{
	const pid_t child = fork();
	pam_handle_t *pamh;

	if (child == 0) {
		pamh = logins_start(GOOD, "root", "pts/9");
		rig_do(pamh, 'o', 0);
		_exit(pam_end(pamh, PAM_SUCCESS));
	}
	rig_must(waitpid(child, NULL, 0) == child, "child");
}

static void
check_elsewhere(void)
{
	for (size_t i = 0; i < COUNT(elsewhere); i++) {
		pam_handle_t *pamh;

		logins_clear(elsewhere[i].conf);
		open_in_child();
		pamh = logins_start(GOOD, "root", "pts/9");
		rig_do(pamh, 's', 0);
		CHECK_STR(elsewhere[i].label, "!" OUT, logins_in(_PATH_UTMPX));
		CHECK_STR(elsewhere[i].label, "!" IN "; !" OUT,
		    logins_in(_PATH_WTMPX));
		rig_end(pamh);
	}
}

/* ---- Without utmp ---- */

/* As on systems that have given up utmp. */
static const struct {
	const char *label, *conf, *policy, *script, *wtmp;
} alone[] = {
	{ "wtmp without utmp", NAMED, GOOD, "oss", IN "; " OUT },
	{ "a close that takes two calls is one", NAMED, LATE_CLOSE, "oss",
	  IN "; " OUT },
	{ "what never opened does not end", NAMED "rollback no\n", BAD, "os",
	  "" },
	{ "nor what is of nobody knows whom", NAMED, GOOD, "s", "" },
};

static void
check_alone(void)
{
	for (size_t i = 0; i < COUNT(alone); i++) {
		pam_handle_t *pamh;

		logins_clear(alone[i].conf);
		unlink(_PATH_UTMPX);
		pamh = logins_start(alone[i].policy, "root", "pts/9");
		for (const char *at = alone[i].script; *at; at++)
			rig_do(pamh, *at, 0);
		CHECK_STR(alone[i].label, alone[i].wtmp,
		    logins_in(_PATH_WTMPX));
		rig_end(pamh);
	}
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	logins_begin();
	check_rows();
	check_unknown();
	check_order();
	check_elsewhere();
	check_alone();
	return TEST_RESULT();
}
