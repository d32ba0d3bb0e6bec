/* SPDX-License-Identifier: BSD-2-Clause */
/* Every way in which a policy can be wrong: the line that the log has of it,
 * whether a transaction can begin, and that it refuses. C-11 to C-39, W-6, W-7,
 * W-29, W-30, CVE-2014-3879. */
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"

#define ABORTS "3 PAM pam_start: failed to initialize handlers\n"
#define OPEN "3 PAM (svc) _pam_load_conf_file: unable to open config for "
#define BAD "3 PAM (svc) "

/* A module that would let anybody in stands in each of them. */
#define YES "auth required %M yes success\n"

static const struct {
	const char *label;
	const char *svc, *inc;	/* the service's file, and one to include */
	int start, want;	/* of pam_start_confdir, pam_authenticate */
	const char *log;	/* of the start */
} rows[] = {
	{ "nothing is wrong", YES, NULL, PAM_SUCCESS, PAM_SUCCESS, "" },

	{ "a file that ends in a joined line: C-15",
	  YES "auth required %M \\", NULL, PAM_ABORT, 0,
	  BAD "error reading PAM configuration file: it ends in a line that "
	  "should go on: svc at DIR/svc:2\n" ABORTS },
	{ "with a newline behind the backslash",
	  "auth \\\nrequired \\\n", NULL, PAM_ABORT, 0,
	  BAD "error reading PAM configuration file: it ends in a line that "
	  "should go on: svc at DIR/svc:2\n" ABORTS },
	{ "lines of Windows: C-16", "auth required %M yes\r\n\r\n", NULL,
	  PAM_SUCCESS, PAM_PERM_DENIED,
	  "5 PAM (svc) lines end in a carriage return, which belongs to their "
	  "last word: svc at DIR/svc:1\n"
	  BAD "illegal module type: ? at DIR/svc:2\n"
	  BAD "no control behind: ? at DIR/svc:2\n" },
	{ "a page of another program: C-24", "<html>\n", NULL, PAM_SUCCESS,
	  PAM_PERM_DENIED,
	  BAD "illegal module type: <html> at DIR/svc:1\n"
	  BAD "no control behind: <html> at DIR/svc:1\n" },
	{ "a format in it", "%n%s required x\n" YES, NULL, PAM_SUCCESS,
	  PAM_PERM_DENIED, BAD "illegal module type: %n%s at DIR/svc:1\n" },
	{ "a terminal's commands in it", "\x1b[2J required x\n" YES, NULL,
	  PAM_SUCCESS, PAM_PERM_DENIED,
	  BAD "illegal module type: ?[2J at DIR/svc:1\n" },
	{ "a misspelt type: C-24", "auht required %M yes\n" YES, NULL,
	  PAM_SUCCESS, PAM_PERM_DENIED,
	  BAD "illegal module type: auht at DIR/svc:1\n" },
	{ "two of them", "auth,account required %M yes\n" YES, NULL,
	  PAM_SUCCESS, PAM_PERM_DENIED,
	  BAD "illegal module type: auth,account at DIR/svc:1\n" },
	{ "judged by its control: W-6", "auht optional %M yes\n" YES, NULL,
	  PAM_SUCCESS, PAM_SUCCESS,
	  BAD "illegal module type: auht at DIR/svc:1\n" },
	{ "no type: a line of pam.conf", "svc auth required %M yes\n" YES,
	  NULL, PAM_SUCCESS, PAM_PERM_DENIED,
	  BAD "illegal module type: svc at DIR/svc:1\n"
	  BAD "pam_parse: expecting return value; [...auth] at DIR/svc:1\n" },
	{ "no control: C-26", YES "auth\n", NULL, PAM_SUCCESS,
	  PAM_PERM_DENIED, BAD "no control behind: auth at DIR/svc:2\n" },
	{ "no module", YES "auth required\n", NULL, PAM_SUCCESS,
	  PAM_PERM_DENIED,
	  BAD "no module name behind: required at DIR/svc:2\n" },
	{ "cut off by a comment: C-11", YES "auth required # %M yes\n", NULL,
	  PAM_SUCCESS, PAM_PERM_DENIED,
	  BAD "no module name behind: required at DIR/svc:2\n" },

	{ "a misspelt control: C-31", "auth requird %M yes success\n", NULL,
	  PAM_SUCCESS, PAM_PERM_DENIED, BAD "pam_parse: expecting return "
	  "value; [...requird] at DIR/svc:1\n" },
	{ "the module in its place", "auth %M yes success\n", NULL,
	  PAM_SUCCESS, PAM_MODULE_UNKNOWN, BAD "pam_parse: expecting return "
	  "value; [...MODULES/usher_probe.so] at DIR/svc:1\n"
	  "3 PAM unable to dlopen(yes): cannot open shared object file: No "
	  "such file or directory at DIR/svc:1\n"
	  "3 PAM adding faulty module: yes\n" },
	{ "a comma in the list", "auth [success=ok,default=bad] %M y success\n",
	  NULL, PAM_SUCCESS, PAM_PERM_DENIED, BAD "pam_parse: expecting "
	  "return value; [...,default=bad] at DIR/svc:1\n" },
	{ "no sign in it", "auth [success ok] %M y success\n", NULL,
	  PAM_SUCCESS, PAM_PERM_DENIED,
	  BAD "pam_parse: expecting '='; [...ok] at DIR/svc:1\n" },
	{ "no action in it", "auth [success=] %M y success\n", NULL,
	  PAM_SUCCESS, PAM_PERM_DENIED,
	  BAD "pam_parse: expecting action; [...] at DIR/svc:1\n" },
	{ "capitals in it", "auth [Success=ok] %M y success\n", NULL,
	  PAM_SUCCESS, PAM_PERM_DENIED, BAD "pam_parse: expecting return "
	  "value; [...Success=ok] at DIR/svc:1\n" },
	{ "a jump to itself: W-8", "auth [success=0] %M y success\n", NULL,
	  PAM_SUCCESS, PAM_PERM_DENIED,
	  BAD "pam_parse: jump out of range; [...0] at DIR/svc:1\n" },
	{ "a jump backwards", "auth [success=-1] %M y success\n", NULL,
	  PAM_SUCCESS, PAM_PERM_DENIED,
	  BAD "pam_parse: expecting action; [...-1] at DIR/svc:1\n" },
	{ "a jump too far to be a number",
	  "auth [success=4294967297] %M y success\n" YES, NULL, PAM_SUCCESS,
	  PAM_PERM_DENIED, BAD "pam_parse: jump out of range; "
	  "[...4294967297] at DIR/svc:1\n" },
	{ "a jump too far for the stack: X-13",
	  "auth [success=9] %M y success\n" YES, NULL, PAM_SUCCESS,
	  PAM_PERM_DENIED, "" },
	{ "glued pairs are told, and count: W-30",
	  "auth [success=okdefault=bad] %M y success\n", NULL, PAM_SUCCESS,
	  PAM_SUCCESS, "5 PAM (svc) pam_parse: blank missing between pairs; "
	  "[...default=bad] at DIR/svc:1\n" },
	{ "an open bracket: C-20", "auth [success=ok %M y success\n" YES,
	  NULL, PAM_SUCCESS, PAM_PERM_DENIED, BAD "pam_parse: expecting "
	  "return value; [...MODULES/usher_probe.so y success?] at DIR/svc:1\n"
	  BAD "no module name behind: success=ok MODULES/usher_probe.so y "
	  "success? at DIR/svc:1\n" },

	{ "a module without a name: C-39, W-29", YES "auth required .so\n",
	  NULL, PAM_ABORT, 0,
	  BAD "module name without a name: .so at DIR/svc:2\n" ABORTS },
	{ "a folder as module", YES "account required /lib/security/\n",
	  NULL, PAM_ABORT, 0,
	  BAD "module name without a name: /lib/security/ at DIR/svc:2\n"
	  ABORTS },
	{ "an empty word as module", YES "session required []\n", NULL,
	  PAM_ABORT, 0,
	  BAD "module name without a name:  at DIR/svc:2\n" ABORTS },
	{ "a question mark", YES "session optional ?\n", NULL, PAM_ABORT, 0,
	  BAD "module name without a name: ? at DIR/svc:2\n" ABORTS },

	{ "an include that is not there: C-34", YES "auth include gone\n",
	  NULL, PAM_SUCCESS, PAM_PERM_DENIED,
	  OPEN "gone: No such file or directory at DIR/svc:2\n" },
	{ "for another type it does not matter",
	  YES "account include gone\n", NULL, PAM_SUCCESS, PAM_SUCCESS,
	  OPEN "gone: No such file or directory at DIR/svc:2\n" },
	{ "for all of them it does: DEB-3", YES "@include gone\n", NULL,
	  PAM_SUCCESS, PAM_PERM_DENIED,
	  OPEN "gone: No such file or directory at DIR/svc:2\n" },
	{ "a - does not help: C-38", YES "-auth include gone\n", NULL,
	  PAM_SUCCESS, PAM_PERM_DENIED,
	  OPEN "gone: No such file or directory at DIR/svc:2\n" },
	{ "a substack that is not there", YES "auth substack gone\n", NULL,
	  PAM_SUCCESS, PAM_PERM_DENIED,
	  OPEN "gone: No such file or directory at DIR/svc:2\n" },
	{ "an include of nothing", YES "auth include\n", NULL, PAM_SUCCESS,
	  PAM_PERM_DENIED, BAD "no file name behind: include at DIR/svc:2\n" },
	{ "of all of nothing", YES "@include\n", NULL, PAM_SUCCESS,
	  PAM_PERM_DENIED, BAD "no file name behind: @include at DIR/svc:2\n" },
	{ "an include that breaks off",
	  "auth sufficient %M no auth_err\nauth include inc\n" YES,
	  YES "auth \\\n", PAM_SUCCESS, PAM_PERM_DENIED,
	  BAD "error reading PAM configuration file: it ends in a line that "
	  "should go on: inc at DIR/inc:2\n" },
	{ "one with a module without a name", "auth include inc\n",
	  YES "auth required ?\n", PAM_SUCCESS, PAM_PERM_DENIED,
	  BAD "module name without a name: ? at DIR/inc:2\n" },
	{ "one with a misspelt type", "auth include inc\n",
	  YES "auht required %M yes\n", PAM_SUCCESS, PAM_PERM_DENIED,
	  BAD "illegal module type: auht at DIR/inc:2\n" },
	{ "a policy that includes itself: C-35", YES "auth include svc\n",
	  NULL, PAM_SUCCESS, PAM_PERM_DENIED,
	  BAD "maximum level of inclusions reached at: svc at DIR/svc:2\n" },
	{ "by way of another", YES "auth include inc\n",
	  "auth substack svc\n", PAM_SUCCESS, PAM_PERM_DENIED,
	  BAD "maximum level of inclusions reached at: svc at DIR/inc:1\n" },
	{ "one that includes a folder", YES "auth include .\n", NULL,
	  PAM_SUCCESS, PAM_PERM_DENIED,
	  OPEN ".: Is a directory at DIR/svc:2\n" },
	{ "a device", YES "auth include /dev/zero\n", NULL, PAM_SUCCESS,
	  PAM_PERM_DENIED, OPEN "/dev/zero: Invalid argument at DIR/svc:2\n" },
	{ "a file that is no policy", YES "auth include /proc/self/mounts\n",
	  NULL, PAM_SUCCESS, PAM_PERM_DENIED, NULL },
};

static void
check_row(size_t i)
{
	pam_handle_t *pamh = NULL;

	rig_policy("svc", rows[i].svc);
	rig_policy("inc", rows[i].inc ? rows[i].inc : "");
	rig_log_clear();
	rig.called[0] = '\0';
	CHECK_INT(rows[i].label, rows[i].start, pam_start_confdir("svc",
	    "alice", &rig_conv, rig_confdir(), &pamh));
	if (rows[i].log)
		CHECK_STR(rows[i].label, rows[i].log, rig_log());
	if (!pamh)
		return;
	rig_log_clear();
	CHECK_INT(rows[i].label, rows[i].want, pam_authenticate(pamh, 0));
	CHECK_INT("a refusal says who refused", rows[i].want != PAM_SUCCESS,
	    rig_logged("5 PAM (svc) pam_authenticate: "));
	rig_end(pamh);
}

/* Whatever is wrong is told at each start: nobody keeps it for later. */
static void
check_again(void)
{
	rig_policy("svc", "auth required\n");
	for (int i = 0; i < 3; i++) {
		pam_handle_t *pamh = NULL;

		rig_log_clear();
		pam_start_confdir("svc", NULL, &rig_conv, rig_confdir(),
		    &pamh);
		CHECK_STR("told again", BAD "no module name behind: required "
		    "at DIR/svc:1\n", rig_log());
		rig_end(pamh);
	}
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(i);
	check_again();
	return TEST_RESULT();
}
