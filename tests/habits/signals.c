/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs that are interrupted a thousand times a second, and those that
 * leave a conversation without a return. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "habits.h"

static volatile sig_atomic_t alarms;

static void
note_alarm(int sig)
{
	(void)sig;
	alarms = alarms + 1;
}

/* No SA_RESTART: every call that can be interrupted is. */
static void
set_timer(long usec)
{
	const struct sigaction act = { .sa_handler = note_alarm };
	const struct itimerval each = { { 0, usec }, { 0, usec } };

	sigaction(SIGALRM, &act, NULL);
	setitimer(ITIMER_REAL, &each, NULL);
}

static int
is_interrupted(void)
{
	const char *label = "interrupted a thousand times a second";
	struct login l;

	CHECK(label, lab_put("own", LAB_ALL("%1$s/m.so", ""), lab()));
	set_timer(1000);
	for (unsigned n = 1; n <= 100 || alarms < 20; n++) {
		CHECK(label, lab_put_module("m.so", n % 30 + 1));
		CHECK(label, lab_login(lab(), "own", &l) &&
		    l.module == n % 30 + 1);
		CHECK_LOGIN(label, "svc");
	}
	set_timer(0);
	return TEST_RESULT();
}

/* ---- Conversations ---- */

static jmp_buf back;
static sigjmp_buf back_from_signal;

static int
say_yes(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	(void)msg;
	(void)data;
	*resp = calloc((size_t)n, sizeof **resp);
	if (*resp)
		(*resp)->resp = strdup("yes");
	return PAM_SUCCESS;
}

static int
jump(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	(void)n;
	(void)msg;
	(void)resp;
	(void)data;
	longjmp(back, 1);
}

static void
jump_from_signal(int sig)
{
	(void)sig;
	siglongjmp(back_from_signal, 1);
}

/* "login" waits so for a name, for a minute. */
static int
wait_for_signal(int n, const struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	(void)n;
	(void)msg;
	(void)resp;
	(void)data;
	signal(SIGUSR1, jump_from_signal);
	raise(SIGUSR1);
	return PAM_CONV_ERR;
}

static int
leave(int n, const struct pam_message **msg, struct pam_response **resp,
    void *data)
{
	(void)n;
	(void)msg;
	(void)resp;
	(void)data;
	exit(7);
}

static pam_handle_t *pamh;

static void
converse_by(int (*fn)(int, const struct pam_message **,
    struct pam_response **, void *))
{
	const struct pam_conv conv = { .conv = fn };

	pam_set_item(pamh, PAM_CONV, &conv);
}

static void
begin(const char *label)
{
	CHECK_INT(label, PAM_SUCCESS, pam_start_confdir("ask", "alice",
	    &lab_conv, lab(), &pamh));
}

/* A number that a new descriptor gets: higher when one stays behind. */
static int
next_file(void)
{
	const int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	close(fd);
	return fd;
}

/* What lay on the stack before is written over, as it is by real calls. */
static void __attribute__((noinline))
end_from_below(const char *label)
{
	volatile char room[65536];

	for (size_t i = 0; i < sizeof room; i++)
		room[i] = 0;
	CHECK_INT(label, PAM_SUCCESS, pam_end(pamh, PAM_SUCCESS));
}

static int
jumps(void)
{
	const char *label = "jumps out of the conversation";
	const int file = next_file();

	begin(label);
	converse_by(jump);
	if (setjmp(back) == 0)
		pam_authenticate(pamh, 0);
	converse_by(say_yes);
	CHECK_INT(label, PAM_SUCCESS, pam_authenticate(pamh, 0));
	CHECK_INT(label, file, next_file());
	CHECK_INT(label, PAM_SUCCESS, pam_end(pamh, PAM_SUCCESS));
	CHECK_LOGIN(label, "svc");
	return TEST_RESULT();
}

static int
jumps_and_ends_below(void)
{
	const char *label = "jumps, and ends deeper in the stack";

	begin(label);
	converse_by(jump);
	if (setjmp(back) == 0)
		pam_authenticate(pamh, 0);
	end_from_below(label);
	CHECK_LOGIN(label, "svc");
	return TEST_RESULT();
}

static int
is_timed_out(void)
{
	const char *label = "a signal handler jumps";
	const int file = next_file();

	for (int i = 0; i < 3; i++) {
		begin(label);
		converse_by(wait_for_signal);
		if (sigsetjmp(back_from_signal, 1) == 0)
			pam_authenticate(pamh, 0);
		CHECK_INT(label, PAM_SUCCESS, pam_end(pamh, PAM_ABORT));
	}
	CHECK_INT(label, file, next_file());
	CHECK_LOGIN(label, "svc");
	return TEST_RESULT();
}

static void
end_at_exit(void)
{
	pam_end(pamh, PAM_ABORT);
}

static int
exits(void)
{
	const char *label = "exits in the conversation";
	int status = -1;
	const pid_t pid = fork();

	if (pid == 0) {
		begin(label);
		converse_by(leave);
		atexit(end_at_exit);
		pam_authenticate(pamh, 0);
		_exit(1);
	}
	waitpid(pid, &status, 0);
	CHECK(label, WIFEXITED(status));
	CHECK_INT(label, 7, WEXITSTATUS(status));
	return TEST_RESULT();
}

const struct habit habits_signals[] = {
	{ "is interrupted a thousand times a second", is_interrupted },
	{ "jumps out of its conversation", jumps },
	{ "jumps, and ends from deeper in the stack", jumps_and_ends_below },
	{ "is timed out in its conversation", is_timed_out },
	{ "exits in its conversation", exits },
	{ NULL, NULL },
};
