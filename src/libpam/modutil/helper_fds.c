/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_modutil_sanitize_helper_fds(3): G-8. Runs in a forked child. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <security/pam_modutil.h>
#include <unistd.h>

#include "libpam/log.h"

static int
put_at(int fd, int place)
{
	int rc = 0;

	if (fd == place)
		return fcntl(fd, F_SETFD, 0);
	if (dup2(fd, place) < 0)
		rc = -1;
	close(fd);
	return rc;
}

/* A pipe of which this process has one end and nobody the other. end: 0 reads
 * nothing but the end of file, 1 writes into SIGPIPE. */
static int
dead_pipe(int end, int place)
{
	int fd[2];

	if (pipe2(fd, O_CLOEXEC) < 0)
		return -1;
	/* The end that goes may sit on the very place. */
	close(fd[1 - end]);
	return put_at(fd[end], place);
}

static int
null_device(int place)
{
	const int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);

	return fd < 0 ? -1 : put_at(fd, place);
}

static int
redirect_output(enum pam_modutil_redirect_fd mode, int place)
{
	switch (mode) {
	case PAM_MODUTIL_IGNORE_FD:
		return 0;
	case PAM_MODUTIL_PIPE_FD:
		return dead_pipe(0, place);
	case PAM_MODUTIL_NULL_FD:
		return null_device(place);
	}
	errno = EINVAL;
	return -1;
}

static int
redirect_error(enum pam_modutil_redirect_fd out,
    enum pam_modutil_redirect_fd err)
{
	if (err == out && err != PAM_MODUTIL_IGNORE_FD)
		return dup2(STDOUT_FILENO, STDERR_FILENO);
	return redirect_output(err, STDERR_FILENO);
}

int
pam_modutil_sanitize_helper_fds(pam_handle_t *pamh,
    enum pam_modutil_redirect_fd redirect_stdin,
    enum pam_modutil_redirect_fd redirect_stdout,
    enum pam_modutil_redirect_fd redirect_stderr)
{
	if ((redirect_stdin != PAM_MODUTIL_IGNORE_FD &&
	    dead_pipe(0, STDIN_FILENO) < 0) ||
	    redirect_output(redirect_stdout, STDOUT_FILENO) < 0 ||
	    redirect_error(redirect_stdout, redirect_stderr) < 0 ||
	    close_range(STDERR_FILENO + 1, UINT_MAX, 0) < 0) {
		pam_syslog(pamh, LOG_ERR, "descriptors of a helper: %m");
		return -1;
	}
	return 0;
}
