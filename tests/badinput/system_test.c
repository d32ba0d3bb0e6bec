/* SPDX-License-Identifier: BSD-2-Clause */
/* The system's own places for policies and settings, in a root of one's own:
 * C-2, C-3, C-9, CVE-2014-3879. Skipped where nobody may make one. */
#include <string.h>
#include <time.h>

#include "base/drop.h"
#include "check.h"
#include "folder.h"
#include "rig.h"

/* In place of the C library's: nothing was written just now, so that all is
 * read once. Each row is a process: nothing is remembered. */
__attribute__((visibility("default"))) int
clock_gettime(clockid_t id, struct timespec *ts)
{
	(void)id;
	*ts = (struct timespec){ 1L << 40, 0 };
	return 0;
}

#define MODULE_FILE { "m.so", NULL, MODULE }
#define SAYS(code) "auth required /m.so y " code "\n"
#define ETC "etc/pam.d/"
#define LIB "usr/lib/pam.d/"
#define VENDOR_FILE(name) VENDORDIR "/" name
#define ABORTS "3 PAM pam_start: failed to initialize handlers\n"

/* Files are named from the root on, with or without its slash. */
static const struct row {
	const char *label;
	struct file_of files[7];
	int start, want;	/* of pam_start, pam_authenticate */
	const char *log;	/* of the start; NULL: whatever */
} rows[] = {
	{ "the first directory: C-3", { MODULE_FILE,
	  { ETC "svc", SAYS("acct_expired") }, { ETC "other", "" },
	  { LIB "svc", SAYS("success") },
	  { VENDOR_FILE("pam.d/svc"), SAYS("success") } },
	  PAM_SUCCESS, PAM_ACCT_EXPIRED, "" },
	{ "the second", { MODULE_FILE, { ETC "other", "" },
	  { LIB "svc", SAYS("acct_expired") },
	  { VENDOR_FILE("pam.d/svc"), SAYS("success") } },
	  PAM_SUCCESS, PAM_ACCT_EXPIRED, "" },
	{ "the third", { MODULE_FILE, { ETC "other", "" },
	  { VENDOR_FILE("pam.d/svc"), SAYS("acct_expired") } },
	  PAM_SUCCESS, PAM_ACCT_EXPIRED, "" },
	{ "other from wherever it is", { MODULE_FILE,
	  { ETC "svc", "account required /m.so\n" },
	  { VENDOR_FILE("pam.d/other"), SAYS("acct_expired") } },
	  PAM_SUCCESS, PAM_ACCT_EXPIRED, "" },
	{ "includes by the same order: DEB-2", { MODULE_FILE,
	  { ETC "svc", "auth include inc\n" }, { ETC "other", "" },
	  { LIB "inc", SAYS("acct_expired") },
	  { VENDOR_FILE("pam.d/inc"), SAYS("success") } },
	  PAM_SUCCESS, PAM_ACCT_EXPIRED, "" },

	/* Whatever is wrong with the first is not made good by the next. */
	{ "a folder in the first", { MODULE_FILE,
	  { ETC "svc", NULL, FOLDER }, { LIB "svc", SAYS("success") } },
	  PAM_ABORT, 0, "3 PAM (svc) error reading PAM configuration file: "
	  "service svc: Is a directory at /etc/pam.d/svc\n" ABORTS },
	{ "a missing module in the first", { MODULE_FILE,
	  { ETC "svc", "auth required /gone.so\n" }, { ETC "other", "" },
	  { LIB "svc", SAYS("success") } }, PAM_SUCCESS, PAM_MODULE_UNKNOWN,
	  NULL },
	{ "a missing include in the first", { MODULE_FILE,
	  { ETC "svc", "auth include gone\n" SAYS("success") },
	  { ETC "other", "" }, { LIB "svc", SAYS("success") } },
	  PAM_SUCCESS, PAM_PERM_DENIED, NULL },
	{ "a broken line in the first", { MODULE_FILE,
	  { ETC "svc", "auth\n" SAYS("success") }, { ETC "other", "" },
	  { LIB "svc", SAYS("success") } }, PAM_SUCCESS, PAM_PERM_DENIED,
	  NULL },
	{ "a line that goes on in the first", { MODULE_FILE,
	  { ETC "svc", "auth \\" }, { LIB "svc", SAYS("success") } },
	  PAM_ABORT, 0, NULL },

	{ "pam.conf without any directory: C-2", { MODULE_FILE,
	  { "etc/pam.conf", "svc " SAYS("acct_expired") } },
	  PAM_SUCCESS, PAM_ACCT_EXPIRED, "" },
	{ "not beside the first", { MODULE_FILE,
	  { "etc/pam.conf", "svc " SAYS("success") },
	  { "etc/pam.d", NULL, FOLDER } }, PAM_ABORT, 0,
	  "3 PAM (svc) no policy for service: svc\n" ABORTS },
	{ "the second", { MODULE_FILE,
	  { "etc/pam.conf", "svc " SAYS("success") },
	  { "usr/lib/pam.d", NULL, FOLDER } }, PAM_ABORT, 0,
	  "3 PAM (svc) no policy for service: svc\n" ABORTS },
	{ "or the third", { MODULE_FILE,
	  { "etc/pam.conf", "svc " SAYS("success") },
	  { VENDOR_FILE("pam.d"), NULL, FOLDER } }, PAM_ABORT, 0,
	  "3 PAM (svc) no policy for service: svc\n" ABORTS },
	{ "a file in the place of a directory is none", { MODULE_FILE,
	  { "etc/pam.conf", "svc " SAYS("acct_expired") },
	  { "etc/pam.d", "" } }, PAM_SUCCESS, PAM_ACCT_EXPIRED, "" },
	{ "a directory that leads to itself is no missing one", { MODULE_FILE,
	  { "etc/pam.conf", "svc " SAYS("success") },
	  { "etc/pam.d", "pam.d", LINK } }, PAM_ABORT, 0, NULL },
	{ "nothing at all", { MODULE_FILE }, PAM_ABORT, 0,
	  "3 PAM (svc) no policy for service: svc\n" ABORTS },
	{ "a folder as pam.conf", { MODULE_FILE,
	  { "etc/pam.conf", NULL, FOLDER } }, PAM_ABORT, 0,
	  "3 PAM (svc) error reading PAM configuration file: service svc: "
	  "Is a directory at /etc/pam.conf\n" ABORTS },
	{ "a fifo as pam.conf", { MODULE_FILE, { "etc/pam.conf", NULL, FIFO } },
	  PAM_ABORT, 0, "3 PAM (svc) error reading PAM configuration file: "
	  "service svc: Invalid argument at /etc/pam.conf\n" ABORTS },
	{ "lines of others are not read: C-9", { MODULE_FILE,
	  { "etc/pam.conf", "ssh bogus\nSVC " SAYS("acct_expired")
	    "login auth [\nother auth required /gone.so\n" } },
	  PAM_SUCCESS, PAM_ACCT_EXPIRED, "" },
	{ "those of other stand in", { MODULE_FILE,
	  { "etc/pam.conf", "svc account required /m.so\n"
	    "OTHER " SAYS("acct_expired") } },
	  PAM_SUCCESS, PAM_ACCT_EXPIRED, "" },
	{ "a broken line in it", { MODULE_FILE,
	  { "etc/pam.conf", "\nsvc auht required /m.so\n"
	    "svc " SAYS("success") } }, PAM_SUCCESS, PAM_PERM_DENIED,
	  "3 PAM (svc) illegal module type: auht at /etc/pam.conf:2\n" },
	{ "nobody's lines", { MODULE_FILE, { "etc/pam.conf", "# none\n" } },
	  PAM_SUCCESS, PAM_PERM_DENIED, "" },
	{ "it breaks off", { MODULE_FILE,
	  { "etc/pam.conf", "svc " SAYS("success") "ssh auth \\\n" } },
	  PAM_ABORT, 0, "3 PAM (svc) error reading PAM configuration file: it "
	  "ends in a line that should go on: svc at /etc/pam.conf:2\n"
	  ABORTS },

	{ "settings of the administrator", { MODULE_FILE,
	  { ETC "svc", "auth required m.so y acct_expired\n" },
	  { ETC "other", "" },
	  { "etc/security/usher.conf", "module-path /\n" },
	  { VENDOR_FILE("security/usher.conf"), "module-path /gone\nx\n" } },
	  PAM_SUCCESS, PAM_ACCT_EXPIRED, "" },
	{ "or of the distribution", { MODULE_FILE,
	  { ETC "svc", "auth required m.so y acct_expired\n" },
	  { ETC "other", "" },
	  { VENDOR_FILE("security/usher.conf"), "module-path /\nx\n" } },
	  PAM_SUCCESS, PAM_ACCT_EXPIRED,
	  "3 PAM unknown key: x at " VENDORDIR "/security/usher.conf:2\n" },
	{ "broken ones of the administrator still count", { MODULE_FILE,
	  { ETC "svc", "auth required m.so y success\n" },
	  { ETC "other", "" },
	  { "etc/security/usher.conf", NULL, FOLDER },
	  { VENDOR_FILE("security/usher.conf"), "module-path /\n" } },
	  PAM_SUCCESS, PAM_MODULE_UNKNOWN, NULL },
};

static int
log_in(const void *data)
{
	const struct row *row = data;
	pam_handle_t *pamh = NULL;

	check_run = check_bad = 0;
	rig_log_clear();
	CHECK_INT(row->label, row->start,
	    pam_start("svc", "alice", &rig_conv, &pamh));
	if (row->log)
		CHECK_STR(row->label, row->log, rig_log());
	if (pamh)
		CHECK_INT(row->label, row->want, pam_authenticate(pamh, 0));
	return TEST_RESULT();
}

/* Absolute names would be the host's. */
static struct file_of
inside(struct file_of file)
{
	file.path += *file.path == '/';
	return file;
}

int
main(int argc, char **argv)
{
	unsigned skipped = 0;

	rig_main(argc, argv);
	folder_begin();
	for (size_t i = 0; i < COUNT(rows); i++) {
		for (size_t k = 0; k < 7 && rows[i].files[k].path; k++) {
			const struct file_of file = inside(rows[i].files[k]);

			CHECK(file.path, folder_put(&file));
		}
		CHECK_INT(rows[i].label, 0,
		    folder_as_root(log_in, &rows[i], 0, &skipped));
		folder_clear();
	}
	return skipped ? 77 : TEST_RESULT();
}
