/* SPDX-License-Identifier: BSD-2-Clause */
/* usage: kill_at N PATH COMMAND...
 *
 * Run COMMAND and kill it, children too, when it is about to make its N-th
 * system call, counted from the first one that opens something below PATH.
 * Prints its process id. Exits with 0 when it was killed, 1 when it ended before,
 * 2 for an error. */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define OPTIONS (PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL | \
    PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE)
#define SYSCALL_STOP (SIGTRAP | 0x80)

struct count {
	const char *path;
	unsigned long at;	/* of the call to be killed in */
	unsigned long seen;	/* calls; 0: path was not opened yet */
};

static bool
is_below(pid_t pid, uint64_t address, const char *path)
{
	char text[64] = "";
	const size_t len = strlen(path);
	const struct iovec to = { text, len };
	const struct iovec from = { (void *)(uintptr_t)address, len };

	return len < sizeof text &&
	    process_vm_readv(pid, &to, 1, &from, 1, 0) == (ssize_t)len &&
	    strcmp(text, path) == 0;
}

/* Whether this stop, before or after a system call, is the one. */
static bool
is_reached(struct count *c, pid_t pid)
{
	struct __ptrace_syscall_info info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) <= 0 ||
	    info.op != PTRACE_SYSCALL_INFO_ENTRY)
		return false;
	if (!c->seen && !(info.entry.nr == SYS_openat &&
	    is_below(pid, info.entry.args[1], c->path)))
		return false;
	return ++c->seen == c->at;
}

/* The signal that a stopped process is to have: none of those that tracing
 * makes. */
static int
signal_of(int status)
{
	const int sig = WSTOPSIG(status);

	return status >> 16 || sig == SYSCALL_STOP || sig == SIGSTOP ||
	    sig == SIGTRAP ? 0 : sig;
}

static int
watch(struct count *c, pid_t first)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, __WALL)) > 0) {
		if (!WIFSTOPPED(status)) {
			if (pid == first)
				return 1;
			continue;
		}
		if (WSTOPSIG(status) == SYSCALL_STOP && is_reached(c, pid))
			return 0;
		ptrace(PTRACE_SYSCALL, pid, 0, signal_of(status));
	}
	return 1;
}

static void
start(char **argv)
{
	/* Ours has the number alone. */
	dup2(STDERR_FILENO, STDOUT_FILENO);
	if (ptrace(PTRACE_TRACEME, 0, 0, 0) == 0 && raise(SIGSTOP) == 0)
		execvp(argv[0], argv);
	_exit(127);
}

int
main(int argc, char **argv)
{
	struct count c = { 0 };
	int status;
	pid_t pid;

	if (argc < 4)
		return 2;
	c.at = strtoul(argv[1], NULL, 10);
	c.path = argv[2];
	pid = fork();
	if (pid == 0)
		start(argv + 3);
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status) ||
	    ptrace(PTRACE_SETOPTIONS, pid, 0, OPTIONS) < 0) {
		perror("kill_at");
		return 2;
	}
	printf("%d\n", pid);
	ptrace(PTRACE_SYSCALL, pid, 0, 0);
	/* Who is still traced when this process ends is killed. */
	return watch(&c, pid);
}
