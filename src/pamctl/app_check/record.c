/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/app_check/record.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/text.h"
#include "pamctl/app_check/event.h"
#include "pamctl/pamctl.h"

#define LINE_MAX_BYTES 512
#define NO_PROGRAM 127

/* Where recorders send to: open to all who know its name, which nobody can
 * list, for a program that has become a user tells as that user. */
struct post {
	char folder[64], path[80];
	int socket;
};

/* What a terminal sends to everybody is meant for the program. */
static const int deaf_to[] = { SIGINT, SIGQUIT, SIGHUP, SIGPIPE };

static void
post_close(struct post *p)
{
	closep(&p->socket);
	if (*p->path)
		unlink(p->path);
	if (*p->folder)
		rmdir(p->folder);
}

static int
bind_post(struct post *p)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };

	if (!mkdtemp(p->folder)) {
		*p->folder = '\0';
		return -errno;
	}
	snprintf(p->path, sizeof p->path, "%s/post", p->folder);
	memcpy(at.sun_path, p->path, sizeof p->path);
	p->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (p->socket < 0 ||
	    bind(p->socket, (struct sockaddr *)&at, sizeof at) < 0 ||
	    chmod(p->path, 0622) < 0 || chmod(p->folder, 0711) < 0)
		return -errno;
	return 0;
}

static int
post_open(struct post *p)
{
	int rc;

	*p = (struct post){ "/tmp/pamctl-app-check.XXXXXX", "", -1 };
	rc = bind_post(p);
	return rc < 0 ? fail(STATUS_AGAIN, "%s: %s", p->folder,
	    strerror(-rc)) : 0;
}

static void
hear(bool deaf)
{
	for (size_t i = 0; i < COUNT(deaf_to); i++)
		signal(deaf_to[i], deaf ? SIG_IGN : SIG_DFL);
}

/* In front of what the caller preloads himself. */
static int
set_environment(const char *recorder, const struct post *p)
{
	const char *others = getenv("LD_PRELOAD");
	_drop_(freep) char *all = text_format("%s%s%s", recorder,
	    others ? ":" : "", others ? others : "");

	if (!all || setenv("LD_PRELOAD", all, 1) < 0 ||
	    setenv("USHER_APP_CHECK", p->path, 1) < 0)
		return -ENOMEM;
	return 0;
}

/* Whoever asks us to end means the program: what it does then counts too. */
static int
open_requests(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void
pass_on(int requests, pid_t pid)
{
	struct signalfd_siginfo info;

	while (read(requests, &info, sizeof info) == (ssize_t)sizeof info)
		kill(pid, (int)info.ssi_signo);
}

_Noreturn static void
become(char **command, const char *recorder, const struct post *p, bool aside)
{
	sigset_t none;

	hear(false);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (aside)
		dup2(STDERR_FILENO, STDOUT_FILENO);
	if (set_environment(recorder, p) == 0) {
		execvp(command[0], command);
		fail(0, "%s: %s", command[0], strerror(errno));
	}
	_exit(NO_PROGRAM);
}

/* Takes what has come; false: memory ran out. */
static bool
take(const struct post *p, struct transcript *out)
{
	char line[LINE_MAX_BYTES];
	ssize_t len;

	while ((len = recv(p->socket, line, sizeof line - 1,
	    MSG_DONTWAIT)) >= 0) {
		line[len] = '\0';
		/* Whoever sends something else is no recorder. */
		if (transcript_add(out, line) == -ENOMEM)
			return false;
	}
	return true;
}

/* Until the program has ended; what had come by then counts. */
static int
listen_to(const struct post *p, pid_t pid, struct transcript *out)
{
	_drop_(closep) int end = (int)syscall(SYS_pidfd_open, pid, 0);
	_drop_(closep) int requests = open_requests();
	struct pollfd on[] = { { p->socket, POLLIN, 0 }, { end, POLLIN, 0 },
		{ requests, POLLIN, 0 } };
	bool good = true;
	int status = 0;

	if (end < 0 || requests < 0)
		return fail(STATUS_AGAIN, "cannot wait for the program: %s",
		    strerror(errno));
	while (good && !on[1].revents) {
		if (poll(on, COUNT(on), -1) < 0 && errno != EINTR)
			return fail(STATUS_AGAIN, "poll: %s",
			    strerror(errno));
		pass_on(requests, pid);
		good = take(p, out);
	}
	waitpid(pid, &status, 0);
	if (!good || !take(p, out))
		return fail(STATUS_AGAIN, "out of memory");
	if (WIFEXITED(status) && WEXITSTATUS(status) == NO_PROGRAM &&
	    out->count == 0)
		return fail(STATUS_CONFIG, "the program did not run");
	return 0;
}

int
record(char **command, const char *recorder, bool aside,
    struct transcript *out)
{
	_drop_(post_close) struct post p;
	int rc = post_open(&p);
	pid_t pid;

	if (rc)
		return rc;
	fflush(NULL);
	hear(true);
	pid = fork();
	if (pid < 0)
		return fail(STATUS_AGAIN, "fork: %s", strerror(errno));
	if (pid == 0)
		become(command, recorder, &p, aside);
	return listen_to(&p, pid, out);
}
