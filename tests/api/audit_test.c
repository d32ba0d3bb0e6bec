/* SPDX-License-Identifier: BSD-2-Clause */
/* What the audit system is told of a transaction: AU-1 to AU-5, G-11, W-23. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"
#include <security/pam_modutil.h>

static void
audit_reset(void)
{
	memset(&rig_audit, 0, sizeof rig_audit);
	rig_audit.write_rc = 1;
}

/* Calls of a program by their letters (rig.h), and for setcred: R(einitialise),
 * r(efresh), d(elete), x for none of them; then pam_end. */
static const struct {
	const char *label, *policy, *calls;
	const char *records;
} rows[] = {
	{ "authentication", "auth required %M a\n", "a",
	  "1100 PAM:authentication grantors=usher_probe acct=alice "
	  "host=h tty=t yes\n" },
	{ "accounts", "account required %M a\n", "m",
	  "1101 PAM:accounting grantors=usher_probe acct=alice "
	  "host=h tty=t yes\n" },
	{ "credentials by what is done to them", "auth required %M a\n",
	  "cRrd",
	  "1103 PAM:setcred grantors=usher_probe acct=alice host=h tty=t yes\n"
	  "1110 PAM:setcred grantors=usher_probe acct=alice host=h tty=t yes\n"
	  "1110 PAM:setcred grantors=usher_probe acct=alice host=h tty=t yes\n"
	  "1104 PAM:setcred grantors=usher_probe acct=alice host=h tty=t "
	  "yes\n" },
	{ "or by nothing at all", "auth required %M a\n", "x",
	  "1109 PAM:setcred grantors=usher_probe acct=alice host=h tty=t "
	  "yes\n" },
	{ "sessions", "session required %M a\n", "os",
	  "1105 PAM:session_open grantors=usher_probe acct=alice host=h "
	  "tty=t yes\n"
	  "1106 PAM:session_close grantors=usher_probe acct=alice host=h "
	  "tty=t yes\n" },
	{ "a change, once for both passes", "password required %M a\n", "p",
	  "1108 PAM:chauthtok grantors=usher_probe acct=alice host=h tty=t "
	  "yes\n" },
	{ "and once if the first says no",
	  "password required %M a try_again\n", "p",
	  "1108 PAM:chauthtok grantors=? acct=alice host=h tty=t no\n" },
	{ "a failure has no grantors: AU-2",
	  "auth required %M a auth_err\n", "a",
	  "1100 PAM:authentication grantors=? acct=alice host=h tty=t no\n" },
	{ "all of them that counted",
	  "auth optional %M a success\nauth optional %M b auth_err\n"
	  "auth [success=1] %M c success\nauth required %M d\n"
	  "auth sufficient %M e success\n", "a",
	  "1100 PAM:authentication grantors=usher_probe,usher_probe "
	  "acct=alice host=h tty=t yes\n" },
	{ "a name that nobody has may be a password",
	  "auth required %M a user_unknown\n", "a",
	  "1100 PAM:authentication grantors=? acct=? host=h tty=t no\n" },
	{ "no line at all", "", "a",
	  "1100 PAM:authentication grantors=? acct=alice host=h tty=t no\n" },
	{ "nothing was asked: AU-5", "auth required %M a\n", "",
	  "1109 PAM:bad_ident grantors=? acct=alice host=h tty=t no\n" },
	{ "every call for itself", "auth required %M a\n", "aa",
	  "1100 PAM:authentication grantors=usher_probe acct=alice host=h "
	  "tty=t yes\n"
	  "1100 PAM:authentication grantors=usher_probe acct=alice host=h "
	  "tty=t yes\n" },
};

static int
call_flags(char letter)
{
	switch (letter) {
	case 'R':
		return PAM_REINITIALIZE_CRED;
	case 'r':
		return PAM_REFRESH_CRED;
	case 'd':
		return PAM_DELETE_CRED;
	case 'x':
		return PAM_SILENT;
	default:
		return 0;
	}
}

static void
check_rows(void)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		pam_handle_t *pamh = rig_start(rows[i].policy, "alice");

		audit_reset();
		pam_set_item(pamh, PAM_RHOST, "h");
		pam_set_item(pamh, PAM_TTY, "t");
		for (const char *c = rows[i].calls; *c; c++)
			rig_do(pamh, strchr("Rrdx", *c) ? 'c' : *c,
			    call_flags(*c));
		rig_end(pamh);
		CHECK_STR(rows[i].label, rows[i].records, rig_audit.records);
	}
}

/* AU-2: what is not known is not made up. */
static void
check_unset(void)
{
	pam_handle_t *pamh = rig_start("auth required %M a\n", NULL);

	audit_reset();
	pam_authenticate(pamh, 0);
	rig_end(pamh);
	CHECK_STR("no user, host, terminal", "1100 PAM:authentication "
	    "grantors=usher_probe acct=? host=- tty=- yes\n",
	    rig_audit.records);
}

/* AU-1: a policy that is gone, a call from within a module. */
static int
call_again(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)call;
	pam_acct_mgmt(pamh, 0);
	return PAM_SUCCESS;
}

static void
check_refusals(void)
{
	pam_handle_t *pamh = rig_start("auth required %M a\n", "alice");

	rig_policy("broken", "\\");
	pam_set_item(pamh, PAM_SERVICE, "broken");
	audit_reset();
	CHECK_INT("refused", PAM_ABORT, pam_open_session(pamh, 0));
	CHECK_STR("and told", "1105 PAM:session_open grantors=? acct=alice "
	    "host=- tty=- no\n", rig_audit.records);
	rig_end(pamh);

	pamh = rig_start("auth required %M a\n", "alice");
	audit_reset();
	rig.module = call_again;
	pam_authenticate(pamh, 0);
	rig_reset();
	CHECK_STR("a call within a call too",
	    "1101 PAM:accounting grantors=? acct=alice host=- tty=- no\n"
	    "1100 PAM:authentication grantors=usher_probe acct=alice "
	    "host=- tty=- yes\n", rig_audit.records);
	rig_end(pamh);
}

/* AU-3, AU-4, W-23: what goes wrong on the way to the kernel. */
static const struct {
	const char *label;
	int open_errno, write_rc, write_errno;
	int want;
	bool asked;		/* the module */
	const char *log;
} ways[] = {
	{ "it works", 0, 1, 0, PAM_SUCCESS, true, "" },
	{ "a kernel without audit: AU-3", EPROTONOSUPPORT, 1, 0, PAM_SUCCESS,
	  true, "" },
	{ "a broken way: no module acts, W-23", EMFILE, 1, 0, PAM_SYSTEM_ERR,
	  false, "2 PAM no way to the audit system: Too many open files\n" },
	{ "no permission to open it", EPERM, 1, 0, PAM_SYSTEM_ERR, false,
	  "2 PAM no way to the audit system: Operation not permitted\n" },
	{ "no permission to write: AU-3", 0, -1, EPERM, PAM_SUCCESS, true,
	  "" },
	{ "nobody there", 0, -1, ECONNREFUSED, PAM_SUCCESS, true, "" },
	{ "a failed record: AU-4", 0, -1, ENOBUFS, PAM_SYSTEM_ERR, true,
	  "2 PAM audit record failed: No buffer space available\n" },
	{ "by whatever sign", 0, -ENOMEM, -ENOMEM, PAM_SYSTEM_ERR, true,
	  "2 PAM audit record failed: Cannot allocate memory\n" },
};

static void
check_ways(void)
{
	for (size_t i = 0; i < COUNT(ways); i++) {
		for (const char *c = "acmosp"; *c; c++) {
			pam_handle_t *pamh = rig_start("auth required %M a\n"
			    "account required %M a\nsession required %M a\n"
			    "password required %M a\n", "alice");

			audit_reset();
			rig_audit.open_errno = ways[i].open_errno;
			rig_audit.write_rc = ways[i].write_rc;
			rig_audit.write_errno = ways[i].write_errno;
			rig_log_clear();
			CHECK_INT(ways[i].label, ways[i].want,
			    rig_do(pamh, *c, 0));
			CHECK_INT(ways[i].label, ways[i].asked,
			    *rig.called != '\0');
			CHECK_STR(ways[i].label, ways[i].log, rig_log());
			CHECK_INT("pam_end cannot fail: S-15", PAM_SUCCESS,
			    pam_end(pamh, 0));
		}
	}
	audit_reset();
}

/* A failure stays what it was when its record fails too? No: AU-4. */
static void
check_failure_of_failure(void)
{
	pam_handle_t *pamh = rig_start("auth required %M a auth_err\n",
	    "alice");

	audit_reset();
	rig_audit.write_rc = -1;
	rig_audit.write_errno = EIO;
	CHECK_INT("nobody could be told", PAM_SYSTEM_ERR,
	    pam_authenticate(pamh, 0));
	audit_reset();
	rig_end(pamh);
}

/* Modules close what they do not know: CL-8. */
static int
close_all(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)pamh;
	(void)call;
	for (int fd = 3; fd < 64; fd++)
		close(fd);
	return PAM_SUCCESS;
}

static void
check_closed(void)
{
	pam_handle_t *pamh = rig_start("auth required %M a\n", "alice");

	audit_reset();
	rig.module = close_all;
	CHECK_INT("all descriptors are gone", PAM_SUCCESS,
	    pam_authenticate(pamh, 0));
	CHECK_STR("and it is told", "1100 PAM:authentication "
	    "grantors=usher_probe acct=alice host=- tty=- yes\n",
	    rig_audit.records);
	CHECK_INT("by a way of its own", 2, rig_audit.opened);
	rig_reset();
	rig_end(pamh);
}

/* G-11 */
static int
write_record(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)call;
	return pam_modutil_audit_write(pamh, 2100, "op=test", PAM_AUTH_ERR);
}

static void
check_modules(void)
{
	pam_handle_t *pamh = rig_start("auth required %M a\n", "alice");

	audit_reset();
	rig.module = write_record;
	CHECK_INT("a record of a module's", PAM_SUCCESS,
	    pam_authenticate(pamh, 0));
	CHECK_STR("beside the library's", "2100 op=test acct=alice host=- "
	    "tty=- no\n1100 PAM:authentication grantors=usher_probe "
	    "acct=alice host=- tty=- yes\n", rig_audit.records);
	rig_audit.write_rc = -1;
	rig_audit.write_errno = EPERM;
	CHECK_INT("may not be written", PAM_SUCCESS,
	    pam_modutil_audit_write(pamh, 2100, "x", 0));
	rig_audit.write_errno = EIO;
	CHECK_INT("is lost", PAM_SYSTEM_ERR,
	    pam_modutil_audit_write(pamh, 2100, "x", 0));
	rig_audit.open_errno = EMFILE;
	CHECK_INT("has no way", PAM_SYSTEM_ERR,
	    pam_modutil_audit_write(pamh, 2100, "x", 0));
	rig_audit.open_errno = EINVAL;
	CHECK_INT("is not wanted", PAM_SUCCESS,
	    pam_modutil_audit_write(pamh, 2100, "x", 0));
	CHECK_INT("no handle", PAM_SYSTEM_ERR,
	    pam_modutil_audit_write(NULL, 2100, "x", 0));
	audit_reset();
	rig_reset();
	rig_end(pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	check_rows();
	check_unset();
	check_refusals();
	check_ways();
	check_failure_of_failure();
	check_closed();
	check_modules();
	return TEST_RESULT();
}
