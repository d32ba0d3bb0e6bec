/* SPDX-License-Identifier: BSD-2-Clause */
/* The delay after a failure, by a clock that stands where a row wants it and
 * a sleep that takes no time: F-1 to F-8, W-10, W-11, R-4, S-13, K-3. */
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/drop.h"
#include "check.h"
#include "rig.h"

#define EXPORT __attribute__((visibility("default")))

EXPORT int clock_gettime(clockid_t id, struct timespec *ts);
EXPORT int clock_nanosleep(clockid_t id, int flags,
    const struct timespec *until, struct timespec *left);
EXPORT int getentropy(void *buf, size_t n);

/* In place of the C library's. Microseconds, from 1000 s on. */
static long long now;
static long long slept_until;	/* -1: not at all */
static uint32_t chance = 0x80000000;	/* each random number */
static bool no_chance;

int
clock_gettime(clockid_t id, struct timespec *ts)
{
	(void)id;
	*ts = (struct timespec){ 1000 + now / 1000000,
		now % 1000000 * 1000 };
	return 0;
}

int
clock_nanosleep(clockid_t id, int flags, const struct timespec *until,
    struct timespec *left)
{
	(void)left;
	CHECK_INT("a clock that nobody sets", CLOCK_MONOTONIC, id);
	CHECK_INT("until then", TIMER_ABSTIME, flags);
	CHECK("a proper time", until->tv_nsec >= 0 &&
	    until->tv_nsec < 1000000000);
	CHECK("the record stands before the wait", !rig_audit.opened ||
	    *rig_audit.records);
	slept_until = (until->tv_sec - 1000) * 1000000 +
	    until->tv_nsec / 1000;
	return 0;
}

int
getentropy(void *buf, size_t n)
{
	for (size_t i = 0; i < n; i++)
		memcpy((char *)buf + i, (char *)&chance + i % sizeof chance, 1);
	return no_chance ? -1 : 0;
}

/* What a module does, letter by letter: digits ask for as many tenths of a
 * second; p asks a question that takes the user 3 s; w works for 0.2 s. */
static int
act(pam_handle_t *pamh, const struct rig_call *call)
{
	if (call->flags & PAM_PRELIM_CHECK)
		return PAM_SUCCESS;
	for (const char *s = call->argv[0]; *s; s++) {
		if (*s == 'w')
			now += 200000;
		else if (*s == 'p')
			pam_prompt(pamh, PAM_PROMPT_ECHO_OFF, NULL, "?");
		else
			CHECK_INT("asked for: F-1", PAM_SUCCESS,
			    pam_fail_delay(pamh,
				(unsigned)(*s - '0') * 100000));
	}
	return rig_default(pamh, call);
}

static void
take_time(pam_handle_t *pamh)
{
	(void)pamh;
	now += 3000000;
}

/* A program's calls, by their letters, of which the last counts; the clock is
 * at 0 when it begins. Chance says exactly what was asked for. */
static const struct {
	const char *label, *policy, *calls;
	long long until;
} rows[] = {
	{ "a failure waits as long as it was asked to: F-4",
	  "auth required %M 5 auth_err\n", "a", 500000 },
	{ "a success does not", "auth required %M 5 success\n", "a", -1 },
	{ "nobody asked", "auth required %M w auth_err\n", "a", -1 },
	{ "for nothing", "auth required %M 0 auth_err\n", "a", -1 },
	{ "the largest request counts: F-2",
	  "auth optional %M 2 success\nauth optional %M 9 success\n"
	  "auth required %M 4 auth_err\n", "a", 900000 },
	{ "of a change too", "password required %M 5 auth_err\n", "p",
	  500000 },
	{ "of no other call", "account required %M 5 auth_err\n", "m", -1 },
	{ "setcred neither: K-3", "auth required %M 5 auth_err\n", "c", -1 },
	{ "but it counts for the next",
	  "session required %M 7 auth_err\nauth required %M 2 auth_err\n",
	  "oa", 700000 },
	{ "a call ends what was asked for: W-10",
	  "auth required %M 7 auth_err,success\n"
	  "password required %M 0 auth_err\n", "ap", -1 },
	{ "also when it succeeds",
	  "auth required %M 7 success\npassword required %M 0 auth_err\n",
	  "ap", -1 },
	{ "not while it waits to go on: R-4",
	  "auth required %M 7 incomplete,auth_err\n", "a", -1 },
	{ "but at its end", "auth required %M 7 incomplete,auth_err\n", "aa",
	  700000 },

	/* W-11 */
	{ "what modules did since the answer is part of it",
	  "auth required %M 5pww auth_err\n", "a", 3000000 + 500000 },
	{ "the user's own time is not",
	  "auth required %M w5p auth_err\n", "a", 3200000 + 500000 },
	{ "the last answer counts",
	  "auth required %M 5pp auth_err\n", "a", 6000000 + 500000 },
	{ "without an answer it begins at the end",
	  "auth required %M ww5 auth_err\n", "a", 400000 + 500000 },
	{ "an answer to another call is none",
	  "auth required %M p auth_err\npassword required %M w5 auth_err\n",
	  "ap", 3200000 + 500000 },
};

static void
check_rows(void)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		pam_handle_t *pamh = rig_start(rows[i].policy, "alice");

		rig_reset();
		rig_audit.records[0] = '\0';
		rig.module = act;
		rig.during = take_time;
		rig.reply[0] = rig.reply[1] = (struct rig_reply)SAY("x");
		now = 0;
		for (const char *c = rows[i].calls; *c; c++) {
			slept_until = -1;
			rig_do(pamh, *c, 0);
		}
		CHECK_INT(rows[i].label, rows[i].until, slept_until);
		slept_until = -1;
		rig_end(pamh);
		CHECK_INT("pam_end does not wait: S-13", -1, slept_until);
	}
	rig_reset();
}

/* F-3, F-6: from half of it on, below one and a half. */
static const struct {
	const char *label;
	unsigned asked;
	uint32_t chance;
	bool none;
	unsigned want;
} spans[] = {
	{ "the shortest", 1000000, 0, false, 500000 },
	{ "the middle", 1000000, 0x80000000, false, 1000000 },
	{ "the longest", 1000000, UINT32_MAX, false, 1499999 },
	{ "without chance: the longest", 1000000, 0, true, 1499999 },
	{ "one microsecond", 1, 0, false, 0 },
	{ "one microsecond at most", 1, UINT32_MAX, false, 0 },
	{ "the largest that fits", 2863311530, UINT32_MAX, false,
	  4294967294 },
	{ "more than fits is cut", UINT_MAX, UINT32_MAX, false, UINT_MAX },
	{ "the shortest of it is not", UINT_MAX, 0, false, 2147483647 },
};

static unsigned told;
static int told_result;
static void *told_data;

static void
tell(int result, unsigned usec, void *appdata)
{
	told = usec;
	told_result = result;
	told_data = appdata;
}

static void
set_delay_function(pam_handle_t *pamh, void (*fn)(int, unsigned, void *))
{
	union {
		void (*fn)(int, unsigned, void *);
		const void *data;
	} item = { fn };

	CHECK_INT("the program's own: F-5", PAM_SUCCESS,
	    pam_set_item(pamh, PAM_FAIL_DELAY, item.data));
}

static void
check_spans(void)
{
	pam_handle_t *pamh = rig_start("auth required %M 0 auth_err\n", "a");

	set_delay_function(pamh, tell);
	for (size_t i = 0; i < COUNT(spans); i++) {
		chance = spans[i].chance;
		no_chance = spans[i].none;
		pam_fail_delay(pamh, spans[i].asked);
		pam_authenticate(pamh, 0);
		CHECK_INT(spans[i].label, spans[i].want, told);
	}
	chance = 0x80000000;
	rig_end(pamh);
}

/* F-5: it is called in place of a sleep, after a success too. */
static void
check_function(void)
{
	const struct pam_conv conv = { rig_conv.conv, &told };
	pam_handle_t *pamh = rig_start(
	    "auth required %M 0 auth_err,success\n"
	    "account required %M 0 success\n", "alice");

	rig.module = NULL;
	pam_set_item(pamh, PAM_CONV, &conv);
	set_delay_function(pamh, tell);
	slept_until = -1;
	pam_fail_delay(pamh, 1000000);
	pam_authenticate(pamh, 0);
	CHECK_INT("the result", PAM_AUTH_ERR, told_result);
	CHECK("the time", told > 999999 && told < 1500000);
	CHECK("the conversation's data", told_data == &told);
	pam_authenticate(pamh, 0);
	CHECK_INT("after a success", PAM_SUCCESS, told_result);
	CHECK_INT("no time, when nobody asks", 0, told);
	told_result = -1;
	pam_acct_mgmt(pamh, 0);
	CHECK_INT("not in other calls", -1, told_result);
	pam_set_item(pamh, PAM_SERVICE, "/broken");
	rig_policy("broken", "\\");
	pam_fail_delay(pamh, 1000000);
	pam_authenticate(pamh, 0);
	CHECK_INT("when the policy is gone: F-8", PAM_ABORT, told_result);
	CHECK("with the time", told > 0);
	CHECK_INT("nobody slept", -1, slept_until);
	rig_end(pamh);
}

/* AU-4: what the function is told is what the program gets. */
static void
check_record_fails(void)
{
	pam_handle_t *pamh = rig_start("auth required %M 0 success\n", "a");
	int rc;

	set_delay_function(pamh, tell);
	rig_audit.write_rc = -1;
	rig_audit.write_errno = EIO;
	rc = pam_authenticate(pamh, 0);
	CHECK_INT("the same result for both", rc, told_result);
	rig_audit.write_rc = 1;
	rig_end(pamh);
}

int
main(int argc, char **argv)
{
	rig_main(argc, argv);
	CHECK_INT("no handle: F-1", PAM_SYSTEM_ERR, pam_fail_delay(NULL, 1));
	check_rows();
	check_spans();
	check_function();
	check_record_fails();
	return TEST_RESULT();
}
