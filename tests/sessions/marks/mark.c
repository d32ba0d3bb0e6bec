/* SPDX-License-Identifier: BSD-2-Clause */
/* A session module as modules should be: it puts down what it needs before it
 * changes anything, and its close needs nothing else. It tells what it does in
 * a log, so that a test can count.
 *   pause=MICROSECONDS  between two steps
 *   ballast=BYTES       to put besides, so that records are not small */
#include "mark.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <security/pam_modules.h>
#include <security/pam_session.h>

#include "base/drop.h"

#define KEY "mark"
#define BALLAST_MAX 65536
#define LOG MARKS "/log"

static unsigned long pause_us, ballast;

static const struct {
	const char *name;
	unsigned long *value;
} options[] = { { "pause=", &pause_us }, { "ballast=", &ballast } };

void
mark_pause(void)
{
	if (pause_us)
		usleep((useconds_t)pause_us);
}

char *
mark_path(const char *id, char path[MARK_PATH])
{
	snprintf(path, MARK_PATH, MARKS "/%s/%.36s", mark.name, id);
	return path;
}

/* "PID WHAT KIND ID NANOSECONDS .", in one write, which a kill may tear where a
 * page ends. */
static void
tell(const char *what, const char *id)
{
	_drop_(closep) int fd = open(LOG, O_WRONLY | O_APPEND | O_CLOEXEC);
	struct timespec now;
	char line[160];
	int len;

	clock_gettime(CLOCK_MONOTONIC, &now);
	len = snprintf(line, sizeof line, "\n%d %s %s %s %lld%09ld .", getpid(),
	    what, mark.name, id, (long long)now.tv_sec, now.tv_nsec);

	if (fd < 0 || write(fd, line, (size_t)len) != len)
		abort();
}

static void
read_argument(const char *arg)
{
	for (size_t i = 0; i < COUNT(options); i++) {
		const size_t len = strlen(options[i].name);

		if (strncmp(arg, options[i].name, len) == 0)
			*options[i].value = strtoul(arg + len, NULL, 10);
	}
}

/* Two entries may be the same module with other arguments. */
static void
read_arguments(int argc, const char **argv)
{
	pause_us = ballast = 0;
	for (int i = 0; i < argc; i++)
		read_argument(argv[i]);
}

static int
put(pam_handle_t *pamh, const char *id)
{
	static char text[BALLAST_MAX];
	int rc = PAM_SUCCESS;

	if (ballast && ballast < sizeof text) {
		memset(text, 'x', ballast);
		text[ballast] = '\0';
		rc = pam_session_put(pamh, "ballast", text, mark.flags);
	}
	return rc == PAM_SUCCESS ? pam_session_put(pamh, KEY, id, mark.flags) :
	    rc;
}

int
pam_sm_open_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	const char *id;
	int rc;

	(void)flags;
	read_arguments(argc, argv);
	rc = pam_session_id(pamh, &id);
	if (rc != PAM_SUCCESS)
		return rc;
	tell("opens", id);
	rc = put(pamh, id);
	if (rc != PAM_SUCCESS)
		return rc;
	mark_pause();
	rc = mark.set(id) == 0 ? PAM_SUCCESS : PAM_SESSION_ERR;
	tell(rc == PAM_SUCCESS ? "opened" : "failed-to-open", id);
	return rc;
}

int
pam_sm_close_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	const char *id;
	int rc;

	(void)flags;
	read_arguments(argc, argv);
	rc = pam_session_get(pamh, KEY, &id);
	if (rc != PAM_SUCCESS)
		return rc == PAM_NO_MODULE_DATA ? PAM_SUCCESS : rc;
	tell("closes", id);
	mark_pause();
	rc = mark.unset(id) == 0 ? PAM_SUCCESS : PAM_SESSION_ERR;
	tell(rc == PAM_SUCCESS ? "closed" : "failed-to-close", id);
	return rc;
}
