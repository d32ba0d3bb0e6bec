/* SPDX-License-Identifier: BSD-2-Clause */
/* pamctl app-check: does a program use PAM as it has to? It is run, and its
 * calls are recorded and judged. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/text.h"
#include "pamctl/app_check/print.h"
#include "pamctl/app_check/record.h"
#include "pamctl/app_check/rule.h"
#include "pamctl/check/print.h"
#include "pamctl/options.h"
#include "pamctl/pamctl.h"

#define USAGE "app-check [options] -- COMMAND..."

struct wish {
	bool calls, list;
	const char *explain, *recorder;
};

/* Beside this program, wherever both are installed. */
static char *
find_recorder(void)
{
	_drop_(freep) char *self = realpath("/proc/self/exe", NULL);
	_drop_(freep) char *path = NULL;
	char *slash = self ? strrchr(self, '/') : NULL;

	if (!slash)
		return NULL;
	*slash = '\0';
	path = text_format("%s/" RECORDER, self);
	return path ? realpath(path, NULL) : NULL;
}

/* The program that the shell would take for this name; "" if there is none. */
static void
find_program(const char *name, char path[PATH_MAX])
{
	_drop_(freep) char *all = strdup(getenv("PATH") ? getenv("PATH") : "");
	char *rest = all, *one;

	snprintf(path, PATH_MAX, "%s", name);
	while (!strchr(name, '/') && (one = strsep(&rest, ":"))) {
		snprintf(path, PATH_MAX, "%s/%s", one, name);
		if (access(path, X_OK) == 0)
			return;
	}
}

/* The loader of a program that gains rights by being run preloads nothing. */
static int
check_rights(const char *name)
{
	char path[PATH_MAX];
	struct stat st;

	find_program(name, path);
	if (geteuid() == 0 || stat(path, &st) < 0)
		return 0;
	if (!(st.st_mode & (S_ISUID | S_ISGID)))
		return 0;
	return fail(STATUS_PRIVILEGE, "%s is set-user-ID or set-group-ID: only "
	    "when root runs it can anything be preloaded and its calls be "
	    "recorded", path);
}

static int
watch(const struct options *o, const struct wish *wish)
{
	_drop_(transcript_free) struct transcript t = { 0 };
	_drop_(freep) char *recorder = wish->recorder ?
	    realpath(wish->recorder, NULL) : find_recorder();
	int rc = check_rights(o->argv[0]);

	if (rc)
		return rc;
	if (!recorder)
		return fail(STATUS_CONFIG, "%s: %s", wish->recorder ?
		    wish->recorder : "the recorder", strerror(errno));
	rc = record(o->argv, recorder, o->json || o->raw, &t);
	if (rc)
		return rc;
	if (t.count == 0)
		return fail(STATUS_CONFIG, "no call of PAM was recorded");
	return wish->calls ? print_calls(o, &t) : print_verdict(o, &t);
}

static int
explain(const char *code)
{
	const struct habit *h = habit_named(code);

	if (!h)
		return fail(STATUS_USAGE, "no code \"%s\"; see pamctl "
		    "app-check --list", code);
	print_habit(h);
	return STATUS_CLEAN;
}

static int
run_wish(const struct options *o, const struct wish *wish)
{
	if (wish->explain)
		return explain(wish->explain);
	if (wish->list) {
		print_habits();
		return STATUS_CLEAN;
	}
	if (o->argc < 1)
		return fail(STATUS_USAGE, "usage: pamctl " USAGE);
	return watch(o, wish);
}

static int
run_verb(int argc, char **argv)
{
	struct wish wish = { 0 };
	const struct verb_option own[] = {
		{ .name = "calls", .what = "print every call; judge nothing",
		    .flag = &wish.calls },
		OPTION_EXPLAIN(&wish.explain),
		OPTION_LIST(&wish.list),
		{ .name = "recorder", .argument = "FILE",
		    .what = "what to preload",
		    .value = &wish.recorder },
		{ .name = NULL },
	};
	struct options o;
	bool done;
	const int rc = options_read(&o, USAGE, own, argc, argv, &done);

	return rc || done ? rc : run_wish(&o, &wish);
}

const struct verb verb_app_check = {
	"app-check", "does a program use PAM as it has to?", run_verb,
};
