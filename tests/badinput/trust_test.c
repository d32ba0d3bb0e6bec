/* SPDX-License-Identifier: BSD-2-Clause */
/* Files that others may write: W-15, trusted-files of usher.conf(5). In a root
 * of one's own, as the system's places are the ones that are looked at. */
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

#define SVC "etc/pam.d/svc"
#define INC "etc/pam.d/inc"
#define CONF "etc/security/usher.conf"
#define YES "auth required /m.so y success\n"
#define VIA "auth include inc\n"
#define ABORTS "3 PAM pam_start: failed to initialize handlers\n"
#define MODULE_WITH(mode, uid, gid) { "m.so", NULL, MODULE, 0, mode, uid, gid }
#define FILE_WITH(path, text, mode, uid, gid)                                  \
	{ path, text, TEXT, 0, mode, uid, gid }
#define GOOD_MODULE MODULE_WITH(0755, 0, 0)
#define REFUSED(path, who)                                                     \
	"3 PAM refusing " path ": " who " may write it\n"
#define SERVICE                                                                \
	"3 PAM (svc) error reading PAM configuration file: service svc: "      \
	"Operation not permitted at /etc/pam.d/svc\n" ABORTS
#define INCLUDE                                                                \
	"3 PAM (svc) _pam_load_conf_file: unable to open config for inc: "     \
	"Operation not permitted at /etc/pam.d/svc:1\n"
#define FAULTY                                                                 \
	"3 PAM unable to dlopen(/m.so): not to be trusted at "                 \
	"/etc/pam.d/svc:1\n3 PAM adding faulty module: /m.so\n"
#define GROUP "its group"
#define OWNER "its owner, who is not root,"

static const struct row {
	const char *label;
	struct file_of files[4];
	int start, want;
	const char *log;
} rows[] = {
	{ "root's own", { GOOD_MODULE, FILE_WITH(SVC, YES, 0644, 0, 0) },
	  PAM_SUCCESS, PAM_SUCCESS, "" },
	{ "for root's eyes", { GOOD_MODULE, FILE_WITH(SVC, YES, 0600, 0, 0) },
	  PAM_SUCCESS, PAM_SUCCESS, "" },
	{ "root's group may write", { GOOD_MODULE,
	  FILE_WITH(SVC, YES, 0664, 0, 0) }, PAM_SUCCESS, PAM_SUCCESS, "" },
	{ "whose group does not matter if it may not", { GOOD_MODULE,
	  FILE_WITH(SVC, YES, 0644, 0, 50) }, PAM_SUCCESS, PAM_SUCCESS, "" },
	{ "another group may: told", { GOOD_MODULE,
	  FILE_WITH(SVC, YES, 0664, 0, 50) }, PAM_SUCCESS, PAM_SUCCESS,
	  "4 PAM " GROUP " may write /etc/pam.d/svc\n" },
	{ "another owner: told", { GOOD_MODULE,
	  FILE_WITH(SVC, YES, 0644, 1000, 0) }, PAM_SUCCESS, PAM_SUCCESS,
	  "4 PAM " OWNER " may write /etc/pam.d/svc\n" },
	{ "an owner without a name here is nobody's friend", { GOOD_MODULE,
	  FILE_WITH(SVC, YES, 0644, 65534, 0) }, PAM_SUCCESS, PAM_SUCCESS,
	  "4 PAM " OWNER " may write /etc/pam.d/svc\n" },
	{ "anybody may: refused", { GOOD_MODULE,
	  FILE_WITH(SVC, YES, 0666, 0, 0) }, PAM_ABORT, 0,
	  REFUSED("/etc/pam.d/svc", "anybody") SERVICE },
	{ "anybody, if he may not even read", { GOOD_MODULE,
	  FILE_WITH(SVC, YES, 0602, 0, 0) }, PAM_ABORT, 0,
	  REFUSED("/etc/pam.d/svc", "anybody") SERVICE },
	{ "and no other directory counts: CVE-2014-3879", { GOOD_MODULE,
	  FILE_WITH(SVC, YES, 0666, 0, 0),
	  FILE_WITH("usr/lib/pam.d/svc", YES, 0644, 0, 0) }, PAM_ABORT, 0,
	  REFUSED("/etc/pam.d/svc", "anybody") SERVICE },
	{ "an include that anybody may write", { GOOD_MODULE,
	  FILE_WITH(SVC, VIA YES, 0644, 0, 0),
	  FILE_WITH(INC, YES, 0666, 0, 0) }, PAM_SUCCESS, PAM_PERM_DENIED,
	  REFUSED("/etc/pam.d/inc", "anybody") INCLUDE },
	{ "through a link it is the file that counts", { GOOD_MODULE,
	  FILE_WITH(INC, YES, 0666, 0, 0), { SVC, "inc", LINK } }, PAM_ABORT,
	  0, REFUSED("/etc/pam.d/svc", "anybody") SERVICE },
	{ "a module that anybody may write", { MODULE_WITH(0777, 0, 0),
	  FILE_WITH(SVC, YES, 0644, 0, 0) }, PAM_SUCCESS, PAM_MODULE_UNKNOWN,
	  REFUSED("/m.so", "anybody") FAULTY },
	{ "a module of somebody's", { MODULE_WITH(0755, 1000, 0),
	  FILE_WITH(SVC, YES, 0644, 0, 0) }, PAM_SUCCESS, PAM_SUCCESS,
	  "4 PAM " OWNER " may write /m.so\n" },

	{ "strict: root's own", { GOOD_MODULE,
	  FILE_WITH(SVC, YES, 0644, 0, 0), { CONF, "trusted-files strict\n" } },
	  PAM_SUCCESS, PAM_SUCCESS, "" },
	{ "strict: another group", { GOOD_MODULE,
	  FILE_WITH(SVC, YES, 0664, 0, 50),
	  { CONF, "trusted-files strict\n" } }, PAM_ABORT, 0,
	  REFUSED("/etc/pam.d/svc", GROUP) SERVICE },
	{ "strict: another owner", { GOOD_MODULE,
	  FILE_WITH(SVC, YES, 0644, 1000, 0),
	  { CONF, "trusted-files strict\n" } }, PAM_ABORT, 0,
	  REFUSED("/etc/pam.d/svc", OWNER) SERVICE },
	{ "strict: a module of somebody's", { MODULE_WITH(0755, 1000, 0),
	  FILE_WITH(SVC, YES, 0644, 0, 0), { CONF, "trusted-files strict\n" } },
	  PAM_SUCCESS, PAM_MODULE_UNKNOWN, REFUSED("/m.so", OWNER) FAULTY },
	{ "off: anybody", { MODULE_WITH(0777, 1000, 1000),
	  FILE_WITH(SVC, YES, 0666, 1000, 1000),
	  { CONF, "trusted-files off\n" } }, PAM_SUCCESS, PAM_SUCCESS, "" },
	{ "a word that is none leaves what was", { GOOD_MODULE,
	  FILE_WITH(SVC, YES, 0666, 0, 0), { CONF, "trusted-files no\n" } },
	  PAM_ABORT, 0, "3 PAM bad value for trusted-files: no at "
	  "/etc/security/usher.conf:1\n"
	  REFUSED("/etc/pam.d/svc", "anybody") SERVICE },
	{ "settings that anybody may write", { GOOD_MODULE,
	  FILE_WITH(SVC, YES, 0666, 0, 0),
	  FILE_WITH(CONF, "trusted-files off\n", 0666, 0, 0) }, PAM_ABORT, 0,
	  REFUSED("/etc/security/usher.conf", "anybody")
	  REFUSED("/etc/pam.d/svc", "anybody") SERVICE },
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
	CHECK_STR(row->label, row->log, rig_log());
	if (pamh)
		CHECK_INT(row->label, row->want, pam_authenticate(pamh, 0));
	return TEST_RESULT();
}

/* A folder of one's own is one's own affair. */
static int
log_in_own_folder(const void *data)
{
	pam_handle_t *pamh = NULL;

	(void)data;
	check_run = check_bad = 0;
	rig_log_clear();
	CHECK_INT("a confdir", PAM_SUCCESS, pam_start_confdir("svc", "alice",
	    &rig_conv, "/etc/pam.d", &pamh));
	CHECK_STR("is not looked at", "", rig_log());
	CHECK_INT("and works", PAM_SUCCESS, pam_authenticate(pamh, 0));
	return TEST_RESULT();
}

static void
check_own_folder(unsigned *skipped)
{
	static const struct file_of files[] = { MODULE_WITH(0777, 0, 0),
		FILE_WITH(SVC, YES, 0666, 1000, 1000),
		{ "etc/pam.d/other", "" } };

	for (size_t i = 0; i < COUNT(files); i++)
		CHECK(files[i].path, folder_put(&files[i]));
	CHECK_INT("a confdir", 0,
	    folder_as_root(log_in_own_folder, NULL, 0, skipped));
	folder_clear();
}

static void
put_all(size_t row)
{
	const struct file_of other = { "etc/pam.d/other", "" };

	CHECK("other", folder_put(&other));
	for (size_t k = 0; k < 4 && rows[row].files[k].path; k++)
		CHECK(rows[row].files[k].path,
		    folder_put(&rows[row].files[k]));
}

int
main(int argc, char **argv)
{
	unsigned skipped = 0;

	if (geteuid() != 0)
		return 77;
	rig_main(argc, argv);
	folder_begin();
	for (size_t i = 0; i < COUNT(rows); i++) {
		put_all(i);
		CHECK_INT(rows[i].label, 0,
		    folder_as_root(log_in, &rows[i], 0, &skipped));
		folder_clear();
	}
	check_own_folder(&skipped);
	return TEST_RESULT();
}
