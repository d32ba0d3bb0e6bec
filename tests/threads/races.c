/* SPDX-License-Identifier: BSD-2-Clause */
/* Logins in eight threads while another process edits their policy: no login
 * is judged by a mixture of two versions, and none by a version that was
 * replaced before it began.
 * usage: races [EDITS] */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "lab.h"

#define THREADS 8
#define BURST 8		/* edits before the policy may grow old */
#define SWITCHES 8	/* of a link in the time of one other edit */
#define FIRST 100000	/* versions have one length */

/* What editor and threads tell each other. */
struct board {
	atomic_uint published;	/* whose edit is over */
	atomic_uint logins;
	atomic_bool done;
};

static struct board *board;
static unsigned edits;

#define INCLUDING(file)                                                        \
	"auth required " LAB_MODULE " policy=%1$u\n"                           \
	"auth include " file "\naccount include " file "\n"                    \
	"session include " file "\n"

#define INCLUDED(slack)                                                        \
	LAB_ALL(LAB_MODULE, "part=%1$u agree=" slack)

/* Both files of a version stand beside each other in its own folder. */
static bool
make_folder(const char *dir, unsigned n)
{
	char file[64];

	if (mkdir(lab_path(dir).text, 0755) < 0)
		return false;
	snprintf(file, sizeof file, "%s/part", dir);
	if (!lab_put(file, INCLUDED("0"), n))
		return false;
	snprintf(file, sizeof file, "%s/svc", dir);
	return lab_put(file, INCLUDING("part"), n);
}

/* One link leads to the folder: nothing but equal versions is ever there. All
 * folders are made, and old, before the first switch, so that no time stamp
 * warns of it. */
static bool
edit_link(unsigned n)
{
	char dir[32];

	for (unsigned i = 0; n == FIRST && i <= edits * SWITCHES; i++) {
		snprintf(dir, sizeof dir, "v%u", FIRST + i);
		if (!make_folder(dir, FIRST + i))
			return false;
	}
	if (n == FIRST)
		lab_age();
	snprintf(dir, sizeof dir, "v%u", n);
	return lab_link("link", dir);
}

/* Two folders in turn: what was there comes back. */
static bool
edit_back(unsigned n)
{
	if (n == FIRST && (!make_folder("even", FIRST) ||
	    !make_folder("odd", FIRST + 1)))
		return false;
	if (n == FIRST)
		lab_age();
	/* Also after a burst it is not always the same. */
	return lab_link("back", (n + n / BURST) % 2 ? "odd" : "even");
}

/* First the service's file, then the one that it includes: the second is of
 * the same version, or of the one before. */
static bool
edit_pair(unsigned n, bool (*put)(const char *, const char *, ...))
{
	return put("pair/svc", INCLUDING("part"), n) &&
	    put("pair/part", INCLUDED("1"), n);
}

static bool
edit_rename(unsigned n)
{
	return edit_pair(n, lab_put);
}

static bool
edit_in_place(unsigned n)
{
	return edit_pair(n, n == FIRST ? lab_put : lab_overwrite);
}

/* The policy stays, its module changes. */
static bool
edit_module(unsigned n)
{
	return (n != FIRST || lab_put("module/svc",
	    LAB_ALL("%1$s/module/m.so", ""), lab())) &&
	    lab_put_module("module/m.so", n);
}

static const struct race {
	const char *label;
	const char *confdir;
	bool (*edit)(unsigned version);
	unsigned times;		/* as many edits as asked for */
	unsigned gap;		/* logins that an edit has to wait for */
	enum { POLICY, MODULE, NEITHER } counts; /* whose version */
} races[] = {
	{ "a folder is switched by a link", "link", edit_link, SWITCHES, 0,
	  POLICY },
	{ "a link is switched there and back", "back", edit_back, SWITCHES, 0,
	  NEITHER },
	{ "files are replaced by rename", "pair", edit_rename, 1, 2, POLICY },
	{ "files are written over in place", "pair", edit_in_place, 1, 2,
	  POLICY },
	{ "a module is replaced by rename", "module", edit_module, 1, 2,
	  MODULE },
};

/* ---- The editor ---- */

static void
wait_for_logins(unsigned n)
{
	const unsigned begin = atomic_load(&board->logins);

	while (atomic_load(&board->logins) - begin < n)
		sched_yield();
}

/* Bursts, so that readers meet an edit, and rests, so that the library meets
 * its own memory. */
static int
edit_all(const struct race *race)
{
	for (unsigned n = 1; n <= edits * race->times; n++) {
		if (!race->edit(FIRST + n))
			return 1;
		atomic_store(&board->published, FIRST + n);
		wait_for_logins(n % BURST ? race->gap : 4 * THREADS);
		if (n % BURST == 0 && race->gap)
			lab_age();
	}
	return 0;
}

static pid_t
begin_edits(const struct race *race)
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		_exit(edit_all(race));
	}
	return pid;
}

/* ---- The threads ---- */

struct worker {
	pthread_t thread;
	const struct race *race;
	struct login login;
	unsigned logins, failed, stale, mixed, versions;
};

/* The older half of a policy counts. */
static unsigned
version(const struct worker *w)
{
	return w->race->counts == MODULE ? w->login.module : w->login.part;
}

static void
judge(struct worker *w, unsigned published, bool well)
{
	const bool mixed = w->login.answer[LAB_AUTH] == PAM_CRED_ERR;

	w->logins++;
	w->mixed += mixed;
	w->failed += !well && !mixed;
	w->stale += well && w->race->counts != NEITHER &&
	    version(w) < published;
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	const struct lab_path confdir = lab_path(w->race->confdir);
	unsigned last = 0;

	while (!atomic_load(&board->done)) {
		const unsigned published = atomic_load(&board->published);
		const bool well = lab_login(confdir.text, "svc", &w->login);

		judge(w, published, well);
		w->versions += version(w) != last;
		last = version(w);
		atomic_fetch_add(&board->logins, 1);
	}
	return NULL;
}

static void
report(const struct race *race, const struct worker *workers)
{
	struct worker sum = { 0 };

	for (size_t i = 0; i < THREADS; i++) {
		sum.logins += workers[i].logins;
		sum.failed += workers[i].failed;
		sum.stale += workers[i].stale;
		sum.mixed += workers[i].mixed;
		sum.versions += workers[i].versions;
	}
	printf("%s: %u edits, %u logins, %u new versions met\n", race->label,
	    edits * race->times, sum.logins, sum.versions);
	CHECK_INT(race->label, 0, sum.mixed);
	CHECK_INT(race->label, 0, sum.stale);
	CHECK_INT(race->label, 0, sum.failed);
	CHECK(race->label, sum.versions >= edits / 2);
}

static void
run(const struct race *race)
{
	struct worker workers[THREADS] = { 0 };
	int status = -1;
	pid_t editor;

	CHECK(race->label, race->edit(FIRST));
	*board = (struct board){ .published = FIRST };
	editor = begin_edits(race);
	for (size_t i = 0; i < THREADS; i++) {
		workers[i].race = race;
		pthread_create(&workers[i].thread, NULL, work, &workers[i]);
	}
	waitpid(editor, &status, 0);
	atomic_store(&board->done, true);
	for (size_t i = 0; i < THREADS; i++)
		pthread_join(workers[i].thread, NULL);
	CHECK_INT(race->label, 0, status);
	report(race, workers);
}

int
main(int argc, char **argv)
{
	edits = argc > 1 ? (unsigned)atoi(argv[1]) : 24;
	board = mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (board == MAP_FAILED || mkdir(lab_path("pair").text, 0755) < 0 ||
	    mkdir(lab_path("module").text, 0755) < 0)
		return 1;
	for (size_t i = 0; i < COUNT(races); i++)
		run(&races[i]);
	return TEST_RESULT();
}
