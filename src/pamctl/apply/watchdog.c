/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/watchdog.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/text.h"
#include "pamctl/apply/folder.h"
#include "pamctl/apply/journal.h"
#include "pamctl/apply/recover.h"
#include "pamctl/pamctl.h"

#define FD_FIRST 3		/* behind the standard ones */

extern char **environ;

/* Whatever is sent to everybody when a terminal or a session ends. */
static const int deaf_to[] = {
	SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2,
	SIGTSTP, SIGTTIN, SIGTTOU,
};

static bool
systemd_runs(void)
{
	return access("/run/systemd/system", F_OK) == 0;
}

/* With no signal blocked, as they are here. Whether it ended well. */
static bool
run_program(char *const argv[])
{
	posix_spawnattr_t attr;
	sigset_t none;
	pid_t pid;
	int status = 0, rc;

	sigemptyset(&none);
	if (posix_spawnattr_init(&attr) != 0)
		return false;
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK);
	rc = posix_spawnp(&pid, argv[0], NULL, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	if (rc != 0)
		return false;
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return false;
	}
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* systemd's timers are in no session that could be ended as a whole. Who lists
 * them sees for which apply it is. */
static bool
set_timer(const struct folder *in, const struct journal *j)
{
	_drop_(freep) char *unit = text_format("--unit=pamctl-apply-%s",
	    strrchr(in->path, '/') + 1);
	_drop_(freep) char *when = text_format("--on-active=%lldms",
	    j->deadline - journal_now());
	_drop_(freep) char *self = realpath("/proc/self/exe", NULL);

	if (!unit || !when || !self)
		return false;
	char *const argv[] = { (char[]){ "systemd-run" },
		(char[]){ "--quiet" }, (char[]){ "--collect" }, unit,
		(char[]){ "--timer-property=AccuracySec=100ms" }, when, self,
		(char[]){ "apply" }, (char[]){ "--recover" }, NULL };

	return run_program(argv);
}

static void
sleep_until(long long deadline)
{
	const struct timespec end = { .tv_sec = deadline / 1000,
		.tv_nsec = deadline % 1000 * 1000000 };

	while (clock_nanosleep(CLOCK_BOOTTIME, TIMER_ABSTIME, &end, NULL) ==
	    EINTR) {
	}
}

/* Nothing of the terminal, of the caller's folder or of the lock stays. */
static void
detach(int ready, int log)
{
	const int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	for (size_t i = 0; i < COUNT(deaf_to); i++)
		signal(deaf_to[i], SIG_IGN);
	if (chdir("/") < 0 || dup2(null, STDIN_FILENO) < 0 ||
	    dup2(log, STDOUT_FILENO) < 0 || dup2(log, STDERR_FILENO) < 0 ||
	    dup2(ready, FD_FIRST) < 0)
		_exit(1);
	close_range(FD_FIRST + 1, ~0U, 0);
}

_Noreturn static void
watch(const char *root, const struct journal *j, int ready, int log)
{
	_drop_(backups_close) struct backups s = BACKUPS_NONE;
	struct recovery done;
	int rc;

	if (setsid() < 0 || fork() != 0)
		_exit(0);
	detach(ready, log);
	if (write_all(FD_FIRST, "", 1) < 0)
		_exit(1);
	close(FD_FIRST);
	sleep_until(j->deadline);
	rc = backups_open(root, true, &s);
	if (rc == 0)
		rc = recover(&s, &done);
	backups_close(&s);
	fflush(stdout);
	_exit(rc);
}

/* A process of nobody's, two forks away. */
static bool
set_process(const char *root, const struct journal *j, int log)
{
	int pipes[2], status;
	char byte;
	bool lives;
	pid_t pid;

	if (pipe2(pipes, O_CLOEXEC) < 0)
		return false;
	fflush(NULL);
	pid = fork();
	if (pid == 0)
		watch(root, j, pipes[1], log);
	close(pipes[1]);
	lives = pid > 0 && read_all(pipes[0], &byte, 1) == 1;
	close(pipes[0]);
	if (pid > 0)
		waitpid(pid, &status, 0);
	return lives;
}

int
watchdog_set(const char *root, const struct folder *in,
    const struct journal *j)
{
	_drop_(closep) int log = -1;

	if (!root && systemd_runs() && set_timer(in, j))
		return 0;
	log = openat(in->fd, "log",
	    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (log < 0)
		return folder_complain(in, "log", -errno);
	if (!set_process(root, j, log))
		return fail(STATUS_AGAIN, "no watchdog can be started; "
		    "nothing is changed");
	return 0;
}
