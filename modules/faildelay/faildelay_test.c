/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>

#include "pamtest.h"

/* libpam calls this in place of sleeping. */
static unsigned seen;

static void
remember(int rc, unsigned usec, void *data)
{
	(void)rc;
	(void)data;
	seen = usec;
}

/* The library varies the delay by up to half of it: tell powers of ten. */
static const char *
magnitude(pam_handle_t *pamh)
{
	static char text[32];
	unsigned long long ten = 1;
	int power = 0;

	(void)pamh;
	if (!seen)
		return "none";
	for (; 2ULL * seen >= 3 * ten; ten *= 10)
		power++;
	snprintf(text, sizeof text, "10^%d", power);
	return text;
}

#define DELAYED                                                                \
	.user = "root",                                                        \
	.items = { { PAM_FAIL_DELAY, (const void *)remember } },               \
	.ops = { { PAMTEST_AUTH, PAM_IGNORE } }
#define DEFAULT(text) .files = { { "/etc/login.defs", text } }

static const struct pamtest rows[] = {
	{ "microseconds", DELAYED, .args = "delay=100000", .leaves = "10^5" },
	{ "debug", DELAYED, .args = "delay=100000 debug", .leaves = "10^5",
	  .logs = "delay of 100000 microseconds" },
	{ "no delay", DELAYED, .args = "delay=0", DEFAULT("FAIL_DELAY 10\n"),
	  .leaves = "none" },
	{ "the longest", DELAYED, .args = "delay=4294967295 debug",
	  .logs = "delay of 4294967295 microseconds" },
	{ "too long", DELAYED, .args = "delay=4294967296", .leaves = "none",
	  .logs = "option delay: wants a number from 0 to 4294967295" },
	{ "not set anywhere", DELAYED, .leaves = "none", .hides = "delay" },
	{ "the system's seconds", DELAYED, DEFAULT("FAIL_DELAY 10\n"),
	  .leaves = "10^7" },
	{ "the system's, when the option is bad", DELAYED,
	  DEFAULT("FAIL_DELAY 10\n"), .args = "delay=abc",
	  .leaves = "10^7" },
	{ "below nothing", DELAYED, DEFAULT("FAIL_DELAY 10\n"),
	  .args = "delay=-1", .leaves = "10^7",
	  .differs = "takes it for the largest number" },
	{ "the system's most", DELAYED, DEFAULT("FAIL_DELAY 4294\n"),
	  .args = "debug", .logs = "delay of 4294000000 microseconds" },
	{ "the system's too many", DELAYED, DEFAULT("FAIL_DELAY 4295\n"),
	  .leaves = "none", .logs = "no number of seconds up to 4294",
	  .differs = "wraps around" },
	{ "the system's below nothing", DELAYED, DEFAULT("FAIL_DELAY -3\n"),
	  .leaves = "none", .logs = "FAIL_DELAY \"-3\"",
	  .differs = "wraps around" },
	{ "the system's nonsense", DELAYED, DEFAULT("FAIL_DELAY 3x\n"),
	  .leaves = "none", .logs = "FAIL_DELAY \"3x\"",
	  .differs = "reads as far as it can" },
	{ "the system's nothing", DELAYED, DEFAULT("FAIL_DELAY\n"),
	  .leaves = "none" },
	{ "setcred", .user = "root", .ops = { { PAMTEST_CRED, PAM_IGNORE } } },
};

PAMTEST(rows, magnitude)
