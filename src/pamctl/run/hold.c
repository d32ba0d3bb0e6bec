/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/run/hold.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/drop.h"

/* Whether there will be no more to read; what there is does not matter. */
static bool
input_ended(void)
{
	char buffer[4096];
	const ssize_t n = read(STDIN_FILENO, buffer, sizeof buffer);

	return n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN);
}

static int
wait_either(int signals, bool input)
{
	struct pollfd fds[] = {
		{ .fd = signals, .events = POLLIN },
		{ .fd = input ? STDIN_FILENO : -1, .events = POLLIN },
	};
	struct signalfd_siginfo seen;

	for (;;) {
		if (poll(fds, COUNT(fds), -1) < 0 && errno != EINTR)
			return -errno;
		if (fds[0].revents)
			return read(signals, &seen, sizeof seen) < 0 ?
			    -errno : 0;
		if (fds[1].revents && input_ended())
			return 0;
	}
}

int
hold(bool input, void (*ready)(void))
{
	_drop_(closep) int signals = -1;
	sigset_t set, old;
	int rc;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGINT);
	signals = signalfd(-1, &set, SFD_CLOEXEC);
	if (signals < 0)
		return -errno;
	if (sigprocmask(SIG_BLOCK, &set, &old) < 0)
		return -errno;
	ready();
	rc = wait_either(signals, input);
	sigprocmask(SIG_SETMASK, &old, NULL);
	return rc;
}
