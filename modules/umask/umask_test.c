/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "pamtest.h"

static const char *
process(pam_handle_t *pamh)
{
	static char text[128];
	const mode_t mask = umask(0);
	struct rlimit r = { 0, 0 };
	int n;

	(void)pamh;
	umask(mask);
	getrlimit(RLIMIT_FSIZE, &r);
	n = snprintf(text, sizeof text, "%03o", mask);
	if (getpriority(PRIO_PROCESS, 0))
		n += snprintf(text + n, sizeof text - (size_t)n, " nice %d",
		    getpriority(PRIO_PROCESS, 0));
	if (r.rlim_max != RLIM_INFINITY)
		snprintf(text + n, sizeof text - (size_t)n, " fsize %ju %ju",
		    (uintmax_t)r.rlim_cur, (uintmax_t)r.rlim_max);
	return text;
}

#define OPEN .ops = { { PAMTEST_OPEN, PAM_SUCCESS } }
#define ALICE .user = "alice", OPEN
#define DEFS(text) { "/etc/login.defs", text }
#define GECOS(text)                                                            \
	{ "/etc/passwd", "alice:x:1000:1000:" text ":/:/bin/sh\n" }
#define COMMENT(text) ALICE, .files = { GECOS(text) }

static const struct pamtest rows[] = {
	{ "nothing is said: nothing is changed", ALICE, .leaves = "022",
	  .says = "" },
	{ "the option (UM-1)", ALICE, .args = "umask=077", .leaves = "077" },
	{ "in capitals (UM-5)", ALICE, .args = "UMASK=077", .leaves = "077" },
	{ "only permissions (UM-1)", ALICE, .args = "umask=7026",
	  .leaves = "026" },
	{ "the option before login.defs", ALICE, .args = "umask=077",
	  .files = { DEFS("UMASK 027\n") }, .leaves = "077" },
	{ "login.defs", ALICE, .files = { DEFS("UMASK\t027  # x\n") },
	  .leaves = "027" },
	{ "login.defs before /etc/default/login", ALICE,
	  .files = { DEFS("UMASK 027\n"),
	    { "/etc/default/login", "UMASK=026\n" } },
	  .leaves = "027" },
	{ "/etc/default/login", ALICE,
	  .files = { { "/etc/default/login", "UMASK=026\n" } },
	  .leaves = "026" },
	{ "who says nonsense has said it (UM-1)", ALICE, .args = "umask=abc",
	  .files = { DEFS("UMASK 027\n") }, .leaves = "022",
	  .logs = "\"abc\" is no mask" },
	{ "nonsense behind a digit", ALICE, .args = "umask=78",
	  .leaves = "022", .differs = "reads as far as it can" },
	{ "below nothing", ALICE, .args = "umask=-1", .leaves = "022",
	  .differs = "takes it for the largest number" },
	{ "no mask in login.defs", ALICE, .files = { DEFS("UMASK\n") },
	  .leaves = "022" },
	{ "the group as the owner (UM-2)", ALICE,
	  .args = "umask=022 usergroups", .leaves = "002" },
	{ "also when that is little", ALICE, .args = "umask=277 usergroups",
	  .leaves = "227" },
	{ "also of a mask that was there before", ALICE, .args = "usergroups",
	  .leaves = "002" },
	{ "not of a group of others", .user = "bob", OPEN,
	  .args = "umask=077 usergroups", .leaves = "077" },
	{ "not of root", .user = "root", OPEN, .args = "umask=077 usergroups",
	  .leaves = "077" },
	{ "unless taken back", ALICE,
	  .args = "umask=077 usergroups nousergroups", .leaves = "077" },
	{ "and not taken back again", ALICE,
	  .args = "umask=077 nousergroups usergroups", .leaves = "007" },
	{ "the user's own mask (UM-3)", COMMENT("umask=027"),
	  .args = "umask=077 usergroups", .leaves = "027" },
	{ "in any field and case", COMMENT("Alice,,UMASK=026,"),
	  .leaves = "026" },
	{ "as a field, not a part of one", COMMENT("my umask=027, umask=026"),
	  .leaves = "022" },
	{ "the last counts", COMMENT("umask=027,umask=026"),
	  .leaves = "026" },
	{ "nonsense of the user", COMMENT("umask=xyz,pri=abc,ulimit=z"),
	  .args = "umask=077", .leaves = "077",
	  .logs = "pri=abc is not heeded",
	  .differs = "takes it for 0, even as a limit" },
	{ "nice, where only root writes (UM-4)", COMMENT("Alice,,,,pri=5"),
	  .leaves = "022 nice 5" },
	{ "nice, where users write", COMMENT("Alice,pri=5"), .leaves = "022",
	  .logs = "pri=5 is not heeded", .differs = "heeds it" },
	{ "never nicer to himself, wherever", COMMENT("Alice,,,,pri=-5"),
	  .leaves = "022", .logs = "pri=-5 is not heeded",
	  .differs = "heeds it" },
	{ "the size of files", COMMENT("Alice,,,,ulimit=100"),
	  .leaves = "022 fsize 51200 51200" },
	{ "users may lower it", COMMENT("Alice,ulimit=100"),
	  .leaves = "022 fsize 51200 51200" },
	{ "but not raise it again", COMMENT("Alice,ulimit=100,ulimit=200"),
	  .leaves = "022 fsize 51200 51200",
	  .logs = "ulimit=200 is not heeded", .differs = "raises it" },
	{ "a size below nothing", COMMENT("ulimit=-5"), .leaves = "022",
	  .differs = "takes it for a huge one" },
	{ "a size that would wrap around",
	  COMMENT(",,,,ulimit=36028797018963969"), .leaves = "022",
	  .differs = "wraps around" },
	{ "what may not be done is told (UM-5)",
	  COMMENT("A,,,,ulimit=2,ulimit=4"), .uid = 1000,
	  .leaves = "022 fsize 1024 1024",
	  .logs = "limit of file size: Operation not permitted",
	  .says = "error: limit of file size: Operation not permitted",
	  .differs = "has other words" },
	{ "unless silent", COMMENT("A,,,,ulimit=2,ulimit=4"), .uid = 1000,
	  .args = "Silent", .leaves = "022 fsize 1024 1024", .says = "" },
	{ "unknown user (UM-5)", .user = "no-such-user", .args = "umask=077",
	  .ops = { { PAMTEST_OPEN, PAM_USER_UNKNOWN } }, .leaves = "022" },
	{ "no user", .conv = PAM_CONV_ERR, .args = "umask=077",
	  .ops = { { PAMTEST_OPEN, PAM_CONV_ERR } }, .leaves = "022" },
	{ "no user yet (C-6)", .conv = PAM_CONV_AGAIN, .args = "umask=077",
	  .ops = { { PAMTEST_OPEN, PAM_INCOMPLETE } }, .leaves = "022" },
	{ "after the session all is as it was before",
	  .user = "alice", .args = "umask=077 usergroups",
	  .ops = { { PAMTEST_OPEN, PAM_SUCCESS },
	    { PAMTEST_OPEN, PAM_SUCCESS }, { PAMTEST_CLOSE, PAM_SUCCESS } },
	  .leaves = "022", .differs = "leaves it" },
	{ "closing what was not opened here", .user = "alice",
	  .args = "umask=077", .ops = { { PAMTEST_CLOSE, PAM_SUCCESS } },
	  .leaves = "022" },
};

PAMTEST(rows, process)
