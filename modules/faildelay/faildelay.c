/* SPDX-License-Identifier: BSD-2-Clause */
/* Ask for a pause before a failed authentication is reported. */
#include <limits.h>

#include "modkit/modkit.h"

#define LOGIN_DEFS "/etc/login.defs"
#define USEC 1000000

struct conf {
	bool debug;
	long delay;
};

static const struct opt options[] = {
	OPT_FLAG(debug, "log the delay"),
	OPT_INT(delay, -1, 0, UINT_MAX, "microseconds to wait"),
	OPT_END,
};

/* FD-1: the system's default, in seconds. False if there is none of use. */
static bool
default_delay(const struct call *c, unsigned *usec)
{
	_drop_(freep) char *text = call_setting(c, LOGIN_DEFS, "FAIL_DELAY");
	long long seconds;

	if (!text)
		return false;
	if (number_read(text, 10, 0, UINT_MAX / USEC, &seconds) < 0) {
		call_log(c, LOG_ERR, "FAIL_DELAY \"%s\" in %s is no number of "
		    "seconds up to %u", text, LOGIN_DEFS, UINT_MAX / USEC);
		return false;
	}
	*usec = (unsigned)seconds * USEC;
	return true;
}

static int
delay(struct call *c)
{
	const struct conf *conf = c->conf;
	unsigned usec = (unsigned)conf->delay;
	int rc;

	if (conf->delay < 0 && !default_delay(c, &usec))
		return PAM_IGNORE;
	call_debug(c, "asking for a delay of %u microseconds", usec);
	rc = pam_fail_delay(c->pamh, usec);
	return rc == PAM_SUCCESS ? PAM_IGNORE : rc;
}

MODULE(faildelay, "make failed authentication wait",
    .options = options, .conf_size = sizeof(struct conf),
    .auth = delay, .cred = answer_ignore);
