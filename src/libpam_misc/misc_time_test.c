/* SPDX-License-Identifier: BSD-2-Clause */
/* misc_conv and time: deadlines, with a clock of our own, and signals. */
#include <errno.h>
#include <signal.h>
#include <sys/time.h>

#include "base/drop.h"
#include "libpam_misc/terminal.h"
#include "libpam_misc/test_stage.h"

/* The clock: stands at noon, or shows one time after the other of a list, in
 * microseconds after noon, and stays at the last. */
static const time_t noon = 43200;
static const long *ticks;

int
clock_gettime(clockid_t id, struct timespec *ts)
{
	const long at = ticks ? *ticks : 0;

	(void)id;
	if (ticks && ticks[1])
		ticks++;
	ts->tv_sec = noon + at / 1000000;
	ts->tv_nsec = at % 1000000 * 1000;
	return 0;
}

/* V-5. Times are seconds from noon, 0 is never. */
static const struct {
	const char *label;
	int warn, die;
	int style, want, died, warn_left;
	const char *err;
} times[] = {
	{ "time enough", 50, 100, 2, PAM_SUCCESS, 0, 50, "x" },
	{ "never", 0, 0, 2, PAM_SUCCESS, 0, 0, "x" },
	{ "warned before", -1, 0, 2, PAM_SUCCESS, 0, 0, "W!x" },
	{ "dead before", 0, -1, 2, PAM_CONV_ERR, 1, 0, "D!" },
	{ "death comes before the warning", -1, -1, 2, PAM_CONV_ERR, 1, -1,
	  "D!" },
	{ "texts are shown to the dead", 0, -1, 4, PAM_SUCCESS, 0, 0, "" },
};

static void
times_set(int warn, int die)
{
	pam_misc_conv_warn_time = warn ? noon + warn : 0;
	pam_misc_conv_die_time = die ? noon + die : 0;
	pam_misc_conv_warn_line = "W!";
	pam_misc_conv_die_line = "D!";
	pam_misc_conv_died = 0;
}

static void
check_times(void)
{
	for (size_t i = 0; i < COUNT(times); i++) {
		const char *label = times[i].label;
		const int left = times[i].warn_left;

		times_set(times[i].warn, times[i].die);
		messages[0] = (struct pam_message){ times[i].style, "x" };
		CHECK_INT(label, times[i].want, talk("a\n", 1));
		CHECK_INT(label, times[i].died, pam_misc_conv_died);
		CHECK_INT(label, left ? noon + left : 0,
		    pam_misc_conv_warn_time);
		CHECK_STR(label, times[i].err, stage.text[2]);
		replies_drop(1);
	}
}

/* Nobody answers: the warning at one second, death at two. The real poll waits
 * for a tenth of a millisecond each time. */
static void
check_waiting(void)
{
	static const long list[] = {
		999900, 999900, 999900, 1000000, /* die? warn? left, is up */
		1000000, 1000000, 1999900, 2000000, 2000000, 0,
	};
	int rc;

	times_set(1, 2);
	messages[0] = (struct pam_message){ PAM_PROMPT_ECHO_OFF, "x" };
	stage_begin("", 0, true);
	ticks = list;
	rc = misc_conv(1, ask_list, &replies, NULL);
	ticks = NULL;
	stage_end(true);
	CHECK_INT("time runs out", PAM_CONV_ERR, rc);
	CHECK_INT("time runs out", 1, pam_misc_conv_died);
	CHECK_INT("one warning", 0, pam_misc_conv_warn_time);
	CHECK_STR("asked again after it", "x\nW!x\nD!", stage.text[2]);
	times_set(0, 0);
}

/* What a pipe gave before the warning is part of the answer after it. */
static void
check_partial(void)
{
	struct line line = { .len = 0 };
	struct question q = { .prompt = "", .deadline = noon };

	stage_begin("par", 3, true);
	CHECK_INT("deadline", -ETIMEDOUT, terminal_ask(&q, &line));
	CHECK("feed", write(stage.feed, "tial\n", 5) == 5);
	q.deadline = 0;
	CHECK_INT("answer", TERMINAL_LINE, terminal_ask(&q, &line));
	stage_end(true);
	CHECK_STR("no byte is lost at a deadline", "partial", line.text);
}

static void
on_alarm(int number)
{
	(void)number;
	(void)!write(stage.feed, "late\n", 5);
}

static void
on_alarm_quiet(int number)
{
	(void)number;
}

/* W-21. The alarm comes again and again, so that one meets the waiting call. */
static const struct {
	const char *label;
	void (*handler)(int);
	int flags, die, want;
} alarms[] = {
	{ "a program's alarm does not end a timed question", on_alarm, 0, 9,
	  PAM_SUCCESS },
	{ "nor an untimed one that may go on", on_alarm, SA_RESTART, 0,
	  PAM_SUCCESS },
	{ "a handler that interrupts ends an untimed one", on_alarm_quiet, 0,
	  0, PAM_CONV_ERR },
};

static void
check_alarms(void)
{
	const struct itimerval often = { { 0, 2000 }, { 0, 2000 } };
	const struct itimerval never = { { 0, 0 }, { 0, 0 } };

	for (size_t i = 0; i < COUNT(alarms); i++) {
		struct sigaction sa = { .sa_handler = alarms[i].handler,
			.sa_flags = alarms[i].flags }, after;
		int rc;

		times_set(0, alarms[i].die);
		messages[0] = (struct pam_message){ PAM_PROMPT_ECHO_ON, "" };
		stage_begin("", 0, true);
		sigaction(SIGALRM, &sa, NULL);
		setitimer(ITIMER_REAL, &often, NULL);
		rc = misc_conv(1, ask_list, &replies, NULL);
		setitimer(ITIMER_REAL, &never, NULL);
		sigaction(SIGALRM, NULL, &after);
		stage_end(true);
		CHECK_INT(alarms[i].label, alarms[i].want, rc);
		CHECK("the handler stays",
		    after.sa_handler == alarms[i].handler);
		if (replies)
			CHECK_STR(alarms[i].label, "late", replies[0].resp);
		replies_drop(1);
	}
	times_set(0, 0);
}

/* The descriptor may be non-blocking by somebody else's doing. */
static void
check_nonblocking(void)
{
	const struct itimerval once = { { 0, 0 }, { 0, 2000 } };
	struct sigaction sa = { .sa_handler = on_alarm };
	int rc;

	messages[0] = (struct pam_message){ PAM_PROMPT_ECHO_ON, "" };
	stage_begin("", 0, true);
	fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
	sigaction(SIGALRM, &sa, NULL);
	setitimer(ITIMER_REAL, &once, NULL);
	rc = misc_conv(1, ask_list, &replies, NULL);
	stage_end(true);
	CHECK_INT("a non-blocking input is waited for", PAM_SUCCESS, rc);
	replies_drop(1);
}

int
main(void)
{
	check_times();
	check_waiting();
	check_partial();
	check_alarms();
	check_nonblocking();
	return TEST_RESULT();
}
