/* SPDX-License-Identifier: BSD-2-Clause */
#include "state.h"

#include <dirent.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include "modkit/modkit.h"

/* A line of /proc/self/status. */
static void
tell_status(FILE *out, const char *key)
{
	_drop_(fclosep) FILE *f = fopen("/proc/self/status", "re");
	_drop_(freep) char *line = NULL;
	size_t size = 0;

	while (f && getline(&line, &size, f) > 0)
		if (text_after(line, key))
			fputs(line, out);
}

static void
tell_link(FILE *out, const char *path)
{
	char target[4096];
	const ssize_t n = readlink(path, target, sizeof target);

	fprintf(out, "%s %.*s\n", path, n > 0 ? (int)n : 0, target);
}

static void
tell_files(FILE *out, const char *key)
{
	DIR *dir = opendir("/proc/self/fd");
	char path[64];

	(void)key;
	for (struct dirent *e = dir ? readdir(dir) : NULL; e;
	    e = readdir(dir)) {
		if (*e->d_name == '.' || atoi(e->d_name) == dirfd(dir))
			continue;
		snprintf(path, sizeof path, "/proc/self/fd/%.32s", e->d_name);
		tell_link(out, path);
		fprintf(out, "%d\n", fcntl(atoi(e->d_name), F_GETFL));
	}
	if (dir)
		closedir(dir);
}

static void
tell_place(FILE *out, const char *key)
{
	(void)key;
	tell_link(out, "/proc/self/cwd");
	tell_link(out, "/proc/self/root");
}

static void
tell_limits(FILE *out, const char *key)
{
	struct rlimit r;

	(void)key;
	for (unsigned i = 0; i < RLIMIT_NLIMITS; i++)
		if (getrlimit((__rlimit_resource_t)i, &r) == 0)
			fprintf(out, "%u %ju %ju\n", i, (uintmax_t)r.rlim_cur,
			    (uintmax_t)r.rlim_max);
	fprintf(out, "nice %d\n", getpriority(PRIO_PROCESS, 0));
}

static void
tell_handlers(FILE *out, const char *key)
{
	struct sigaction act;

	(void)key;
	for (int sig = 1; sig < NSIG; sig++)
		if (sigaction(sig, NULL, &act) == 0)
			fprintf(out, "%d %p %x\n", sig,
			    (void *)(uintptr_t)act.sa_handler,
			    (unsigned)act.sa_flags);
}

static void
tell_timers(FILE *out, const char *key)
{
	struct itimerval t;

	(void)key;
	if (getitimer(ITIMER_REAL, &t) == 0)
		fprintf(out, "%ld %ld\n", (long)t.it_value.tv_sec,
		    (long)t.it_interval.tv_sec);
}

static void
tell_environment(FILE *out, const char *key)
{
	(void)key;
	for (char **e = environ; e && *e; e++)
		fprintf(out, "%s\n", *e);
}

static void
tell_locale(FILE *out, const char *key)
{
	(void)key;
	fprintf(out, "%s\n", setlocale(LC_ALL, NULL));
}

/* The last column: who may change it, see CHANGES_UMASK and the others. */
static const struct {
	const char *name, *key;
	void (*tell)(FILE *out, const char *key);
	unsigned changes;
} aspects[] = {
	{ "user ids", "Uid:", tell_status, 0 },
	{ "group ids", "Gid:", tell_status, 0 },
	{ "groups", "Groups:", tell_status, CHANGES_GROUPS },
	{ "umask", "Umask:", tell_status, CHANGES_UMASK },
	{ "capabilities", "Cap", tell_status, 0 },
	{ "no_new_privs", "NoNewPrivs:", tell_status, CHANGES_LIMITS },
	{ "blocked signals", "SigBlk:", tell_status, 0 },
	{ "pending signals", "SigPnd:", tell_status, 0 },
	{ "threads", "Threads:", tell_status, 0 },
	{ "descriptors", NULL, tell_files, CHANGES_FILES },
	{ "root or working directory", NULL, tell_place, CHANGES_PLACE },
	{ "limits", NULL, tell_limits, CHANGES_LIMITS },
	{ "signal handlers", NULL, tell_handlers, 0 },
	{ "timers", NULL, tell_timers, 0 },
	{ "environment", NULL, tell_environment, 0 },
	{ "locale", NULL, tell_locale, 0 },
};

_Static_assert(COUNT(aspects) <= STATE_ASPECTS, "room in struct state");

void
state_take(struct state *s)
{
	for (size_t i = 0; i < COUNT(aspects); i++) {
		size_t size;
		FILE *out = open_memstream(&s->text[i], &size);

		if (!out)
			abort();
		aspects[i].tell(out, aspects[i].key);
		fclose(out);
	}
}

void
state_free(struct state *s)
{
	for (size_t i = 0; i < COUNT(aspects); i++)
		free(s->text[i]);
}

const char *
state_differs(const struct state *a, const struct state *b, unsigned changes)
{
	for (size_t i = 0; i < COUNT(aspects); i++)
		if (!(aspects[i].changes & changes) &&
		    strcmp(a->text[i], b->text[i]))
			return aspects[i].name;
	return NULL;
}
