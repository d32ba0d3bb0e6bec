/* SPDX-License-Identifier: BSD-2-Clause */
/* usher.conf(5), login-records: what is in the way, and what must not be. */
#include <paths.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <utmpx.h>

#include "check.h"
#include "logins.h"
#include "rig.h"

static void
check_missing(void)
{
	pam_handle_t *pamh;

	logins_clear(NAMED);
	for (size_t i = 0; i < LOGINS_FILES; i++)
		unlink(logins_files[i]);
	pamh = logins_start(BAD, "root", "pts/9");
	rig_do(pamh, 'a', 0);
	rig_end(pamh);
	pamh = logins_start(GOOD, "root", "pts/9");
	CHECK_INT("files that are missing", PAM_SUCCESS, rig_do(pamh, 'o', 0));
	CHECK_INT("files that are missing", PAM_SUCCESS, rig_do(pamh, 's', 0));
	CHECK("are nothing to tell", !rig_logged("login record"));
	for (size_t i = 0; i < LOGINS_FILES; i++)
		CHECK("and are not made", access(logins_files[i], F_OK) < 0);
	rig_end(pamh);
}

static void
check_link(void)
{
	pam_handle_t *pamh;

	logins_clear(NAMED);
	rig_must(rename(_PATH_WTMPX, "/var/log/elsewhere") == 0 &&
	    symlink("elsewhere", _PATH_WTMPX) == 0, "link");
	pamh = logins_start(GOOD, "root", "pts/9");
	CHECK_INT("a link fails no call", PAM_SUCCESS, rig_do(pamh, 'o', 0));
	CHECK("is told", rig_logged("3 PAM (svc) no login record in "
	    _PATH_WTMPX ": Too many levels of symbolic links\n"));
	CHECK_STR("and not followed", "", logins_in("/var/log/elsewhere"));
	CHECK_STR("the others are written", IN, logins_in(_PATH_UTMPX));
	rig_end(pamh);
}

static void
check_limits(void)
{
	const struct rlimit nothing = { 0, RLIM_INFINITY };
	struct rlimit old, now;
	pam_handle_t *pamh;

	logins_clear(NAMED);
	pamh = logins_start(GOOD, "root", "pts/9");
	getrlimit(RLIMIT_FSIZE, &old);
	setrlimit(RLIMIT_FSIZE, &nothing);
	rig_do(pamh, 'o', 0);
	getrlimit(RLIMIT_FSIZE, &now);
	setrlimit(RLIMIT_FSIZE, &old);
	CHECK_INT("limits are as before", 0, now.rlim_cur);
	CHECK_STR("and make nobody invisible", IN, logins_in(_PATH_WTMPX));
	rig_end(pamh);
}

static void
check_others(void)
{
	pam_handle_t *pamh;

	logins_clear(NAMED);
	pamh = logins_start(GOOD, "root", "pts/9");
	rig_must(seteuid(65534) == 0, "other user");
	rig_do(pamh, 'o', 0);
	rig_must(seteuid(0) == 0, "root");
	CHECK_STR("who is not root has nothing to tell", "",
	    logins_in(_PATH_UTMPX));
	CHECK("and does not try", !rig_logged("login record"));
	rig_end(pamh);
}

/* A program that is in the middle of utmp stays there. */
static void
check_reader(void)
{
	pam_handle_t *a, *b;
	const struct utmpx *u;

	logins_clear(NAMED);
	a = logins_start(GOOD, "root", "pts/1");
	rig_do(a, 'o', 0);
	b = logins_start(GOOD, "root", "pts/2");
	rig_do(b, 'o', 0);
	setutxent();
	u = getutxent();
	CHECK("the first", u && strcmp(u->ut_line, "pts/1") == 0);
	rig_do(b, 's', 0);
	rig_do(a, 's', 0);
	CHECK_STR("what it was given is as it was", "root", u->ut_user);
	u = getutxent();
	CHECK("the second", u && strcmp(u->ut_line, "pts/2") == 0 &&
	    u->ut_type == DEAD_PROCESS);
	endutxent();
	pam_end(a, PAM_SUCCESS);
	pam_end(b, PAM_SUCCESS);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	logins_begin();
	check_missing();
	check_link();
	check_limits();
	check_others();
	check_reader();
	return TEST_RESULT();
}
