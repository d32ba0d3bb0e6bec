/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs with threads fork, and so do modules: the child can log in, and
 * what it was doing goes on in both.
 * usage: forks [ROUNDS] */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "lab.h"
#include "lab_module.h"

#define THREADS 8
#define PATIENCE 60	/* seconds for a child that waits for ever */

static pid_t parent;
static unsigned rounds;
static atomic_bool in_constructor;
static atomic_uint children, failed;

static void
count_child(pid_t pid)
{
	int status = -1;

	atomic_fetch_add(&children, 1);
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		atomic_fetch_add(&failed, 1);
	/* A fork while another thread is inside of dlopen leaves the loader's
	 * list half done in the child, and glibc's own check ends it. */
	else if (status != 0 && !(WIFSIGNALED(status) &&
	    WTERMSIG(status) == SIGABRT))
		atomic_fetch_add(&failed, 1);
}

/* Both go on from here; the parent when the child has ended. Children do not
 * fork. Under sanitizers they end at once: these leave their own locks as they
 * were. */
static void
branch(void)
{
	pid_t pid;

	if (getpid() != parent)
		return;
	pid = fork();
	if (pid == 0 && LAB_SANITIZED)
		_exit(0);
	if (pid == 0)
		alarm(PATIENCE);
	else
		count_child(pid);
}

EXPORT void
lab_loaded(unsigned version)
{
	(void)version;
	if (atomic_load(&in_constructor))
		branch();
}

EXPORT int
lab_called(void)
{
	branch();
	return PAM_SUCCESS;
}

/* ---- Rounds ---- */

static bool
login(const char *service)
{
	struct login l;

	return lab_login(lab(), service, &l);
}

/* One thread edits the policy: a fork may happen while another thread changes
 * what the library remembers. */
static bool
between_logins(unsigned number, unsigned round)
{
	(void)round;
	if (number == 0 && !lab_put("between", LAB_ALL(LAB_MODULE, "")))
		return false;
	branch();
	return login("between") && login("still") && login("between");
}

static bool
in_a_call(unsigned number, unsigned round)
{
	(void)number;
	(void)round;
	return login("call") && login("between");
}

/* A new file each time, or the constructor would not run. */
static bool
in_a_constructor(unsigned number, unsigned round)
{
	char module[32], service[32];

	snprintf(module, sizeof module, "m%u.so", number);
	snprintf(service, sizeof service, "load%u", number);
	return lab_put_module(module, round + 1) && login(service) &&
	    login("between");
}

static const struct kind {
	const char *label;
	bool (*round)(unsigned number, unsigned round);
	bool constructor;
	unsigned children;	/* in a round */
} kinds[] = {
	{ "between logins", between_logins, false, 1 },
	{ "in a module's call", in_a_call, false, 2 },
	{ "in a module's constructor", in_a_constructor, true, 1 },
};

struct worker {
	pthread_t thread;
	unsigned number;
	const struct kind *kind;
};

static void *
work(void *arg)
{
	const struct worker *w = arg;

	for (unsigned i = 0; i < rounds; i++) {
		const bool well = w->kind->round(w->number, i);

		if (getpid() != parent)
			_exit(!well);
		if (!well)
			atomic_fetch_add(&failed, 1);
	}
	return NULL;
}

static void
run(const struct kind *kind)
{
	struct worker workers[THREADS];

	atomic_store(&children, 0);
	atomic_store(&failed, 0);
	atomic_store(&in_constructor, kind->constructor);
	for (unsigned i = 0; i < THREADS; i++) {
		workers[i] = (struct worker){ .number = i, .kind = kind };
		pthread_create(&workers[i].thread, NULL, work, &workers[i]);
	}
	for (unsigned i = 0; i < THREADS; i++)
		pthread_join(workers[i].thread, NULL);
	CHECK_INT(kind->label, rounds * THREADS * kind->children,
	    atomic_load(&children));
	CHECK_INT(kind->label, 0, atomic_load(&failed));
}

static bool
prepare(void)
{
	char service[32];

	for (unsigned i = 0; i < THREADS; i++) {
		snprintf(service, sizeof service, "load%u", i);
		if (!lab_put(service, LAB_ALL("%1$s/m%2$u.so", ""), lab(), i))
			return false;
	}
	return lab_put("still", LAB_ALL(LAB_MODULE, "")) &&
	    lab_put("between", LAB_ALL(LAB_MODULE, "")) &&
	    lab_put("call", "auth required " LAB_MODULE " call\n"
		"account required " LAB_MODULE "\n"
		"session required " LAB_MODULE "\n");
}

int
main(int argc, char **argv)
{
	rounds = argc > 1 ? (unsigned)atoi(argv[1]) : 12;
	parent = getpid();
	CHECK("preparation", prepare());
	lab_age();
	for (size_t i = 0; i < COUNT(kinds); i++)
		run(&kinds[i]);
	return TEST_RESULT();
}
