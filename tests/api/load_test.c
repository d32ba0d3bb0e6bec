/* SPDX-License-Identifier: BSD-2-Clause */
/* Modules that are there, are not, or are something else: M-1 to M-8, W-27,
 * and module-path of usher.conf. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "check.h"
#include "policy/code.h"
#include "rig.h"

#define NO_FILE "cannot open shared object file: No such file or directory"
#define FAULTY(path, why, line, name)                                          \
	"3 PAM unable to dlopen(" path "): " why " at DIR/svc:" line "\n"      \
	"3 PAM adding faulty module: " name "\n"

/* %D is the folder of the modules, %C that of the policies, with some files
 * that are no modules: see put_files. */
static const struct {
	const char *label, *conf, *policy;
	int want;		/* of pam_authenticate */
	const char *log;	/* of pam_start_confdir */
} rows[] = {
	{ "an absolute path is that file: M-1", "",
	  "auth required %M a acct_expired\n", PAM_ACCT_EXPIRED, "" },
	{ "a link to it", "", "auth required %C/link.so a acct_expired\n",
	  PAM_ACCT_EXPIRED, "" },
	{ "a relative one is looked up", "module-path %D\n",
	  "auth required usher_probe.so a acct_expired\n", PAM_ACCT_EXPIRED,
	  "" },
	{ "in the first place that has it", "module-path /gone %C %D\n",
	  "auth required usher_probe.so a acct_expired\n", PAM_ACCT_EXPIRED,
	  "" },
	{ "folders below are allowed", "module-path /\n",
	  "auth required .%M a acct_expired\n", PAM_ACCT_EXPIRED, "" },
	{ "a $ISA that leads nowhere: M-2", "",
	  "auth required %C/$ISA/usher_probe.so\n", PAM_MODULE_UNKNOWN,
	  FAULTY("DIR/$ISA/usher_probe.so", NO_FILE, "1",
	  "DIR/$ISA/usher_probe.so") },

	{ "a file that is not there: M-7", "",
	  "auth required /gone/x.so\n", PAM_MODULE_UNKNOWN,
	  FAULTY("/gone/x.so", NO_FILE, "1", "/gone/x.so") },
	{ "in no place of several", "module-path /gone /tmp\n",
	  "\nauth required gone.so\n", PAM_MODULE_UNKNOWN,
	  FAULTY("gone.so", NO_FILE, "2", "gone.so") },
	{ "its control judges", "", "auth optional /gone.so\n"
	  "auth required %M a success\n", PAM_SUCCESS,
	  FAULTY("/gone.so", NO_FILE, "1", "/gone.so") },
	{ "by its own code", "", "auth [module_unknown=1 default=bad] "
	  "/gone.so\nauth requisite %M a auth_err\nauth required %M b\n",
	  PAM_SUCCESS, FAULTY("/gone.so", NO_FILE, "1", "/gone.so") },
	{ "a - silences and nothing else: W-27", "",
	  "-auth required /gone.so\n", PAM_MODULE_UNKNOWN,
	  "7 PAM no module /gone.so at DIR/svc:1\n" },
	{ "named twice, it is told once", "",
	  "auth required /gone.so\nauth required /gone.so\n",
	  PAM_MODULE_UNKNOWN, FAULTY("/gone.so", NO_FILE, "1", "/gone.so") },
	{ "other types have their own lines", "",
	  "session required /gone.so\nauth required %M a success\n",
	  PAM_SUCCESS, FAULTY("/gone.so", NO_FILE, "1", "/gone.so") },

	{ "a link that leads nowhere", "", "auth required %C/dangling.so\n",
	  PAM_MODULE_UNKNOWN, FAULTY("DIR/dangling.so", NO_FILE, "1",
	  "DIR/dangling.so") },
	{ "a folder", "", "auth required %C/folder.so\n",
	  PAM_MODULE_UNKNOWN, FAULTY("DIR/folder.so", "Is a directory", "1",
	  "DIR/folder.so") },
	{ "a fifo, which is not waited for", "",
	  "auth required %C/fifo.so\n", PAM_MODULE_UNKNOWN,
	  FAULTY("DIR/fifo.so", "Invalid argument", "1", "DIR/fifo.so") },
	{ "a device", "", "auth required /dev/zero\n", PAM_MODULE_UNKNOWN,
	  FAULTY("/dev/zero", "Invalid argument", "1", "/dev/zero") },
	{ "an empty file", "", "auth required %C/empty.so\n",
	  PAM_MODULE_UNKNOWN, FAULTY("DIR/empty.so",
	  "it is cut off, or no module", "1", "DIR/empty.so") },
	{ "a text", "", "auth required %C/text.so\n", PAM_MODULE_UNKNOWN,
	  FAULTY("DIR/text.so", "it is cut off, or no module", "1",
	  "DIR/text.so") },
	{ "a module that is cut off", "", "auth required %C/cut.so\n",
	  PAM_MODULE_UNKNOWN, FAULTY("DIR/cut.so",
	  "it is cut off, or no module", "1", "DIR/cut.so") },
	{ "what is there hides what comes later: CVE-2014-3879",
	  "module-path %C/hides %D\n", "auth required usher_probe.so\n",
	  PAM_MODULE_UNKNOWN, FAULTY("DIR/hides/usher_probe.so",
	  "it is cut off, or no module", "1", "usher_probe.so") },
	{ "a function that is nowhere: M-3", "",
	  "auth required %D/usher_unresolved.so\n", PAM_MODULE_UNKNOWN,
	  FAULTY("MODULES/usher_unresolved.so",
	  "MODULES/usher_unresolved.so: undefined symbol: "
	  "usher_is_nowhere", "1",
	  "MODULES/usher_unresolved.so") },

	{ "a function that the module lacks: M-6", "",
	  "auth required %H\n", PAM_SUCCESS,
	  "3 PAM unable to resolve symbol: pam_sm_setcred in "
	  "MODULES/usher_half.so at DIR/svc:1\n" },
	{ "only those of the line's type are missed: M-5", "",
	  "account required %H\nauth required %M a success\n", PAM_SUCCESS,
	  "3 PAM unable to resolve symbol: pam_sm_acct_mgmt in "
	  "MODULES/usher_half.so at DIR/svc:1\n" },
};

static void
put_file(const char *name, const char *from, size_t most)
{
	_drop_(closep) int fd = -1;
	_drop_(closep) int in = open(from, O_RDONLY | O_CLOEXEC);
	char path[300], *text = malloc(most + 1);
	const ssize_t n = in < 0 ? -1 : read_all(in, text, most);

	snprintf(path, sizeof path, "%s/%s", rig_confdir(), name);
	fd = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0755);
	CHECK(path, n >= 0 && write_all(fd, text, (size_t)n) == 0);
	free(text);
}

static void
put_files(void)
{
	char probe[300];

	snprintf(probe, sizeof probe, "%s/usher_probe.so", rig_modules());
	CHECK("there", chdir(rig_confdir()) == 0);
	CHECK("link", symlink(probe, "link.so") == 0);
	CHECK("dangling", symlink("gone", "dangling.so") == 0);
	CHECK("folder", mkdir("folder.so", 0755) == 0);
	CHECK("fifo", mkfifo("fifo.so", 0644) == 0);
	CHECK("hides", mkdir("hides", 0755) == 0);
	put_file("hides/usher_probe.so", "/proc/self/status", 100);
	put_file("empty.so", probe, 0);
	put_file("text.so", "/proc/self/status", 100);
	put_file("cut.so", probe, 6000);
}

static void
check_rows(void)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		pam_handle_t *pamh;

		rig_policy("usher.conf", rows[i].conf);
		rig_log_clear();
		pamh = rig_start(rows[i].policy, "alice");
		CHECK_STR(rows[i].label, rows[i].log, rig_log());
		CHECK_INT(rows[i].label, rows[i].want,
		    pam_authenticate(pamh, 0));
		rig_end(pamh);
	}
	rig_policy("usher.conf", "");
}

/* M-2: $ISA stands for the architecture's folder, if nothing is there. */
static void
check_isa(void)
{
	char path[] = "x/y/" ISA "/m.so", probe[300];
	pam_handle_t *pamh;

	for (char *p = strchr(path, '/'); p; p = strchr(p + 1, '/')) {
		*p = '\0';
		mkdir(path, 0755);
		*p = '/';
	}
	snprintf(probe, sizeof probe, "%s/usher_probe.so", rig_modules());
	CHECK("module", symlink(probe, path) == 0);
	pamh = rig_start("auth required %C/x/y/$ISA/m.so a acct_expired\n",
	    "alice");
	CHECK_INT("replaced", PAM_ACCT_EXPIRED, pam_authenticate(pamh, 0));
	rig_end(pamh);
}

/* M-6: each of the two functions of a line for itself. */
static void
check_half(void)
{
	pam_handle_t *pamh = rig_start("auth sufficient %H\n", "alice");

	CHECK_INT("it has this one", PAM_SUCCESS, pam_authenticate(pamh, 0));
	CHECK_INT("and not the other", PAM_MODULE_UNKNOWN,
	    pam_setcred(pamh, 0));
	rig_end(pamh);
}

/* M-3, A-15: nobody else's symbols change. */
static void
check_scope(void)
{
	pam_handle_t *pamh = rig_start("auth required %M\n", "alice");

	CHECK("a module's functions are its own",
	    !dlsym(RTLD_DEFAULT, "pam_sm_authenticate"));
	rig_end(pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	put_files();
	check_rows();
	check_isa();
	check_half();
	check_scope();
	return TEST_RESULT();
}
