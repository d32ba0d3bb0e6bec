/* SPDX-License-Identifier: BSD-2-Clause */
/* Files within files: C-33, C-34, C-36 to C-39, DEB-1, DEB-3. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"
#include "policy/test_show.h"

#define FILES(svc, ...)                                                        \
	.files = { { "svc", svc }, { "other", "" }, __VA_ARGS__ }
#define ONE_EACH "auth required a.so\naccount required c.so\n"                 \
	"session required s.so\npassword required p.so\n"

static const struct {
	const char *label;
	struct text files[TEXTS];
	const char *want;
} rows[] = {
	{ "include takes the lines of its type: C-33", FILES(
	  "auth include inc\nauth optional z.so\n", { "inc", ONE_EACH }),
	  "auth inc:1 required a.so\nauth svc:2 optional z.so\n" },
	{ "further words do not count", FILES(
	  "auth include inc more words\n", { "inc", ONE_EACH }),
	  "auth inc:1 required a.so\n" },
	{ "a type that is not in it leaves nothing", FILES(
	  "auth include inc\n", { "inc", "account required c.so\n" }), "" },
	{ "an include keeps the type of the one around it", FILES(
	  "auth include one\n",
	  { "one", "auth include two\naccount include two\n" },
	  { "two", ONE_EACH }),
	  "auth two:1 required a.so\n" },
	{ "the same file for each type", FILES(
	  "auth include inc\npassword include inc\n", { "inc", ONE_EACH }),
	  "auth inc:1 required a.so\npassword inc:4 required p.so\n" },
	{ "a - in front means nothing: C-38", FILES(
	  "-auth include inc\n", { "inc", ONE_EACH }),
	  "auth inc:1 required a.so\n" },
	{ "an absolute name: C-4", FILES(
	  "auth include /x/inc\n", { "/x/inc", ONE_EACH }),
	  "auth /x/inc:1 required a.so\n" },
	{ "what is included is the service's: C-37", .files = {
	  { "svc", "auth include inc\n" }, { "inc", ONE_EACH },
	  { "other", "auth required o.so\n" } },
	  "auth inc:1 required a.so\n" },
	{ "broken lines in it refuse in its type: C-24", FILES(
	  "password include inc\n", { "inc", "bogus required a.so\n" }),
	  "password inc:1 required (refuse)\n"
	  "! illegal module type: bogus at inc:1\n" },
	{ "an unknown type includes for auth", FILES(
	  "bogus include inc\n", { "inc", ONE_EACH }),
	  "auth inc:1 required a.so\n"
	  "! illegal module type: bogus at svc:1\n" },

	{ "a substack is one level deeper, behind its mark: C-36", FILES(
	  "auth substack inc\nauth optional z.so\n", { "inc", ONE_EACH }),
	  "auth svc:1 (substack inc)\n> auth inc:1 required a.so\n"
	  "auth svc:2 optional z.so\n" },
	{ "substacks in substacks", FILES("auth substack one\n",
	  { "one", "auth substack two\nauth optional b.so\n" },
	  { "two", "auth required a.so\n" }),
	  "auth svc:1 (substack one)\n> auth one:1 (substack two)\n"
	  "> > auth two:1 required a.so\n> auth one:2 optional b.so\n" },
	{ "an include in one stays at its level", FILES("auth substack one\n",
	  { "one", "auth include two\n" },
	  { "two", "auth required a.so\n" }),
	  "auth svc:1 (substack one)\n> auth two:1 required a.so\n" },
	{ "an empty one is a mark", FILES("auth substack inc\n",
	  { "inc", "account required c.so\n" }),
	  "auth svc:1 (substack inc)\n" },

	{ "@include takes all types: DEB-1", FILES(
	  "@include inc\nauth optional z.so\n", { "inc", ONE_EACH }),
	  "auth inc:1 required a.so\nauth svc:2 optional z.so\n"
	  "account inc:2 required c.so\nsession inc:3 required s.so\n"
	  "password inc:4 required p.so\n" },
	{ "in any case, in brackets too", FILES(
	  "[@InClude] inc\n", { "inc", "auth required a.so\n" }),
	  "auth inc:1 required a.so\n" },
	{ "or the one type of the include around it", FILES(
	  "auth include one\n", { "one", "@include two\n" },
	  { "two", ONE_EACH }),
	  "auth two:1 required a.so\n" },
	{ "an unknown type in it refuses in auth", FILES(
	  "@include inc\n", { "inc", "bogus required a.so\n" }),
	  "auth inc:1 required (refuse)\n"
	  "! illegal module type: bogus at inc:1\n" },

	{ "a file that is not there refuses behind what was read: C-34",
	  FILES("auth required a.so\nauth include gone\n"
	  "auth required b.so\n"),
	  "auth svc:1 required a.so\nauth svc:2 (bad bad bad) (refuse)\n"
	  "auth svc:3 required b.so\n! _pam_load_conf_file: unable to open "
	  "config for gone: No such file or directory at svc:2\n" },
	{ "for @include in all stacks: DEB-3", FILES("@include gone\n"),
	  "auth svc:1 (bad bad bad) (refuse)\n"
	  "account svc:1 (bad bad bad) (refuse)\n"
	  "session svc:1 (bad bad bad) (refuse)\n"
	  "password svc:1 (bad bad bad) (refuse)\n! _pam_load_conf_file: "
	  "unable to open config for gone: No such file or directory "
	  "at svc:1\n" },
	{ "or in the one of the include around it", FILES(
	  "session include one\n", { "one", "@include gone\n" }),
	  "session one:1 (bad bad bad) (refuse)\n! _pam_load_conf_file: "
	  "unable to open config for gone: No such file or directory "
	  "at one:1\n" },
	{ "one that cannot be read", FILES("auth include inc\n",
	  { "inc", NULL, 0, EACCES }),
	  "auth svc:1 (bad bad bad) (refuse)\n! _pam_load_conf_file: unable "
	  "to open config for inc: Permission denied at svc:1\n" },
	{ "a - does not make it harmless: C-38", FILES(
	  "-auth include gone\n"),
	  "auth svc:1 (bad bad bad) (refuse)\n! _pam_load_conf_file: unable "
	  "to open config for gone: No such file or directory at svc:1\n" },
	{ "a substack that is not there refuses behind its mark", FILES(
	  "auth substack gone\n"),
	  "auth svc:1 (substack gone)\nauth svc:1 (bad bad bad) (refuse)\n"
	  "! _pam_load_conf_file: unable to open config for gone: "
	  "No such file or directory at svc:1\n" },
	{ "no name of a file", FILES(
	  "auth include\naccount substack # x\n@include\n"),
	  "auth svc:1 (bad bad bad) (refuse)\n"
	  "auth svc:3 (bad bad bad) (refuse)\n"
	  "account svc:2 (bad bad bad) (refuse)\n"
	  "account svc:3 (bad bad bad) (refuse)\n"
	  "session svc:3 (bad bad bad) (refuse)\n"
	  "password svc:3 (bad bad bad) (refuse)\n"
	  "! no file name behind: include at svc:1\n"
	  "! no file name behind: substack at svc:2\n"
	  "! no file name behind: @include at svc:3\n# x at svc:2\n" },
	{ "one that breaks off refuses behind what was read: C-15", FILES(
	  "auth include inc\nauth required z.so\n",
	  { "inc", "auth required a.so\nauth required b.so \\\n" }),
	  "auth inc:1 required a.so\nauth svc:1 (bad bad bad) (refuse)\n"
	  "auth svc:2 required z.so\n! error reading PAM configuration "
	  "file: it ends in a line that should go on: inc at inc:2\n" },

	{ "a module without a name ends the load: C-39", FILES(
	  "auth required a.so\nauth required .so\nauth required b.so\n"),
	  "refused\nauth svc:1 required a.so\n"
	  "! module name without a name: .so at svc:2\n" },
	{ "as the last part of a path", FILES("auth required a/.b\n"),
	  "refused\n! module name without a name: a/.b at svc:1\n" },
	{ "a folder", FILES("auth required /lib/\n"),
	  "refused\n! module name without a name: /lib/ at svc:1\n" },
	{ "an empty word", FILES("auth required []\n"),
	  "refused\n! module name without a name:  at svc:1\n" },
	{ "a question mark", FILES("account optional ?\n"),
	  "refused\n! module name without a name: ? at svc:1\n" },
	{ "two dots", FILES("account optional ..\n"),
	  "account svc:1 optional ..\n" },
	{ "a substack without one", FILES("auth substack /\n"),
	  "refused\n! module name without a name: / at svc:1\n" },
	{ "in an include it ends that file, which refuses", FILES(
	  "auth include inc\nauth required z.so\n",
	  { "inc", "auth required a.so\nauth required ?\n"
	    "auth required b.so\n" }),
	  "auth inc:1 required a.so\nauth svc:1 (bad bad bad) (refuse)\n"
	  "auth svc:2 required z.so\n"
	  "! module name without a name: ? at inc:2\n" },
};

int
main(void)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		_drop_(freep) char *got = show_parsed(rows[i].files, "svc",
		    NULL);

		CHECK_STR(rows[i].label, rows[i].want, got);
	}
	return TEST_RESULT();
}
