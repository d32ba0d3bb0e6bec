/* SPDX-License-Identifier: BSD-2-Clause */
/* misc_conv on pipes, with a clock of our own: styles, limits, time, signals,
 * binary prompts. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

#include <security/pam_misc.h>

#include "base/drop.h"
#include "check.h"
#include "libpam_misc/terminal.h"

#define TEXT_MAX 10000

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

/* Standard input is a pipe, the two outputs are files, until world_end. */
static struct {
	int saved[3], out[3];
	int feed;
	char text[3][TEXT_MAX];
} world;

static void
world_begin(const char *input, size_t n, bool open_end)
{
	int fds[2];

	CHECK("pipe", pipe2(fds, O_CLOEXEC) == 0);
	fcntl(fds[1], F_SETPIPE_SZ, 65536);
	CHECK("feed", write(fds[1], input, n) == (ssize_t)n);
	world.feed = fds[1];
	if (!open_end)
		close(fds[1]);
	world.out[0] = fds[0];
	fflush(stdout);
	for (int i = 0; i < 3; i++) {
		if (i)
			world.out[i] = memfd_create("out", MFD_CLOEXEC);
		world.saved[i] = dup(i);
		dup2(world.out[i], i);
	}
}

static void
world_end(bool open_end)
{
	fflush(stdout);
	for (int i = 0; i < 3; i++) {
		const ssize_t n = i ? pread(world.out[i], world.text[i],
		    TEXT_MAX - 1, 0) : 0;

		world.text[i][n > 0 ? n : 0] = '\0';
		dup2(world.saved[i], i);
		close(world.saved[i]);
		close(world.out[i]);
	}
	if (open_end)
		close(world.feed);
}

static struct pam_message messages[4];
static const struct pam_message *ask_list[] = {
	&messages[0], &messages[1], &messages[2], &messages[3],
};
static struct pam_response *replies;

static void
replies_drop(int n)
{
	for (int i = 0; replies && i < n; i++)
		free(replies[i].resp);
	free(replies);
	replies = NULL;
}

static int
talk(const char *input, int n)
{
	int rc;

	world_begin(input, strlen(input), false);
	rc = misc_conv(n, ask_list, &replies, NULL);
	world_end(false);
	return rc;
}

/* V-2, V-3, V-4. */
static const struct {
	const char *label;
	const char *input;
	struct pam_message ask[4];
	const char *replies[4];
	int want;
	const char *out, *err;
} styles[] = {
	{ "each style has its place", "alice\nsecret\n",
	  { { 2, "login: " }, { 1, "Password: " }, { 4, "in" }, { 3, "er" } },
	  { "alice", "secret" }, PAM_SUCCESS, "in\n", "login: Password: er\n" },
	{ "an empty line is an answer", "\n", { { 2, "x" } }, { "" },
	  PAM_SUCCESS, "", "x" },
	{ "a last line needs no newline", "abc", { { 2, "x" } }, { "abc" },
	  PAM_SUCCESS, "", "x\n" },
	{ "the end of input is no answer", "one", { { 1, "x" }, { 2, "y" } },
	  { "one", NULL }, PAM_SUCCESS, "", "x\ny\n" },
	{ "answers can be piped", "a\nb\nc\n",
	  { { 2, "" }, { 1, "" }, { 2, "" } }, { "a", "b", "c" },
	  PAM_SUCCESS, "", "" },
	{ "no text is an empty text", "a\n",
	  { { 2, NULL }, { 3, NULL }, { 4, NULL } }, { "a" }, PAM_SUCCESS,
	  "\n", "\n" },
	{ "an unknown style fails all", "a\n", { { 2, "x" }, { 99, "y" } },
	  { NULL }, PAM_CONV_ERR, "",
	  "xThis program cannot show messages of style 99.\n" },
	{ "yes or no is unknown", "y\n", { { PAM_RADIO_TYPE, "x" } },
	  { NULL }, PAM_CONV_ERR, "",
	  "This program cannot show messages of style 5.\n" },
	{ "a binary prompt needs a handler", "", { { 7, "\0\0\0\5\1" } },
	  { NULL }, PAM_CONV_ERR, "", "" },
	{ "no message is an error", "x\n", { { 0, NULL } }, { NULL },
	  PAM_CONV_ERR, "", "" },
};

static int
count_messages(const struct pam_message *m)
{
	int n = 0;

	while (n < 4 && m[n].msg_style)
		n++;
	return n;
}

static void
check_styles(void)
{
	for (size_t i = 0; i < COUNT(styles); i++) {
		const int n = count_messages(styles[i].ask);
		const char *label = styles[i].label;

		memcpy(messages, styles[i].ask, sizeof messages);
		CHECK_INT(label, styles[i].want, talk(styles[i].input, n));
		for (int k = 0; replies && k < n; k++)
			CHECK_STR(label, styles[i].replies[k], replies[k].resp);
		CHECK(label, !replies == (styles[i].want != PAM_SUCCESS));
		CHECK_STR(label, styles[i].out, world.text[1]);
		CHECK_STR(label, styles[i].err, world.text[2]);
		replies_drop(n);
	}
}

/* A line of so many bytes, then a short one: what each of three questions
 * gets. -1 is the end of input. */
static const struct {
	size_t typed;
	int got[3];
} limits[] = {
	{ 0, { 0, 4, -1 } },	      { 1, { 1, 4, -1 } },
	{ 4093, { 4093, 4, -1 } },    { LINE_LIMIT - 1, { 4094, 4, -1 } },
	{ LINE_LIMIT, { 4095, 0, 4 } }, { LINE_LIMIT + 1, { 4095, 1, 4 } },
	{ 2 * LINE_LIMIT, { 4095, 4095, 0 } },
};

static void
check_limits(void)
{
	static char input[TEXT_MAX];

	for (size_t i = 0; i < COUNT(limits); i++) {
		memset(input, 'z', limits[i].typed);
		strcpy(input + limits[i].typed, "\ntail\n");
		for (int k = 0; k < 3; k++)
			messages[k] = (struct pam_message){ 1 + k % 2, "" };
		CHECK_INT("long line", PAM_SUCCESS, talk(input, 3));
		for (int k = 0; replies && k < 3; k++)
			CHECK_INT("long line", limits[i].got[k],
			    replies[k].resp ? (int)strlen(replies[k].resp) : -1);
		replies_drop(3);
	}
}

/* A NUL ends the answer; nothing behind it moves to the next one. */
static void
check_nul(void)
{
	static const char input[] = "ab\0cd\n\0\nxy\n";
	static const char *const want[] = { "ab", "", "xy" };

	for (int k = 0; k < 3; k++)
		messages[k] = (struct pam_message){ PAM_PROMPT_ECHO_OFF, "" };
	world_begin(input, sizeof input - 1, false);
	CHECK_INT("NUL", PAM_SUCCESS, misc_conv(3, ask_list, &replies, NULL));
	world_end(false);
	for (int k = 0; replies && k < 3; k++)
		CHECK_STR("NUL in the input", want[k], replies[k].resp);
	replies_drop(3);
}

static void
check_refusals(void)
{
	const struct pam_message **volatile none = NULL;
	const struct pam_message *hole[] = { NULL };

	CHECK_INT("no messages", PAM_CONV_ERR,
	    misc_conv(0, ask_list, &replies, NULL));
	CHECK_INT("fewer than none", PAM_CONV_ERR,
	    misc_conv(-1, ask_list, &replies, NULL));
	CHECK_INT("no list", PAM_CONV_ERR, misc_conv(1, none, &replies, NULL));
	CHECK_INT("a hole in the list", PAM_CONV_ERR,
	    misc_conv(1, hole, &replies, NULL));
	CHECK("nothing was given", !replies);

	messages[0] = (struct pam_message){ PAM_PROMPT_ECHO_ON, "x" };
	world_begin("", 0, false);
	close(STDIN_FILENO);
	CHECK_INT("a read error", PAM_CONV_ERR,
	    misc_conv(1, ask_list, &replies, NULL));
	world_end(false);
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
		CHECK_STR(label, times[i].err, world.text[2]);
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
	world_begin("", 0, true);
	ticks = list;
	rc = misc_conv(1, ask_list, &replies, NULL);
	ticks = NULL;
	world_end(true);
	CHECK_INT("time runs out", PAM_CONV_ERR, rc);
	CHECK_INT("time runs out", 1, pam_misc_conv_died);
	CHECK_INT("one warning", 0, pam_misc_conv_warn_time);
	CHECK_STR("asked again after it", "x\nW!x\nD!", world.text[2]);
	times_set(0, 0);
}

/* What a pipe gave before the warning is part of the answer after it. */
static void
check_partial(void)
{
	struct line line = { .len = 0 };
	struct question q = { .prompt = "", .deadline = noon };

	world_begin("par", 3, true);
	CHECK_INT("deadline", -ETIMEDOUT, terminal_ask(&q, &line));
	CHECK("feed", write(world.feed, "tial\n", 5) == 5);
	q.deadline = 0;
	CHECK_INT("answer", TERMINAL_LINE, terminal_ask(&q, &line));
	world_end(true);
	CHECK_STR("no byte is lost at a deadline", "partial", line.text);
}

static void
on_alarm(int number)
{
	(void)number;
	(void)!write(world.feed, "late\n", 5);
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
		world_begin("", 0, true);
		sigaction(SIGALRM, &sa, NULL);
		setitimer(ITIMER_REAL, &often, NULL);
		rc = misc_conv(1, ask_list, &replies, NULL);
		setitimer(ITIMER_REAL, &never, NULL);
		sigaction(SIGALRM, NULL, &after);
		world_end(true);
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
	world_begin("", 0, true);
	fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
	sigaction(SIGALRM, &sa, NULL);
	setitimer(ITIMER_REAL, &once, NULL);
	rc = misc_conv(1, ask_list, &replies, NULL);
	world_end(true);
	CHECK_INT("a non-blocking input is waited for", PAM_SUCCESS, rc);
	replies_drop(1);
}

/* The binary handlers: shout, refuse, or swallow; and count what is freed. */
static int freed;

static int
shout(void *appdata, pamc_bp_t *p)
{
	(void)appdata;
	for (uint32_t i = 0; i < PAM_BP_LENGTH(*p); i++)
		PAM_BP_WDATA(*p)[i] &= 0xdf;
	return 0;
}

static int
refuse(void *appdata, pamc_bp_t *p)
{
	(void)appdata;
	(void)p;
	return 1;
}

static int
swallow(void *appdata, pamc_bp_t *p)
{
	pam_binary_handler_free(appdata, p);
	return 0;
}

static void
count_free(void *appdata, pamc_bp_t *p)
{
	(void)appdata;
	PAM_BP_RENEW(p, 0, 0);
	freed++;
}

static const struct {
	const char *label;
	const char *packet;
	int (*handler)(void *, pamc_bp_t *);
	int second_style, want, freed;
} packets[] = {
	{ "a handler answers", "\0\0\0\7\2ab", shout, PAM_TEXT_INFO,
	  PAM_SUCCESS, 0 },
	{ "a handler refuses", "\0\0\0\7\2ab", refuse, PAM_TEXT_INFO,
	  PAM_CONV_ERR, 1 },
	{ "a handler leaves nothing", "\0\0\0\7\2ab", swallow, PAM_TEXT_INFO,
	  PAM_CONV_ERR, 1 },
	{ "its answer goes when a later message fails", "\0\0\0\7\2ab", shout,
	  99, PAM_CONV_ERR, 1 },
	{ "shorter than its head", "\0\0\0\4\2ab", shout, PAM_TEXT_INFO,
	  PAM_CONV_ERR, 0 },
	{ "empty length", "\0\0\0\0\2ab", shout, PAM_TEXT_INFO, PAM_CONV_ERR,
	  0 },
	{ "longer than any", "\377\377\377\377\2ab", shout, PAM_TEXT_INFO,
	  PAM_CONV_ERR, 0 },
	{ "one more than allowed", "\0\2\0\1\2ab", shout, PAM_TEXT_INFO,
	  PAM_CONV_ERR, 0 },
	{ "no packet", NULL, shout, PAM_TEXT_INFO, PAM_CONV_ERR, 0 },
};

static void
check_packets(void)
{
	pam_binary_handler_free = count_free;
	for (size_t i = 0; i < COUNT(packets); i++) {
		const char *label = packets[i].label;

		freed = 0;
		pam_binary_handler_fn = packets[i].handler;
		messages[0] = (struct pam_message){ 7, packets[i].packet };
		messages[1] = (struct pam_message){ packets[i].second_style,
			"x" };
		CHECK_INT(label, packets[i].want, talk("", 2));
		CHECK_INT(label, packets[i].freed, freed);
		if (replies)
			CHECK(label, memcmp(replies[0].resp, "\0\0\0\7\2AB\0",
			    8) == 0);
		replies_drop(2);
	}
}

int
main(void)
{
	const pamc_bp_t none = NULL;
	pamc_bp_t p = none;

	PAM_BP_RENEW(&p, PAM_BPC_OK, 3);
	pam_binary_handler_free(NULL, &p);
	CHECK("the built-in handler frees and forgets", !p);
	CHECK("no handler at first", !pam_binary_handler_fn);

	check_styles();
	check_limits();
	check_nul();
	check_refusals();
	check_times();
	check_waiting();
	check_partial();
	check_alarms();
	check_nonblocking();
	check_packets();
	return TEST_RESULT();
}
