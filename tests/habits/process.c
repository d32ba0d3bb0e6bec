/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs that fork, drop their ids, leave their root, have an odd
 * environment; and want to find themselves as they were. */
#include <fcntl.h>
#include <grp.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "habits.h"
#include "lab_module.h"
#include "modules/state.h"

static pam_handle_t *
begin(const char *label, const char *service)
{
	pam_handle_t *pamh = NULL;

	CHECK_INT(label, PAM_SUCCESS, pam_start_confdir(service, "alice",
	    &lab_conv, lab(), &pamh));
	return pamh;
}

static void
take_steps(const char *label, pam_handle_t *pamh, int from, int to)
{
	for (int step = from; step <= to; step++)
		CHECK_INT(label, PAM_SUCCESS, lab_step(pamh, step));
}

/* ---- Forks ---- */

static int cleaned = -1;

EXPORT void
lab_cleaned(int status)
{
	cleaned = status;
}

/* Run in a child what it answers with. */
static int
in_child(int (*fn)(pam_handle_t *), pam_handle_t *pamh)
{
	int status = -1;
	const pid_t pid = fork();

	if (pid == 0)
		_exit(fn(pamh));
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int
end_silently(pam_handle_t *pamh)
{
	return pam_end(pamh, PAM_ABORT | PAM_DATA_SILENT) != PAM_SUCCESS ||
	    cleaned != (PAM_ABORT | PAM_DATA_SILENT);
}

static int
end_aloud(pam_handle_t *pamh)
{
	return pam_end(pamh, PAM_SUCCESS) != PAM_SUCCESS ||
	    cleaned != PAM_SUCCESS;
}

static int
open_and_end(pam_handle_t *pamh)
{
	return lab_step(pamh, LAB_OPEN) != PAM_SUCCESS || end_aloud(pamh);
}

static int
start_another(pam_handle_t *pamh)
{
	struct login l;

	return !lab_login(lab(), "svc", &l) || end_silently(pamh);
}

static int
ends_in_children(void)
{
	const char *label = "a child ends the handle";
	pam_handle_t *pamh = begin(label, "data");

	take_steps(label, pamh, LAB_AUTH, LAB_ACCOUNT);
	cleaned = -1;
	CHECK_INT(label, 0, in_child(end_silently, pamh));
	CHECK_INT(label, 0, in_child(end_aloud, pamh));
	CHECK_INT(label, 0, in_child(open_and_end, pamh));
	CHECK_INT(label, 0, in_child(start_another, pamh));
	CHECK_INT(label, -1, cleaned);
	take_steps(label, pamh, LAB_OPEN, LAB_END);
	CHECK_INT(label, PAM_SUCCESS, cleaned);
	return TEST_RESULT();
}

/* The parent has gone on before the child speaks again. */
static int
daemonizes(void)
{
	const char *label = "authenticates, then becomes a daemon";
	pam_handle_t *pamh = begin(label, "data");

	take_steps(label, pamh, LAB_AUTH, LAB_CRED);
	CHECK_INT(label, 0, daemon(0, 1));
	take_steps(label, pamh, LAB_ACCOUNT, LAB_END);
	return TEST_RESULT();
}

/* ---- Ids and roots ---- */

static bool
drop_ids(void)
{
	return setgroups(0, NULL) == 0 && setresgid(65534, 65534, 65534) == 0 &&
	    setresuid(65534, 65534, 65534) == 0;
}

static int
drops_ids(void)
{
	const char *label = "drops its ids after the session was opened";
	pam_handle_t *pamh;

	if (geteuid() != 0)
		return HABIT_SKIPPED;
	pamh = begin(label, "svc");
	take_steps(label, pamh, LAB_AUTH, LAB_OPEN);
	CHECK(label, drop_ids());
	take_steps(label, pamh, LAB_CLOSE, LAB_END);
	CHECK_LOGIN(label, "svc");
	return TEST_RESULT();
}

static int
chroots(void)
{
	const char *label = "leaves its root after the start";
	pam_handle_t *pamh = begin(label, "svc");
	pam_handle_t *other = begin(label, "data");
	struct login l;

	CHECK(label, lab_folder("empty"));
	take_steps(label, pamh, LAB_AUTH, LAB_AUTH);
	if (!lab_enter("empty"))
		return HABIT_SKIPPED;
	take_steps(label, pamh, LAB_CRED, LAB_END);
	take_steps(label, other, LAB_AUTH, LAB_END);
	/* Policies and modules that are not there are not remembered. */
	CHECK(label, !lab_login("/", "svc", &l));
	CHECK_INT(label, PAM_ABORT, l.answer[LAB_START]);
	return TEST_RESULT();
}

/* The same path, and below it another policy. */
static int
finds_its_confdir_in_a_root(void)
{
	const char *label = "the same paths below another root";
	struct login l;

	CHECK(label, lab_folder("jail") && lab_put_module("m.so", 7) &&
	    lab_put_module("jail/m.so", 8) &&
	    lab_put("both", LAB_ALL("%1$s/m.so", ""), lab()) &&
	    lab_put("jail/both", LAB_ALL("/m.so", "")));
	lab_age();
	for (int i = 0; i < 2; i++)
		CHECK(label, lab_login(lab(), "both", &l) && l.module == 7);
	if (!lab_enter("jail"))
		return HABIT_SKIPPED;
	for (int i = 0; i < 2; i++)
		CHECK(label, lab_login("/", "both", &l) && l.module == 8);
	return TEST_RESULT();
}

/* ---- State ---- */

static struct state was;

static void
compare(void)
{
	struct state now;

	state_take(&now);
	CHECK_STR("the process is as it was", NULL,
	    state_differs(&was, &now, 0));
	state_free(&now);
}

static void
make_odd(void)
{
	sigset_t all;

	umask(0757);
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	signal(SIGCHLD, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	CHECK("odd state", lab_folder("gone") &&
	    chdir(lab_path("gone").text) == 0 &&
	    rmdir(lab_path("gone").text) == 0);
	setenv("LD_LIBRARY_PATH", "/nonexistent", 1);
	setenv("LC_ALL", "tr_TR.UTF-8", 1);
	setlocale(LC_ALL, "C.UTF-8");
}

static int
compares(void)
{
	const char *label = "the process is as it was";

	make_odd();
	state_take(&was);
	lab_between = compare;
	CHECK_LOGIN(label, "svc");
	umask(022);
	CHECK(label, lab_put("svc", LAB_ALL(LAB_MODULE, "")));
	umask(0757);
	CHECK_LOGIN(label, "svc");
	compare();
	lab_between = NULL;
	state_free(&was);
	return TEST_RESULT();
}

/* A service is the same in every language: Turkish has another small "I". */
static int
changes_locale(void)
{
	const char *label = "another locale for each step";
	static const char *const names[] = { "C", "C.UTF-8", "POSIX", "tr_TR",
		"tr_TR.UTF-8" };
	struct login l;

	CHECK(label, lab_put("display", LAB_ALL(LAB_MODULE, "policy=9")));
	for (size_t i = 0; i < COUNT(names); i++) {
		if (setlocale(LC_ALL, names[i]))
			CHECK(label, lab_login(lab(), "DISPLAY", &l) &&
			    l.policy == 9);
	}
	return TEST_RESULT();
}

static void *
login_here(void *arg)
{
	CHECK_LOGIN(arg, "svc");
	CHECK(arg, lab_put("svc", LAB_ALL(LAB_MODULE, "")));
	CHECK_LOGIN(arg, "svc");
	return NULL;
}

static int
has_a_small_stack(void)
{
	static char label[] = "a stack of 64 KiB";
	pthread_attr_t attr;
	pthread_t thread;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 65536);
	if (pthread_create(&thread, &attr, login_here, label) != 0)
		return HABIT_SKIPPED;
	pthread_join(thread, NULL);
	return TEST_RESULT();
}

const struct habit habits_process[] = {
	{ "ends the handle in a child too", ends_in_children },
	{ "becomes a daemon between its calls", daemonizes },
	{ "drops its ids after the session was opened", drops_ids },
	{ "leaves its root between start and session", chroots },
	{ "finds the same paths below another root",
	  finds_its_confdir_in_a_root },
	{ "has everything set oddly", compares },
	{ "changes its locale", changes_locale },
	{ "has a small stack", has_a_small_stack },
	{ NULL, NULL },
};
