/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines to entries, and which files count: C-1 to C-9, C-15, C-22 to C-32. */
#include "policy/parse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"
#include "policy/test_show.h"

#define CR(place)                                                              \
	"! lines end in a carriage return, which belongs to their last word: " \
	"svc at " place "\n"
#define SVC(text) .files = { { "svc", text }, { "other", "" } }

/* How a policy is written as text stands in test_show.h. */
static const struct {
	const char *label;
	struct text files[TEXTS];
	const char *want;
} lines[] = {
	{ "type, control, module, arguments: C-22", SVC(
	  "auth required pam_a.so debug [a b] x=y\n"),
	  "auth svc:1 required pam_a.so debug [a b] x=y\n" },
	{ "each type has its stack, in the order of lines", SVC(
	  "password optional p.so\nsession optional s.so\n"
	  "auth optional a.so\naccount optional c.so\nauth optional b.so\n"),
	  "auth svc:3 optional a.so\nauth svc:5 optional b.so\n"
	  "account svc:4 optional c.so\nsession svc:2 optional s.so\n"
	  "password svc:1 optional p.so\n" },
	{ "types and keywords in any case: C-23, C-25", SVC(
	  "AUTH Required a.so\nAccount REQUISITE b.so\n"),
	  "auth svc:1 required a.so\naccount svc:2 requisite b.so\n" },
	{ "modules and arguments as they are: C-32", SVC(
	  "auth required Dir/PAM_A.so DEBUG [] [\\]] #comment\n"),
	  "auth svc:1 required Dir/PAM_A.so DEBUG [] ]\n#comment at svc:1\n" },
	{ "brackets in every column: C-21", SVC(
	  "[auth] [required] [/a b.so] [c]\n"),
	  "auth svc:1 required /a b.so c\n" },
	{ "a list as control", SVC("auth [success=2 default=ignore] a.so\n"),
	  "auth svc:1 (jump2 ignore ignore) a.so\n" },
	{ "or without brackets, while it has no blank", SVC(
	  "auth success=ok a.so\n"), "auth svc:1 (ok bad bad) a.so\n" },
	{ "a - keeps the log quiet: C-23", SVC(
	  "-auth required a.so\n-SESSION optional b.so\n"),
	  "-auth svc:1 required a.so\n-session svc:2 optional b.so\n" },
	{ "only one", SVC("--auth required a.so\n"),
	  "-auth svc:1 required (refuse)\n"
	  "! illegal module type: --auth at svc:1\n" },
	{ "lines without words are none", SVC("\n  \t\n# auth\n"),
	  "# auth at svc:3\n" },
	{ "an entry is where its line begins", SVC(
	  "\nauth \\\n required \\\n a.so\n"),
	  "auth svc:2 required a.so\n" },

	{ "an unknown type refuses in auth: C-24", SVC(
	  "bogus required a.so\nauth required b.so\n"),
	  "auth svc:1 required (refuse)\nauth svc:2 required b.so\n"
	  "! illegal module type: bogus at svc:1\n" },
	{ "its control still counts", SVC("bogus optional a.so\n"),
	  "auth svc:1 optional (refuse)\n"
	  "! illegal module type: bogus at svc:1\n" },
	{ "an empty type", SVC("[] required a.so\n"),
	  "auth svc:1 required (refuse)\n"
	  "! illegal module type:  at svc:1\n" },
	{ "a - alone", SVC("- required a.so\n"),
	  "-auth svc:1 required (refuse)\n"
	  "! illegal module type: - at svc:1\n" },
	{ "a type and more", SVC("authx required a.so\n"),
	  "auth svc:1 required (refuse)\n"
	  "! illegal module type: authx at svc:1\n" },
	{ "a carriage return alone: C-16", SVC("\r\n"),
	  "auth svc:1 (bad bad bad) (refuse)\n" CR("svc:1")
	  "! illegal module type: \r at svc:1\n"
	  "! no control behind: \r at svc:1\n" },
	{ "as Windows ends its lines", SVC("auth required a.so x\r\n"),
	  "auth svc:1 required a.so x\r\n" CR("svc:1") },
	{ "which is told once", SVC("auth required a.so\r\n\r\nauth\r\n"),
	  "auth svc:1 required a.so\r\n"
	  "auth svc:2 (bad bad bad) (refuse)\n"
	  "auth svc:3 (bad bad bad) (refuse)\n" CR("svc:1")
	  "! illegal module type: \r at svc:2\n"
	  "! no control behind: \r at svc:2\n"
	  "! illegal module type: auth\r at svc:3\n"
	  "! no control behind: auth\r at svc:3\n" },

	{ "no control: C-26", SVC("account\n"),
	  "account svc:1 (bad bad bad) (refuse)\n"
	  "! no control behind: account at svc:1\n" },
	{ "no module", SVC("session required\n"),
	  "session svc:1 required (refuse)\n"
	  "! no module name behind: required at svc:1\n" },
	{ "its control still counts", SVC("session optional # x\n"),
	  "session svc:1 optional (refuse)\n"
	  "! no module name behind: optional at svc:1\n# x at svc:1\n" },

	{ "an unknown control: all is bad, the module runs: C-31", SVC(
	  "auth bogus a.so\n"), "auth svc:1 (bad bad bad) a.so\n"
	  "! pam_parse: expecting return value; [...bogus] at svc:1\n" },
	{ "a value without a sign", SVC("auth [success ok] a.so\n"),
	  "auth svc:1 (bad bad bad) a.so\n"
	  "! pam_parse: expecting '='; [...ok] at svc:1\n" },
	{ "a sign without an action", SVC("auth [success=] a.so\n"),
	  "auth svc:1 (bad bad bad) a.so\n"
	  "! pam_parse: expecting action; [...] at svc:1\n" },
	{ "a jump to nowhere: W-8", SVC("auth [success=0] a.so\n"),
	  "auth svc:1 (bad bad bad) a.so\n"
	  "! pam_parse: jump out of range; [...0] at svc:1\n" },
	{ "glued pairs count, and are told: W-30", SVC(
	  "auth [success=okdefault=bad] a.so\n"),
	  "auth svc:1 (ok bad bad) a.so\n! pam_parse: blank missing "
	  "between pairs; [...default=bad] at svc:1\n" },
	{ "an open bracket swallows the module: C-20", SVC(
	  "auth [success=ok a.so\nauth required b.so\n"),
	  "auth svc:1 (bad bad bad) (refuse)\nauth svc:2 required b.so\n"
	  "! pam_parse: expecting return value; [...a.so\n] at svc:1\n"
	  "! no module name behind: success=ok a.so\n at svc:1\n" },

	{ "comments are kept with their place", SVC(
	  "#! first\nauth required a.so # behind\n#\n"),
	  "auth svc:2 required a.so\n"
	  "#! first at svc:1\n# behind at svc:2\n# at svc:3\n" },
	{ "of a joined line, at its beginning", SVC(
	  "auth \\\nrequired a.so # x\n"),
	  "auth svc:1 required a.so\n# x at svc:1\n" },
};

#define DENY "auth required deny.so\naccount required deny.so\n" \
	"session required deny.so\npassword required deny.so\n"
#define DENIES "auth other:1 required deny.so\n" \
	"account other:2 required deny.so\n" \
	"session other:3 required deny.so\n" \
	"password other:4 required deny.so\n"

static const struct {
	const char *label, *service;
	struct text files[TEXTS];
	const char *want;
} files[] = {
	{ "other stands in for each type that is missing: C-6", "svc",
	  { { "svc", "auth required a.so\n" }, { "other", DENY } },
	  "auth svc:1 required a.so\naccount other:2 required deny.so\n"
	  "session other:3 required deny.so\n"
	  "password other:4 required deny.so\n" },
	{ "a line that refuses is a line", "svc",
	  { { "svc", "account\n" }, { "other", "auth required b.so\n"
	    "account required b.so\n" } },
	  "auth other:1 required b.so\n"
	  "account svc:1 (bad bad bad) (refuse)\n"
	  "! no control behind: account at svc:1\n" },
	{ "one that is quiet too", "svc",
	  { { "svc", "-account optional gone.so\n" }, { "other", DENY } },
	  "auth other:1 required deny.so\n-account svc:1 optional gone.so\n"
	  "session other:3 required deny.so\n"
	  "password other:4 required deny.so\n" },
	{ "without a file all is other's: C-5", "svc",
	  { { "other", DENY } }, DENIES },
	{ "with an empty one too", "svc",
	  { { "svc", "" }, { "other", DENY } }, DENIES },
	{ "other is not read when nothing is missing: W-4", "svc",
	  { { "svc", DENY }, { "other", NULL, 0, EIO } },
	  "auth svc:1 required deny.so\naccount svc:2 required deny.so\n"
	  "session svc:3 required deny.so\n"
	  "password svc:4 required deny.so\n" },
	{ "no other: a note, if there is a file", "svc",
	  { { "svc", "auth required a.so\n" } },
	  "auth svc:1 required a.so\n"
	  "! _pam_init_handlers: no default config other\n" },
	{ "neither: refused", "svc", { { "" } },
	  "refused\n! no policy for service: svc\n" },
	{ "other for itself, once: W-13", "other",
	  { { "other", "auth required a.so\n" } },
	  "auth other:1 required a.so\n" },
	{ "other for itself, and none", "other", { { "" } },
	  "refused\n! no policy for service: other\n" },

	/* C-8: folders that always exist are policies that say nothing. */
	{ "no name", "", { { "", "auth required a.so\n" },
	  { "other", DENY } }, DENIES },
	{ "a dot", ".", { { ".", "auth required a.so\n" },
	  { "other", DENY } }, DENIES },
	{ "two dots", "..", { { "..", "auth required a.so\n" },
	  { "other", DENY } }, DENIES },
	{ "three are a name", "...", { { "...", DENY } },
	  "auth ...:1 required deny.so\naccount ...:2 required deny.so\n"
	  "session ...:3 required deny.so\n"
	  "password ...:4 required deny.so\n" },

	/* CVE-2014-3879: what is there and unusable has no substitute. */
	{ "a file that may not be read", "svc",
	  { { "svc", NULL, 0, EACCES }, { "other", DENY } },
	  "refused\n! error reading PAM configuration file: service svc: "
	  "Permission denied at svc\n" },
	{ "a folder", "svc",
	  { { "svc", NULL, 0, EISDIR }, { "other", DENY } },
	  "refused\n! error reading PAM configuration file: service svc: "
	  "Is a directory at svc\n" },
	{ "a broken disk", "svc",
	  { { "svc", NULL, 0, EIO }, { "other", DENY } },
	  "refused\n! error reading PAM configuration file: service svc: "
	  "Input/output error at svc\n" },
	{ "other that may not be read", "svc",
	  { { "svc", "auth required a.so\n" }, { "other", NULL, 0, EACCES } },
	  "refused\nauth svc:1 required a.so\n! error reading PAM "
	  "configuration file: service svc: Permission denied at other\n" },
	{ "a file that ends in a joined line: C-15", "svc",
	  { { "svc", "auth required a.so\nauth required b.so \\\n" },
	    { "other", DENY } },
	  "refused\nauth svc:1 required a.so\n! error reading PAM "
	  "configuration file: it ends in a line that should go on: "
	  "svc at svc:2\n" },
	{ "other that does", "svc",
	  { { "svc", "auth required a.so\n" },
	    { "other", "account required b.so \\" } },
	  "refused\nauth svc:1 required a.so\n! error reading PAM "
	  "configuration file: it ends in a line that should go on: "
	  "svc at other:1\n" },
	{ "which does not matter when it is not needed", "svc",
	  { { "svc", DENY }, { "other", "\\" } },
	  "auth svc:1 required deny.so\naccount svc:2 required deny.so\n"
	  "session svc:3 required deny.so\n"
	  "password svc:4 required deny.so\n" },
};

/* C-9: pam.conf, whose lines begin with the service. */
static const struct {
	const char *label, *service;
	struct text files[TEXTS];
	const char *want;
} singles[] = {
	{ "lines of the service and of other, in any case", "svc",
	  { { "conf", "SVC auth required a.so x\nother auth required b.so\n"
	    "Other account required c.so\n[svc] auth optional d.so\n" } },
	  "auth conf:1 required a.so x\nauth conf:4 optional d.so\n"
	  "account conf:3 required c.so\n" },
	{ "others are not read at all", "svc",
	  { { "conf", "ssh bogus\nsv auth required a.so\nsvcc auth\nx [\n"
	    "svc auth required b.so\n" } },
	  "auth conf:5 required b.so\n" },
	{ "the service other", "other",
	  { { "conf", "svc auth required a.so\nother auth required b.so\n" } },
	  "auth conf:2 required b.so\n" },
	{ "a broken line of the service", "svc",
	  { { "conf", "svc\nsvc bogus required a.so\n" } },
	  "auth conf:2 required (refuse)\n"
	  "! illegal module type: bogus at conf:2\n" },
	{ "one of other counts where other does", "svc",
	  { { "conf", "svc auth required a.so\nother account\n" } },
	  "auth conf:1 required a.so\n"
	  "account conf:2 (bad bad bad) (refuse)\n"
	  "! no control behind: account at conf:2\n" },
	{ "an include leads to a file of the other form: DEB-1", "svc",
	  { { "conf", "svc auth include inc\n@include all\n" },
	    { "inc", "auth required a.so\naccount required b.so\n" },
	    { "all", "session required c.so\n" } },
	  "auth inc:1 required a.so\nsession all:1 required c.so\n" },
	{ "it is not there", "svc", { { "svc", DENY } },
	  "refused\n! no policy for service: svc\n" },
	{ "it may not be read", "svc", { { "conf", NULL, 0, EACCES } },
	  "refused\n! error reading PAM configuration file: service svc: "
	  "Permission denied at conf\n" },
	{ "it breaks off", "svc", { { "conf", "ssh auth \\\n" } },
	  "refused\n! error reading PAM configuration file: it ends in a "
	  "line that should go on: svc at conf:1\n" },
	{ "nothing in it is for the service", "svc", { { "conf", "# a\n" } },
	  "# a at conf:1\n" },
};

static void
check_parsed(const char *label, const char *want, const struct text *texts,
    const char *service, const char *single)
{
	_drop_(freep) char *got = show_parsed(texts, service, single);

	CHECK_STR(label, want, got);
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(lines); i++)
		check_parsed(lines[i].label, lines[i].want, lines[i].files,
		    "svc", NULL);
	for (size_t i = 0; i < COUNT(files); i++)
		check_parsed(files[i].label, files[i].want, files[i].files,
		    files[i].service, NULL);
	for (size_t i = 0; i < COUNT(singles); i++)
		check_parsed(singles[i].label, singles[i].want,
		    singles[i].files, singles[i].service, "conf");
	return TEST_RESULT();
}
