/* SPDX-License-Identifier: BSD-2-Clause */
/* usher.conf(5): good, bad and broken lines, by the log and by what they do. */
#include <stdlib.h>
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

#define GONE                                                                   \
	"3 PAM unable to dlopen(usher_probe.so): cannot open shared object "   \
	"file: No such file or directory at ./svc:1\n"                         \
	"3 PAM adding faulty module: usher_probe.so\n"
#define KEY(key, line) "3 PAM unknown key: " key " at ./usher.conf:" line "\n"
#define VALUE(key, value, line)                                                \
	"3 PAM bad value for " key ": " value " at ./usher.conf:" line "\n"
#define BYTES(s) s, TEXT, sizeof(s) - 1

/* The service's module is found only by a good module-path, and its success
 * leaves a trail only with a good trace; log is that of the start. */
static const struct row {
	const char *label;
	struct file_of conf;
	bool found, trail;
	const char *log;
} rows[] = {
	{ "no file", { NULL }, false, false, GONE },
	{ "an empty one", { "usher.conf", "" }, false, false, GONE },
	{ "comments and empty lines", { "usher.conf",
	  "# trace svc\n\n \t\nmodule-path %D # here\n" }, true, false, "" },
	{ "both keys", { "usher.conf", "module-path %D\ntrace svc\n" }, true,
	  true, "" },
	{ "many values", { "usher.conf",
	  "module-path /gone /tmp %D\ntrace login sshd svc\n" }, true, true,
	  "" },
	{ "services in any case", { "usher.conf",
	  "module-path %D\ntrace SVC\n" }, true, true, "" },
	{ "a part of a name is another", { "usher.conf",
	  "module-path %D\ntrace sv svcc\n" }, true, false, "" },
	{ "joined lines", { "usher.conf",
	  "module-path \\\n /gone \\\n %D\ntrace svc" }, true, true, "" },
	{ "brackets", { "usher.conf", "[module-path] [%D]\n[trace][svc]\n" },
	  true, true, "" },
	{ "the last of a key counts", { "usher.conf",
	  "module-path /gone\nmodule-path %D\ntrace svc\ntrace other\n" },
	  true, false, "" },
	{ "a key without values empties a list", { "usher.conf",
	  "module-path %D\ntrace svc\ntrace\n" }, true, false, "" },

	{ "an unknown key", { "usher.conf",
	  "module-path %D\nbogus x\ntrace svc\n" }, true, true,
	  KEY("bogus", "2") },
	{ "in capitals", { "usher.conf", "MODULE-PATH %D\n" }, false, false,
	  KEY("MODULE-PATH", "1") GONE },
	{ "a sign between", { "usher.conf", "module-path=%D\n" }, false,
	  false, NULL },
	{ "a terminal's commands in it", { "usher.conf",
	  "module-path %D\n\x1b[2J x\n" }, true, false, KEY("?[2J", "2") },
	{ "a format in it", { "usher.conf", "module-path %D\n%%s%n\n" }, true,
	  false, KEY("%%s%n", "2") },
	{ "a relative folder", { "usher.conf", "module-path %D\n"
	  "module-path /tmp rel\n" }, true, false,
	  VALUE("module-path", "rel", "2") },
	{ "no folder", { "usher.conf", "module-path %D\nmodule-path\n" },
	  true, false, VALUE("module-path", "nothing", "2") },
	{ "what the loader would put in", { "usher.conf",
	  "module-path %D\nmodule-path /$ORIGIN/x\n" }, true, false,
	  VALUE("module-path", "/$ORIGIN/x", "2") },
	{ "a way of trust that is none", { "usher.conf",
	  "module-path %D\ntrusted-files maybe\n" }, true, false,
	  VALUE("trusted-files", "maybe", "2") },
	{ "two of them", { "usher.conf",
	  "module-path %D\ntrusted-files off strict\n" }, true, false,
	  VALUE("trusted-files", "strict", "2") },
	{ "none", { "usher.conf", "module-path %D\ntrusted-files\n" }, true,
	  false, VALUE("trusted-files", "nothing", "2") },
	{ "an unfinished line at the end", { "usher.conf",
	  "module-path %D\ntrace \\\n svc \\\n" }, true, false,
	  "3 PAM unfinished line at ./usher.conf:3\n" },
	{ "an open bracket", { "usher.conf", "module-path %D\ntrace [svc\n" },
	  true, false, "" },
	{ "lines of Windows", { "usher.conf", "module-path %D\r\n" }, false,
	  false, NULL },

	{ "a NUL hides its line and no more: C-17", { "usher.conf",
	  BYTES("bogus\0x\nbogus y\n") }, false, false,
	  KEY("bogus", "1") KEY("bogus", "2") GONE },
	{ "bytes", { "usher.conf", BYTES("\x7f" "ELF\2\1\1\0\0\0\n\xff\xfe\n") },
	  false, false, KEY("?ELF???", "1") KEY("\xff\xfe", "2") GONE },
	{ "a folder", { "usher.conf", NULL, FOLDER }, false, false,
	  "3 PAM unable to read ./usher.conf: Is a directory\n" GONE },
	{ "a fifo", { "usher.conf", NULL, FIFO }, false, false,
	  "3 PAM unable to read ./usher.conf: Invalid argument\n" GONE },
	{ "a device", { "usher.conf", "/dev/zero", LINK }, false, false,
	  "3 PAM unable to read ./usher.conf: Invalid argument\n" GONE },
	{ "a link that leads nowhere", { "usher.conf", "gone", LINK }, false,
	  false, GONE },
	{ "a file without an end", { "usher.conf", NULL, SPARSE }, false,
	  false, "3 PAM unable to read ./usher.conf: File too large\n" GONE },
};

static int
log_in(const void *data)
{
	const struct row *row = data;
	pam_handle_t *pamh = NULL;

	check_run = check_bad = 0;
	rig_log_clear();
	CHECK_INT("no setting stops a login", PAM_SUCCESS,
	    pam_start_confdir("svc", "alice", &rig_conv, ".", &pamh));
	if (row->log)
		CHECK_STR(row->label, row->log, rig_log());
	rig_log_clear();
	CHECK_INT(row->label, row->found ? PAM_SUCCESS : PAM_MODULE_UNKNOWN,
	    pam_authenticate(pamh, 0));
	CHECK_INT(row->label, row->trail, rig_logged("7 PAM trail "));
	return TEST_RESULT();
}

static void
check_row(const struct row *row)
{
	static const struct file_of others[] = { { "other", "" },
		{ "svc", "auth required usher_probe.so y success\n" } };

	for (size_t i = 0; i < COUNT(others); i++)
		CHECK("policy", folder_put(&others[i]));
	CHECK(row->label, !row->conf.path || folder_put(&row->conf));
	CHECK_INT(row->label, 0, folder_apart(log_in, row));
	folder_clear();
}

/* The largest file that is read: 64 KiB, and a byte more. */
static void
check_size(size_t size, const char *log)
{
	_drop_(freep) char *text = malloc(size + 1);
	struct row row = { "the size of it",
		{ "usher.conf", text, TEXT, size }, false, false, log };

	memset(text, '#', size);
	text[size] = '\0';
	memcpy(text, "bogus\n", 6);
	check_row(&row);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	folder_begin();
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(&rows[i]);
	check_size(65536, KEY("bogus", "1") GONE);
	check_size(65537,
	    "3 PAM unable to read ./usher.conf: File too large\n" GONE);
	return TEST_RESULT();
}
