/* SPDX-License-Identifier: BSD-2-Clause */
#include <dlfcn.h>
#include <grp.h>
#include <string.h>
#include <sys/fsuid.h>
#include <unistd.h>

#include "pamtest.h"

#define CONF(...) { "/etc/security/pam_env.conf", __VA_ARGS__ }
#define ENV(...) { "/etc/environment", __VA_ARGS__ }
#define HOME_FILE "/run/home/alice/.pam_environment"
#define USER(...) { HOME_FILE, __VA_ARGS__, .uid = 1000, .gid = 1000 }
#define OPERATORS 37	/* a group of ours that no user is in */
#define OPEN .user = "alice", .ops = { { PAMTEST_OPEN, PAM_SUCCESS } }
#define RULES(text) OPEN, .files = { CONF(text), ENV("") }
#define PAIRS(text) OPEN, .files = { CONF(""), ENV(text) }
#define READ_USER OPEN, .root = true, .args = "user_readenv=1"
#define BY_USER(text)                                                          \
	READ_USER, .files = { CONF(""), ENV(""), USER(text) }

static const struct pamtest rows[] = {
	/* Which files, in which order, for whom. */
	{ "no files, no change", OPEN, .leaves = "",
	  .differs = "gives up without its first file" },
	{ "rules, then pairs, then the user (E-1)", READ_USER,
	  .files = { CONF("TZ DEFAULT=1\nA DEFAULT=${TZ}\n"),
	    ENV("TZ=2\nB=1\n"), USER("LANG DEFAULT=${TZ}${B}\n") },
	  .leaves = "TZ=2 A=1 B=1 LANG=21" },
	{ "the user's file is off unless it is on", OPEN,
	  .files = { CONF(""), ENV(""), USER("LANG DEFAULT=1\n") },
	  .leaves = "", .hides = "user_readenv" },
	{ "on, it is worth a warning", BY_USER("LANG DEFAULT=1\n"),
	  .leaves = "LANG=1", .logs = "users choose a part" },
	{ "pairs may be off", OPEN, .args = "readenv=0",
	  .files = { CONF("A DEFAULT=1\n"), ENV("B=1\n") }, .leaves = "A=1" },
	{ "other files", OPEN, .args = "conffile=/etc/a envfile=/etc/b",
	  .files = { { "/etc/a", "A DEFAULT=1\n" }, { "/etc/b", "B=1\n" },
	    CONF("C DEFAULT=1\n"), ENV("D=1\n") },
	  .leaves = "A=1 B=1" },
	{ "the usual rules may be missing (E-14)", OPEN,
	  .files = { ENV("B=1\n") }, .leaves = "B=1",
	  .differs = "gives up without its first file" },
	{ "rules that were named may not (E-14)", .user = "alice",
	  .args = "conffile=/etc/a", .files = { ENV("B=1\n") },
	  .ops = { { PAMTEST_OPEN, PAM_IGNORE } }, .leaves = "",
	  .logs = "/etc/a: No such file" },
	{ "pairs may be missing (E-14)", OPEN, .args = "envfile=/etc/b",
	  .files = { CONF("A DEFAULT=1\n") }, .leaves = "A=1",
	  .logs = "/etc/b: No such file" },
	{ "rules that cannot be read are no rules that are missing",
	  .user = "alice", .uid = 1000,
	  .files = { CONF("A DEFAULT=1\n", 07000),
	    { VENDORDIR "/security/pam_env.conf", "V DEFAULT=1\n" } },
	  .ops = { { PAMTEST_OPEN, PAM_ABORT } }, .leaves = "",
	  .differs = "takes them for missing" },
	{ "nor is a folder", .user = "alice",
	  .files = { CONF(.kind = PAMTEST_FOLDER) },
	  .ops = { { PAMTEST_OPEN, PAM_ABORT } },
	  .differs = "reads it as empty" },
	{ "nor a file beyond all measure", .user = "alice",
	  .files = { CONF("# long\n", .times = 200000) },
	  .ops = { { PAMTEST_OPEN, PAM_ABORT } },
	  .differs = "reads it all" },
	{ "the vendor's files, when ours are not there (C-1)", OPEN,
	  .files = { { VENDORDIR "/security/pam_env.conf", "A DEFAULT=1\n" },
	    { VENDORDIR "/environment", "B=1\n" } },
	  .leaves = "A=1 B=1", .differs = "knows none" },
	{ "but not when ours are", OPEN,
	  .files = { { VENDORDIR "/security/pam_env.conf", "A DEFAULT=1\n" },
	    { VENDORDIR "/environment", "B=1\n" }, CONF(""), ENV("") },
	  .leaves = "" },
	{ "nor when others were named (C-3)", OPEN,
	  .args = "envfile=/etc/none",
	  .files = { { VENDORDIR "/environment", "B=1\n" }, CONF("") },
	  .leaves = "" },
	{ "setcred sets (E-2)", .user = "alice",
	  .files = { CONF("A DEFAULT=1\n"), ENV("") },
	  .ops = { { PAMTEST_CRED, PAM_SUCCESS } }, .leaves = "A=1" },
	{ "setcred deletes (E-2)", .user = "alice",
	  .files = { CONF("A DEFAULT=1\n"), ENV("") },
	  .ops = { { PAMTEST_CRED, PAM_SUCCESS, PAM_DELETE_CRED } },
	  .leaves = "", .differs = "sets even then" },
	{ "no opinion on authentication (E-30)", .user = "alice",
	  .files = { CONF("A DEFAULT=1\n"), ENV("") },
	  .ops = { { PAMTEST_AUTH, PAM_IGNORE } }, .leaves = "" },
	{ "out of place (E-30)", .user = "alice",
	  .ops = { { PAMTEST_ACCOUNT, PAM_SERVICE_ERR },
	    { PAMTEST_CHANGE, PAM_SERVICE_ERR } },
	  .logs = "auth or session stack" },
	{ "the end of a session", .user = "alice",
	  .ops = { { PAMTEST_CLOSE, PAM_SUCCESS } }, .leaves = "" },
	{ "nobody is asked for a name", .conv = PAM_CONV_ERR,
	  .args = "user_readenv=1",
	  .files = { CONF("A DEFAULT=@{HOME}\n"), ENV("B=1\n") },
	  .ops = { { PAMTEST_OPEN, PAM_SUCCESS } }, .says = "",
	  .leaves = "A= B=1" },
	{ "debug tells names, not values (E-16)", OPEN, .args = "debug",
	  .files = { CONF("A DEFAULT=secret\n"), ENV("B=secret\n") },
	  .logs = "/etc/environment:1: B is set", .hides = "secret" },

	/* Rules. */
	{ "words", RULES("A DEFAULT=1 OVERRIDE=2\nB OVERRIDE=3 DEFAULT=4\n"
	    "C DEFAULT=1 DEFAULT=2\n"), .leaves = "A=2 B=3 C=2" },
	{ "an override of nothing (E-6)", .env = { "E=" },
	  RULES("A DEFAULT=1 OVERRIDE=\nB DEFAULT=1 OVERRIDE=\"\"\n"
	    "C DEFAULT=1 OVERRIDE=${E}\n"),
	  .leaves = "E= A=1 B=1 C=1" },
	{ "nothing, and the empty default (E-6)",
	  .env = { "A=1", "B=1", "C=1" },
	  RULES("A\nB DEFAULT=\nC DEFAULT=\"\"\nD DEFAULT=${NONE}\nE\n"),
	  .leaves = "C= D=", .hides = "pam_putenv" },
	{ "quotes (E-3)", RULES("A DEFAULT=\"a b\"\n"
	    "B DEFAULT=\"a\"  OVERRIDE=\"b c\"\nC DEFAULT=a\"b\n"),
	  .leaves = "A=a b B=b c C=a\"b" },
	{ "quotes that hold only a part (E-3)",
	  RULES("A DEFAULT=\"a b\"c\nB DEFAULT=\"\"x\nC DEFAULT=\"a b\n"
	    "D DEFAULT='a b'\nE DEFAULT=1\n"),
	  .leaves = "E=1",
	  .logs = "/etc/security/pam_env.conf:2: quotes must hold all" },
	{ "tabs", RULES("\tA\t\tDEFAULT=1\t \n"), .leaves = "A=1",
	  .differs = "takes a tab at the start for a name" },
	{ "comments, wherever (E-4)",
	  RULES("# X DEFAULT=1\n # Y DEFAULT=1\nA DEFAULT=a#b\nB # DEFAULT\n"
	    "C DEFAULT=1 # DEFAULT=2\n"),
	  .leaves = "A=a C=1", .differs = "stumbles over a blank before" },
	{ "lines that go on (E-4)",
	  RULES("A \\\n DEFAULT=a\\\nb\nB DEFAULT=1\\ \n2\n"),
	  .leaves = "A=ab B=12" },
	{ "comments that do not (E-4)",
	  RULES("# x \\\nA DEFAULT=1\nB DEFAULT=1 # \\\nC DEFAULT=1\n"),
	  .leaves = "A=1 B=1 C=1", .differs = "stumbles over a blank before" },
	{ "the end of the file ends a line", RULES("A DEFAULT=1\\"),
	  .leaves = "A=1", .differs = "fails" },
	{ "other words (E-5)",
	  RULES("A DEFAULT=1 FOO=2\nB default=1\nC DEFAULT=1\n"),
	  .leaves = "C=1",
	  .logs = "/etc/security/pam_env.conf:1: neither DEFAULT= nor" },
	{ "bad lines do not fail, wherever they are (E-10)",
	  RULES("A DEFAULT=${B\nB DEFAULT=1\nC DEFAULT=@{HOME\n"),
	  .leaves = "B=1", .logs = "pam_env.conf:3: } is missing",
	  .differs = "gives up at the first" },
	{ "a plain pair, as it stands", .env = { "Q=q" },
	  RULES("A=a${Q}\nB=\nC=a b\n=\n"), .leaves = "Q=q A=a${Q} B=" },
	{ "a pair with fields", RULES("A=B DEFAULT=1\n"), .leaves = "",
	  .differs = "sets A to B=1" },
	{ "any other name", RULES("a.b-1 DEFAULT=1\n"), .leaves = "a.b-1=1" },

	/* Values. */
	{ "variables and items (E-7)", .env = { "X=x" },
	  .items = { { PAM_TTY, "tty1" }, { PAM_RHOST, "there" },
	    { PAM_RUSER, "bob" }, { PAM_USER_PROMPT, "who" } },
	  RULES("A DEFAULT=${X}-${NONE}-@{PAM_USER}-@{PAM_TTY}-@{PAM_RHOST}"
	    "-@{PAM_RUSER}-@{PAM_USER_PROMPT}\n"),
	  .leaves = "X=x A=x--alice-tty1-there-bob-who" },
	{ "the account (E-7)", RULES("A DEFAULT=\"@{HOME} @{SHELL}\"\n"),
	  .leaves = "A=/run/home/alice /bin/sh" },
	{ "no account (E-7)", .user = "no-such-user",
	  .files = { CONF("A DEFAULT=x@{HOME}\n"), ENV("") },
	  .ops = { { PAMTEST_OPEN, PAM_SUCCESS } }, .leaves = "A=x",
	  .logs = "the user has no account", .hides = "no-such-user" },
	{ "no such item (E-7)", RULES("A DEFAULT=@{PAM_AUTHTOK}x\n"),
	  .leaves = "A=x", .logs = "there is no @{PAM_AUTHTOK}" },
	{ "what a value holds is not looked at again (E-7)",
	  .env = { "X=${Y}\\$", "Y=y" }, RULES("A DEFAULT=${X}\n"),
	  .leaves = "X=${Y}\\$ Y=y A=${Y}\\$" },
	{ "one brace ends a name (E-7)", .env = { "X=x" },
	  RULES("A DEFAULT=${X${X}}\nB DEFAULT=${}\n"),
	  .leaves = "X=x A=} B=" },
	{ "backslashes (E-8)", RULES("A DEFAULT=\\$x\\@\n"),
	  .leaves = "A=$x@" },
	{ "a backslash for itself (E-8)", RULES("A DEFAULT=\\\\x\n"),
	  .leaves = "A=\\x", .differs = "drops both" },
	{ "a backslash for others (E-8)", RULES("A DEFAULT=\\nx\n"),
	  .leaves = "A=nx", .logs = "a backslash is for $, @ and \\ only" },
	{ "signs alone (E-8)",
	  RULES("A DEFAULT=$x\nB DEFAULT=@x\nC DEFAULT=x$\n"),
	  .leaves = "A=$x B=@x C=x$", .logs = "$ without {}: write \\$" },
	{ "CVE-2011-3148: a line of blanks that goes on", OPEN,
	  .files = { CONF("      \\\n", .times = 20000), ENV("") },
	  .leaves = "", .differs = "has a limit" },
	{ "a line of any length (E-4)", OPEN, .files = { CONF(
	    "A\\\n", .times = 50000), ENV("Z=1\n") }, .leaves = "Z=1",
	  .differs = "has a limit" },
	{ "CVE-2011-3149: values that double end in time", OPEN,
	  .files = { CONF("A DEFAULT=x${A}${A}\n", .times = 1000),
	    ENV("A=1\n") },
	  .logs = "pam_env.conf:17: A would be too long",
	  .hides = "pam_env.conf:1000:", .differs = "has another limit" },

	/* Pairs. */
	{ "pairs (E-11)", .env = { "R=1" },
	  PAIRS("A=1\n  B=2\n\tC=3\nexport D=4\nE_1=a=b\n\nR\nNONE\nF=\n"),
	  .leaves = "A=1 B=2 C=3 D=4 E_1=a=b F=" },
	{ "names that are none (E-11)",
	  PAIRS("B = 2\n-X=1\na.b=1\n=5\nexport =1\nA=1\n"), .leaves = "A=1",
	  .logs = "/etc/environment:1: a name has letters, digits and _" },
	{ "quotes (E-12)", PAIRS("A=\"a b\"\nB='x y'\nC=\"a'\nD=\"a\nE=a\"\n"
	    "F=\"\"\nG=\"\nH=\"a\" b\n"),
	  .leaves = "A=a b B=x y C=a D=a E=a\" F= G= H=a\" b" },
	{ "no references, no escapes (E-12)", PAIRS("A=${HOME}\\$@{HOME}\n"),
	  .leaves = "A=${HOME}\\$@{HOME}" },
	{ "comments (E-11)", PAIRS("#A=1\n  # B=1\nC=c\n"), .leaves = "C=c" },
	{ "what is no comment (E-11)",
	  PAIRS("A=a#b\nB=\"a # b\" # c \"d\"\nC=c # \"d\"\nD=# d\nE='#\n"),
	  .leaves = "A=a#b B=a # b C=c D=# d E=#",
	  .differs = "takes every # for one" },
	{ "blanks at the end", PAIRS("A=a  \nB=\"b \" \n"),
	  .leaves = "A=a B=b ", .differs = "keeps them, and the quote" },
	{ "lines that go on", PAIRS("A=a\\\nb\nB=1 # \\\nC=2\n"),
	  .leaves = "A=ab B=1 C=2", .differs = "keeps a blank" },

	/* The user's file. */
	{ "CVE-2025-6018: seats and the like are not his (E-31)",
	  BY_USER("XDG_SEAT DEFAULT=seat0\nXDG_VTNR=1\nLD_PRELOAD=/x\n"
	    "PATH DEFAULT=/x\nBASH_ENV=/x\nLANG=de_DE.UTF-8\n"),
	  .leaves = "LANG=de_DE.UTF-8",
	  .logs = ".pam_environment:1: XDG_SEAT is not for users",
	  .differs = "lets him" },
	{ "nor may he take away (E-31)", READ_USER,
	  .files = { CONF(""), ENV("PATH=/bin\nLANG=C\n"),
	    USER("PATH\nLANG\n") },
	  .leaves = "PATH=/bin", .differs = "lets him" },
	{ "nor are a locale and a zone files (E-31)",
	  BY_USER("LANG=/x\nLC_ALL=../../x\nTZ=:/etc/shadow\nLANGUAGE=%n\n"
	    "TZ=Europe/Berlin\n"),
	  .leaves = "TZ=Europe/Berlin", .differs = "lets him" },
	{ "CVE-2010-3435: a link to what only root reads", READ_USER,
	  .files = { CONF(""), ENV(""),
	    { "/etc/secret", "LANG DEFAULT=1\n", 0600 },
	    { HOME_FILE, "/etc/secret", .kind = PAMTEST_LINK } },
	  .leaves = "" },
	{ "a link to what he may read himself", READ_USER,
	  .files = { CONF(""), ENV(""), { "/etc/open", "LANG DEFAULT=1\n" },
	    { HOME_FILE, "/etc/open", .kind = PAMTEST_LINK } },
	  .leaves = "", .logs = "Too many levels of symbolic links",
	  .differs = "follows it" },
	{ "CVE-2010-3430: what only root's group reads", READ_USER,
	  .files = { CONF(""), ENV(""),
	    { HOME_FILE, "LANG DEFAULT=1\n", 0040, .uid = 1001 } },
	  .leaves = "", .logs = "Permission denied" },
	{ "CVE-2010-3430: what another of its groups reads", READ_USER,
	  .files = { CONF(""), ENV(""), { HOME_FILE, "LANG DEFAULT=1\n",
	    0040, .uid = 1001, .gid = OPERATORS } },
	  .leaves = "", .logs = "Permission denied" },
	{ "what the user alone reads", READ_USER,
	  .files = { CONF(""), ENV(""), { HOME_FILE, "LANG DEFAULT=1\n",
	    0400, .uid = 1000, .gid = 1000 } },
	  .leaves = "LANG=1" },
	{ "a fifo does not stop a login", READ_USER,
	  .files = { CONF(""), ENV(""),
	    { HOME_FILE, .kind = PAMTEST_FIFO, .uid = 1000 } },
	  .leaves = "", .differs = "waits for a writer" },
	{ "a folder", READ_USER, .files = { CONF(""), ENV(""),
	    { HOME_FILE, .kind = PAMTEST_FOLDER, .uid = 1000 } },
	  .leaves = "" },
	{ "a file of any size", READ_USER, .files = { CONF(""), ENV(""),
	    USER("LANG DEFAULT=1\n", .times = 100000) },
	  .leaves = "", .logs = "File too large", .differs = "reads it" },
	{ "values of any size", READ_USER, .files = { CONF(""), ENV(""),
	    USER("LANG DEFAULT=x${LANG}${LANG}\n", .times = 100) },
	  .logs = ".pam_environment:12: LANG would be too long",
	  .differs = "fails" },
	{ "he cannot fill the log", READ_USER,
	  .files = { CONF(""), ENV(""), USER("X\n", .times = 10000) },
	  .logs = ":20: further complaints are left out", .hides = ":21:" },
	{ "in a folder of the home", OPEN, .root = true,
	  .args = "user_readenv=1 user_envfile=/sub/env",
	  .files = { CONF(""), ENV(""),
	    { "/run/home/alice/sub/env", "LANG DEFAULT=1\n" } },
	  .leaves = "LANG=1" },
	{ "not above it", OPEN, .root = true,
	  .args = "user_readenv=1 user_envfile=../bob/env",
	  .files = { CONF(""), ENV(""),
	    { "/run/home/bob/env", "LANG DEFAULT=1\n" } },
	  .leaves = "", .differs = "goes there" },
	{ "not through a folder that is a link", OPEN, .root = true,
	  .args = "user_readenv=1 user_envfile=sub/env",
	  .files = { CONF(""), ENV(""),
	    { "/run/home/bob/env", "LANG DEFAULT=1\n" },
	    { "/run/home/alice/sub", "/run/home/bob",
	      .kind = PAMTEST_LINK } },
	  .leaves = "", .differs = "goes there" },
	{ "no account, no file", .user = "no-such-user",
	  .args = "user_readenv=1", .files = { CONF(""), ENV("A=1\n") },
	  .ops = { { PAMTEST_OPEN, PAM_SUCCESS } }, .leaves = "A=1",
	  .hides = "no-such-user" },
};

/* CVE-2010-3431: libpam changes the file uid through these; who stands in front
 * of the C library can refuse it. */
static bool refuse;

int setfsuid(uid_t uid) __attribute__((visibility("default")));

int
setfsuid(uid_t uid)
{
	int (*real)(uid_t) = (int (*)(uid_t))dlsym(RTLD_NEXT, "setfsuid");

	return real(refuse && uid && uid != (uid_t)-1 ? (uid_t)-1 : uid);
}

static const struct pamtest refused[] = {
	{ "CVE-2010-3431: whoever cannot become the user reads nothing",
	  .user = "alice", .args = "user_readenv=1",
	  .files = { CONF("A DEFAULT=1\n"), ENV(""),
	    USER("LANG DEFAULT=1\n") },
	  .ops = { { PAMTEST_OPEN, PAM_SESSION_ERR } }, .leaves = "A=1",
	  .logs = "cannot act as the user" },
};

int
main(int argc, char **argv)
{
	const size_t n = sizeof rows / sizeof *rows;
	const gid_t operators = OPERATORS;
	int rc;

	if (getuid() == 0 && setgroups(1, &operators) < 0)
		return 1;
	rc = pamtest_main(argc, argv, rows, n, pamtest_environment);
	/* Without memory the user has no account, and no file to refuse. */
	refuse = argc < 3 || strcmp(argv[2], "memory");
	if (rc == 0 && refuse && getuid() == 0)
		rc = pamtest_main(argc, argv, refused, 1,
		    pamtest_environment);
	return rc;
}
