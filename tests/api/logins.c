/* SPDX-License-Identifier: BSD-2-Clause */
#include "logins.h"

#include <fcntl.h>
#include <paths.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "rig.h"

#define SKIPPED 77

const char *const logins_files[LOGINS_FILES] = {
	_PATH_UTMPX, _PATH_WTMPX, LOGINS_BTMP, _PATH_LASTLOG,
};

static void
make_file(const char *path)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0664);

	rig_must(fd >= 0 && close(fd) == 0, path);
}

void
logins_clear(const char *conf)
{
	for (size_t i = 0; i < LOGINS_FILES; i++) {
		unlink(logins_files[i]);
		make_file(logins_files[i]);
	}
	rig_reset();
	rig_policy("usher.conf", conf);
}

void
logins_begin(void)
{
	if (geteuid() != 0)
		exit(SKIPPED);
	rig_must(unshare(CLONE_NEWNS) == 0 &&
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	    mount("none", "/run", "tmpfs", 0, "mode=0755") == 0 &&
	    mount("none", "/var/log", "tmpfs", 0, "mode=0755") == 0 &&
	    mkdir("/run/usher", 0700) == 0 &&
	    mkdir("/run/usher/sessions", 0700) == 0, "place");
}

pam_handle_t *
logins_start(const char *policy, const char *user, const char *tty)
{
	pam_handle_t *pamh = rig_start(policy, user);

	pam_set_item(pamh, PAM_TTY, tty);
	pam_set_item(pamh, PAM_RHOST, "192.0.2.1");
	return pamh;
}

static const char *const type_words[] = {
	[LOGIN_PROCESS] = "try", [USER_PROCESS] = "in", [DEAD_PROCESS] = "out",
};

static bool
is_now(long long when)
{
	return llabs(time(NULL) - when) < 60;
}

const char *
logins_in(const char *path)
{
	static char text[1024];
	const int fd = open(path, O_RDONLY);
	struct utmpx u;

	*text = '\0';
	while (fd >= 0 && read(fd, &u, sizeof u) == (ssize_t)sizeof u) {
		const bool mine = u.ut_pid == getpid() &&
		    is_now(u.ut_tv.tv_sec);
		const size_t len = strlen(text);

		snprintf(text + len, sizeof text - len,
		    "%s%s%s %.32s %.32s %.256s", *text ? "; " : "",
		    mine ? "" : "!", type_words[u.ut_type], u.ut_line,
		    u.ut_user, u.ut_host);
	}
	close(fd);
	return text;
}

const char *
logins_last(uid_t uid)
{
	static struct lastlog last;
	const int fd = open(_PATH_LASTLOG, O_RDONLY);

	memset(&last, 0, sizeof last);
	if (pread(fd, &last, sizeof last, (off_t)(uid * sizeof last)) > 0)
		rig_must(is_now(last.ll_time), "time of the last login");
	close(fd);
	return last.ll_line;
}
