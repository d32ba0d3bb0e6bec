/* SPDX-License-Identifier: BSD-2-Clause */
/* Something else in the place of a policy: it refuses, at once, and nothing
 * weaker takes its place. C-5, C-8, C-34, CVE-2014-3879. */
#include <time.h>

#include "base/drop.h"
#include "check.h"
#include "folder.h"
#include "rig.h"

#define YES "auth required %M yes success\n"
#define ALL "auth required %M yes success\n"                                   \
	"account required %M yes success\nsession required %M yes success\n"   \
	"password required %M yes success\n"
#define ABORTS "3 PAM pam_start: failed to initialize handlers\n"
#define SERVICE(why, file)                                                     \
	"3 PAM (svc) error reading PAM configuration file: service svc: " why  \
	" at ./" file "\n" ABORTS
#define INCLUDE(why)                                                           \
	"3 PAM (svc) _pam_load_conf_file: unable to open config for inc: " why \
	" at ./svc:1\n"

/* In each of them "other" would let everybody in. */
static const struct {
	const char *label;
	struct file_of files[4];
	int start, want;
	const char *log;
} rows[] = {
	{ "no file: other counts", { { "other", ALL } }, PAM_SUCCESS,
	  PAM_SUCCESS, "" },
	{ "a file", { { "svc", "auth required %M no auth_err\n" },
	  { "other", ALL } }, PAM_SUCCESS, PAM_AUTH_ERR, "" },
	{ "an empty one: C-6", { { "svc", "" }, { "other", ALL } },
	  PAM_SUCCESS, PAM_SUCCESS, "" },
	{ "a folder", { { "svc", NULL, FOLDER }, { "other", ALL } },
	  PAM_ABORT, 0, SERVICE("Is a directory", "svc") },
	{ "a fifo, which nobody waits for",
	  { { "svc", NULL, FIFO }, { "other", ALL } },
	  PAM_ABORT, 0, SERVICE("Invalid argument", "svc") },
	{ "a socket", { { "svc", NULL, SOCKET }, { "other", ALL } },
	  PAM_ABORT, 0, SERVICE("No such device or address", "svc") },
	{ "a device", { { "svc", "/dev/zero", LINK }, { "other", ALL } },
	  PAM_ABORT, 0, SERVICE("Invalid argument", "svc") },
	{ "the terminal", { { "svc", "/dev/tty", LINK }, { "other", ALL } },
	  PAM_ABORT, 0, NULL },
	{ "a link to itself", { { "svc", "svc", LINK }, { "other", ALL } },
	  PAM_ABORT, 0, SERVICE("Too many levels of symbolic links", "svc") },
	{ "a link to another policy",
	  { { "svc", "inc", LINK }, { "inc", "auth required %M no auth_err\n" },
	    { "other", ALL } }, PAM_SUCCESS, PAM_AUTH_ERR, "" },
	{ "a link that leads nowhere is no file",
	  { { "svc", "gone", LINK }, { "other", ALL } }, PAM_SUCCESS,
	  PAM_SUCCESS, "" },
	{ "a file without an end", { { "svc", NULL, SPARSE },
	  { "other", ALL } }, PAM_ABORT, 0,
	  SERVICE("File too large", "svc") },
	{ "a file of NULs: C-17", { { "svc", "\0\0\0\n\0\n", TEXT, 6 },
	  { "other", ALL } }, PAM_SUCCESS, PAM_SUCCESS, "" },

	{ "other as a folder", { { "svc", YES }, { "other", NULL, FOLDER } },
	  PAM_ABORT, 0, SERVICE("Is a directory", "other") },
	{ "which does not matter when nothing is missing",
	  { { "svc", ALL }, { "other", NULL, FOLDER } }, PAM_SUCCESS,
	  PAM_SUCCESS, "" },
	{ "other as a fifo", { { "svc", YES }, { "other", NULL, FIFO } },
	  PAM_ABORT, 0, SERVICE("Invalid argument", "other") },
	{ "other that breaks off: C-15",
	  { { "svc", YES }, { "other", "auth \\" } }, PAM_ABORT, 0,
	  "3 PAM (svc) error reading PAM configuration file: it ends in a "
	  "line that should go on: svc at ./other:1\n" ABORTS },
	{ "no other: W-4", { { "svc", YES } }, PAM_SUCCESS, PAM_SUCCESS,
	  "5 PAM (svc) _pam_init_handlers: no default config other\n" },
	{ "neither: C-5", { { NULL } }, PAM_ABORT, 0,
	  "3 PAM (svc) no policy for service: svc\n" ABORTS },

	{ "a folder to include: C-34", { { "svc", "auth include inc\n" YES },
	  { "inc", NULL, FOLDER }, { "other", ALL } }, PAM_SUCCESS,
	  PAM_PERM_DENIED, INCLUDE("Is a directory") },
	{ "a fifo to include", { { "svc", "auth include inc\n" YES },
	  { "inc", NULL, FIFO }, { "other", ALL } }, PAM_SUCCESS,
	  PAM_PERM_DENIED, INCLUDE("Invalid argument") },
	{ "a link that leads nowhere", { { "svc", "auth include inc\n" YES },
	  { "inc", "gone", LINK }, { "other", ALL } }, PAM_SUCCESS,
	  PAM_PERM_DENIED, INCLUDE("No such file or directory") },
	{ "a link to itself", { { "svc", "auth substack inc\n" YES },
	  { "inc", "inc", LINK }, { "other", ALL } }, PAM_SUCCESS,
	  PAM_PERM_DENIED, INCLUDE("Too many levels of symbolic links") },
	{ "a folder for all types: DEB-3", { { "svc", "@include inc\n" YES },
	  { "inc", NULL, FOLDER }, { "other", ALL } }, PAM_SUCCESS,
	  PAM_PERM_DENIED, INCLUDE("Is a directory") },
};

static void
check_row(size_t i)
{
	const clock_t begin = clock();
	pam_handle_t *pamh = NULL;

	for (size_t k = 0; k < 4 && rows[i].files[k].path; k++)
		CHECK(rows[i].files[k].path, folder_put(&rows[i].files[k]));
	rig_log_clear();
	CHECK_INT(rows[i].label, rows[i].start,
	    pam_start_confdir("svc", "alice", &rig_conv, ".", &pamh));
	if (rows[i].log)
		CHECK_STR(rows[i].label, rows[i].log, rig_log());
	if (pamh) {
		CHECK_INT(rows[i].label, rows[i].want,
		    pam_authenticate(pamh, 0));
		rig_end(pamh);
	}
	CHECK("in a short time", clock() - begin < 5 * CLOCKS_PER_SEC);
	folder_clear();
}

/* For whom the file is not: a policy that may not be read is one that is
 * there. Another user, in a root of his own. */
static const struct unreadable {
	const char *label;
	struct file_of files[4];
	int start, want;
	const char *log;
} unreadables[] = {
	{ "a policy of root's own", { { "m.so", NULL, MODULE },
	  { "p/svc", "auth required /m.so y success\n", .mode = 0600 },
	  { "p/other", "auth required /m.so y success\n" } }, PAM_ABORT, 0,
	  "3 PAM (svc) error reading PAM configuration file: service svc: "
	  "Permission denied at /p/svc\n" ABORTS },
	{ "a folder of root's own", { { "m.so", NULL, MODULE },
	  { "p", NULL, FOLDER, .mode = 0700 },
	  { "p/svc", "auth required /m.so y success\n" } }, PAM_ABORT, 0,
	  NULL },
	{ "an include of root's own", { { "m.so", NULL, MODULE },
	  { "p/svc", "auth include inc\nauth required /m.so y success\n" },
	  { "p/inc", "auth required /m.so y success\n", .mode = 0600 },
	  { "p/other", "" } },
	  PAM_SUCCESS, PAM_PERM_DENIED,
	  "3 PAM (svc) _pam_load_conf_file: unable to open config for inc: "
	  "Permission denied at /p/svc:1\n" },
	{ "a module of root's own", { { "m.so", NULL, MODULE, .mode = 0700 },
	  { "p/svc", "auth required /m.so y success\n" }, { "p/other", "" } },
	  PAM_SUCCESS, PAM_MODULE_UNKNOWN,
	  "3 PAM unable to dlopen(/m.so): Permission denied at /p/svc:1\n"
	  "3 PAM adding faulty module: /m.so\n" },
};

static int
read_as_user(const void *data)
{
	const struct unreadable *row = data;
	pam_handle_t *pamh = NULL;

	check_run = check_bad = 0;
	rig_log_clear();
	CHECK_INT(row->label, row->start,
	    pam_start_confdir("svc", "alice", &rig_conv, "/p", &pamh));
	if (row->log)
		CHECK_STR(row->label, row->log, rig_log());
	if (pamh)
		CHECK_INT(row->label, row->want, pam_authenticate(pamh, 0));
	return TEST_RESULT();
}

static void
check_unreadable(size_t i)
{
	unsigned skipped = 0;

	for (size_t k = 0; k < 4 && unreadables[i].files[k].path; k++)
		CHECK(unreadables[i].files[k].path,
		    folder_put(&unreadables[i].files[k]));
	CHECK_INT(unreadables[i].label, 0, folder_as_root(read_as_user,
	    &unreadables[i], 1000, &skipped));
	folder_clear();
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	folder_begin();
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(i);
	for (size_t i = 0; i < COUNT(unreadables); i++)
		check_unreadable(i);
	return TEST_RESULT();
}
