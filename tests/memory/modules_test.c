/* SPDX-License-Identifier: BSD-2-Clause */
/* Every module of ours while each allocation fails: none says yes, or shrugs,
 * because it had no memory (CVE-2025-23013), none leaves anything behind. argv:
 * the actor, the folder with the modules. */
#include <dlfcn.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/text.h"
#include "check.h"
#include "heap.h"
#include "stage.h"

#define SHOWN 5			/* of what goes wrong with a module */

/* As the module answers; where it answers PAM_IGNORE, PAM_MODULE_UNKNOWN, of
 * whom there is nothing to load. */
#define LINES                                                                  \
	"%1$s [default=done ignore=ignore] %2$s %3$s\n"                        \
	"-%1$s [default=ok] /nonexistent/ignored.so\n"

/* Where a module does more when it is told so, or finds a file. Every module
 * is tried without as well. */
static const struct {
	const char *module, *args, *path, *text;
} rows[] = {
	{ "", "", NULL, NULL },
	{ "", "debug", NULL, NULL },
	{ "pam_debug.so", "auth=perm_denied acct=acct_expired", NULL, NULL },
	{ "pam_echo.so", "file=/etc/issue", "/etc/issue", "%u on %H\n" },
	{ "pam_env.so", "user_readenv=1", "/etc/environment",
	  "A=1\nB=\"two\"\n" },
	{ "pam_env.so", "", "/etc/security/pam_env.conf",
	  "A DEFAULT=${HOME}/x OVERRIDE=@{PAM_USER}\n" },
	{ "pam_nologin.so", "", "/etc/nologin", "Closed.\n" },
	{ "pam_succeed_if.so", "user = root", NULL, NULL },
	{ "pam_succeed_if.so", "uid >= 1000 user ingroup staff", NULL, NULL },
	{ "pam_succeed_if.so", "user notingroup root:wheel", NULL, NULL },
	{ "pam_umask.so", "", "/etc/login.defs", "UMASK 027\n" },
};

static const struct {
	const char *type;
	step_fn *call;
} calls[] = {
	{ "auth", step_call_auth }, { "auth", step_call_cred },
	{ "account", step_call_account }, { "session", step_call_open },
	{ "session", step_call_close }, { "password", step_call_change },
};

static int
play(const struct scenario *s)
{
	struct run run;

	stage_play(s, NULL, NULL, &run);
	dlerror();
	return run.outcome[run.count - 1].code;
}

/* From no to yes there are two steps, and a shrug is one of them. */
static bool
as_strict(int good, int code)
{
	if (code == PAM_SUCCESS)
		return good == PAM_SUCCESS;
	return code != PAM_MODULE_UNKNOWN || good == PAM_MODULE_UNKNOWN ||
	    good == PAM_SUCCESS;
}

/* Whether it came to that. */
static bool
play_without(const struct scenario *s, size_t n, int good, bool settled)
{
	const struct heap_live before = heap_live();
	const int files = stage_files();
	int code;

	heap_fail(n, false);
	code = play(s);
	heap_heal();
	check_run++;
	if (!as_strict(good, code) && check_bad++ < SHOWN)
		printf("%s: allocation %zu: %d instead of %d\n", s->label, n,
		    code, good);
	if (settled && before.blocks != heap_live().blocks &&
	    check_bad++ < SHOWN)
		printf("%s: allocation %zu: %zd blocks left behind\n",
		    s->label, n,
		    (ssize_t)(heap_live().blocks - before.blocks));
	if (files != stage_files() && check_bad++ < SHOWN)
		printf("%s: allocation %zu: descriptors left behind\n",
		    s->label, n);
	return heap_failed();
}

/* The first time round the C library loads what it falls back on. */
static int
fail_all(const struct scenario *s)
{
	int good;

	check_run = check_bad = 0;
	stage_age(s, AGE_RENEWED);
	play(s);
	good = play(s);
	for (int round = 0; round < 2; round++) {
		for (size_t n = 1; play_without(s, n, good, round > 0);)
			n++;
	}
	return TEST_RESULT();
}

static void
check_call(const char *actor, const char *module, size_t row, size_t call)
{
	_drop_(freep) char *policy = NULL, *label = NULL;
	struct scenario s = {
		.files = { { "svc", NULL },
		    { rows[row].path, rows[row].text } },
		.replies = { { PAM_SUCCESS, "alice" } },
		.steps = { { step_start, "svc" },
		    { calls[call].call, "" } },
		.system = true,
	};

	if (asprintf(&policy, LINES, calls[call].type, module,
	    rows[row].args) < 0 || asprintf(&label, "%s %s, %s",
	    text_base(module), rows[row].args, calls[call].type) < 0)
		abort();
	s.label = label;
	s.files[0].text = policy;
	/* For alice, who is asked for her name, and for root. */
	for (int root = 0; root < 2; root++) {
		s.steps[0].n = root;
		CHECK_INT(label, 0, stage_apart(&s, actor, fail_all));
	}
}

static void
check_module(const char *actor, const char *module)
{
	for (size_t row = 0; row < COUNT(rows); row++) {
		if (*rows[row].module &&
		    strcmp(rows[row].module, text_base(module)) != 0)
			continue;
		for (size_t call = 0; call < COUNT(calls); call++)
			check_call(actor, module, row, call);
	}
}

int
main(int argc, char **argv)
{
	glob_t found = { 0 };
	char pattern[512];

	if (argc < 3)
		return 2;
	snprintf(pattern, sizeof pattern, "%s/pam_*.so", argv[2]);
	CHECK_INT("modules", 0, glob(pattern, 0, NULL, &found));
	for (size_t i = 0; i < found.gl_pathc; i++)
		check_module(argv[1], found.gl_pathv[i]);
	globfree(&found);
	return TEST_RESULT();
}
