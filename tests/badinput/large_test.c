/* SPDX-License-Identifier: BSD-2-Clause */
/* Policies larger than any: they mean what they say, in a time that can be
 * waited for. Lines of 10 MB, 100 000 lines, files that include each other.
 * C-10, C-35, CVE-2011-3148, CVE-2011-3149. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/drop.h"
#include "check.h"
#include "folder.h"
#include "rig.h"

#define TIME_MAX (20 * CLOCKS_PER_SEC)	/* slow machines, sanitizers */

/* A policy: what comes once, what comes so many times, and what comes at the
 * end. In the middle "@" is the number of the time and "~" a NUL. */
static const struct {
	const char *label;
	const char *first, *again, *last;
	size_t times;
	int start, want;
	const char *log;	/* its beginning */
} rows[] = {
	{ "an argument of 10 MB", "auth required %M ", "x", "\n", 10000000,
	  PAM_SUCCESS, PAM_SUCCESS, "" },
	{ "100 000 arguments", "auth required %M", " x", "\n", 100000,
	  PAM_SUCCESS, PAM_SUCCESS, "" },
	{ "a line joined of 100 000", "auth required %M", " x\\\n", "\n",
	  100000, PAM_SUCCESS, PAM_SUCCESS, "" },
	{ "1 MB of blanks", "auth", " ", "required %M\n", 1000000,
	  PAM_SUCCESS, PAM_SUCCESS, "" },
	{ "a comment of 1 MB", "auth required %M\n#", "x", "\n", 1000000,
	  PAM_SUCCESS, PAM_SUCCESS, "" },
	{ "a line of 1 MB that breaks off", "auth required %M ", "x", " \\",
	  1000000, PAM_ABORT, 0, "3 PAM (svc) error reading PAM "
	  "configuration file: it ends in a line that should go on: svc at "
	  "./svc:1\n" },
	{ "a type of 10 MB", "", "x", " required %M\n", 10000000,
	  PAM_SUCCESS, PAM_PERM_DENIED,
	  "3 PAM (svc) illegal module type: xxx" },
	{ "a control of 1 MB", "auth [", "success=ok ", "] %M\n", 100000,
	  PAM_SUCCESS, PAM_SUCCESS, "" },
	{ "a broken one", "auth [", "success=ok ", "x] %M\n", 100000,
	  PAM_SUCCESS, PAM_PERM_DENIED, "3 PAM (svc) pam_parse: expecting "
	  "return value; [...x] at ./svc:1\n" },
	{ "an open bracket over 1 MB", "auth required %M\nauth [", "x ",
	  "\n", 500000, PAM_SUCCESS, PAM_PERM_DENIED,
	  "3 PAM (svc) pam_parse: expecting return value; [...x x" },
	{ "a module path of 1 MB", "auth required /", "x", "\n", 1000000,
	  PAM_SUCCESS, PAM_MODULE_UNKNOWN, "3 PAM unable to dlopen(/xxx" },
	{ "an include of 1 MB", "auth include ", "x", "\n", 1000000,
	  PAM_SUCCESS, PAM_PERM_DENIED, "3 PAM (svc) _pam_load_conf_file: "
	  "unable to open config for xxx" },
	{ "1 MB of NULs", "auth required %M\n", "~", "\n", 1000000,
	  PAM_SUCCESS, PAM_SUCCESS, "" },

	{ "100 000 lines", "", "auth required %M\n", "", 100000, PAM_SUCCESS,
	  PAM_SUCCESS, "" },
	{ "100 000 empty ones", "auth required %M\n", "\n", "", 100000,
	  PAM_SUCCESS, PAM_SUCCESS, "" },
	{ "100 000 broken ones", "auth required %M\n", "bogus@\n", "",
	  100000, PAM_SUCCESS, PAM_PERM_DENIED,
	  "3 PAM (svc) illegal module type: bogus" },
	{ "a jump over 100 000", "auth [success=100000] %M\n",
	  "auth requisite %M y auth_err\n", "auth required %M\n", 100000,
	  PAM_SUCCESS, PAM_SUCCESS, "" },
	{ "20 000 modules that are not there", "",
	  "-auth optional /gone/@.so\n", "auth required %M\n", 20000,
	  PAM_SUCCESS, PAM_SUCCESS, "7 PAM no module /gone/0.so at " },
	{ "20 000 includes that are not there", "", "auth include gone@\n",
	  "auth required %M\n", 20000, PAM_SUCCESS, PAM_PERM_DENIED,
	  "3 PAM (svc) _pam_load_conf_file: unable to open config for gone0" },
	{ "100 000 includes of one file", "", "auth include inc\n", "",
	  100000, PAM_SUCCESS, PAM_SUCCESS, "" },
	{ "a file that includes itself twice", "auth required %M\n",
	  "auth include svc\n", "", 2, PAM_SUCCESS, PAM_PERM_DENIED,
	  "3 PAM (svc) maximum level of inclusions reached at: svc" },
	{ "a million lines and more", "", "# line\n", "", 1000001, PAM_ABORT,
	  0, "3 PAM (svc) too many entries at: svc\n" },
};

static void
put_again(FILE *f, const char *text, size_t number)
{
	for (; *text; text++) {
		if (*text == '@')
			fprintf(f, "%zu", number);
		else
			putc(*text == '~' ? '\0' : *text, f);
	}
}

static void
put_policy(size_t i)
{
	_drop_(freep) char *first = rig_text(rows[i].first);
	_drop_(freep) char *again = rig_text(rows[i].again);
	_drop_(freep) char *last = rig_text(rows[i].last);
	_drop_(fclosep) FILE *f = fopen("svc", "we");

	rig_must(f, "policy");
	fputs(first, f);
	for (size_t n = 0; n < rows[i].times; n++)
		put_again(f, again, n);
	fputs(last, f);
}

/* The arguments are all there, and as long as they are written. */
static size_t arguments;

static int
count_arguments(pam_handle_t *pamh, const struct rig_call *call)
{
	(void)pamh;
	arguments = 0;
	for (int i = 0; i < call->argc; i++)
		arguments += strlen(call->argv[i]);
	CHECK("they end", !call->argv[call->argc]);
	return call->argc == 2 ? rig_default(pamh, call) : PAM_SUCCESS;
}

static void
check_start(size_t i)
{
	pam_handle_t *pamh = NULL;
	const char *log = rows[i].log;

	rig_log_clear();
	rig.module = count_arguments;
	CHECK_INT(rows[i].label, rows[i].start,
	    pam_start_confdir("svc", "alice", &rig_conv, ".", &pamh));
	CHECK(rows[i].label, !log || (*log ?
	    strncmp(rig_log(), log, strlen(log)) == 0 : !*rig_log()));
	if (pamh) {
		CHECK_INT(rows[i].label, rows[i].want,
		    pam_authenticate(pamh, 0));
		CHECK_INT("ends", PAM_SUCCESS, pam_end(pamh, 0));
	}
}

static void
check_row(size_t i)
{
	clock_t begin;

	put_policy(i);
	begin = clock();
	check_start(i);
	if (clock() - begin > TIME_MAX)
		printf("%s: %ld s\n", rows[i].label,
		    (long)((clock() - begin) / CLOCKS_PER_SEC));
	CHECK("in a time that can be waited for",
	    clock() - begin <= TIME_MAX);
	if (i < 3)
		CHECK_INT(rows[i].label, rows[i].times, arguments);
}

int
main(int argc, char **argv)
{
	static const struct file_of others[] = { { "other", "" },
		{ "inc", "auth required %M\n" } };

	rig_main(argc, argv);
	folder_begin();
	for (size_t i = 0; i < COUNT(others); i++)
		CHECK("put", folder_put(&others[i]));
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(i);
	folder_clear();
	return TEST_RESULT();
}
