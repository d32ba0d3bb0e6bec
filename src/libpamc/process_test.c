/* SPDX-License-Identifier: BSD-2-Clause */
/* Agents are processes beside the program's own: descriptors, signals, pids. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>

#include "libpamc/test_stage.h"

/* Two agents are two processes, each with its own pipes. */
static void
check_two(void)
{
	pamc_handle_t c = pamc_start();
	char first[sizeof answer];

	CHECK_INT("one", PAM_BPC_OK, talk(c, PAM_BPC_SELECT, "one/who is "));
	strcpy(first, answer);
	CHECK_INT("two", PAM_BPC_OK, talk(c, PAM_BPC_SELECT, "two/who is "));
	CHECK("another process", strcmp(first, answer) != 0);
	CHECK_INT("one leaves", 0, talk(c, PAM_BPC_SELECT, "one/leave0"));
	CHECK_INT("two stays", PAM_BPC_OK, talk(c, PAM_BPC_SELECT, "two/x"));
	CHECK_INT("end", PAM_BPC_TRUE, pamc_end(&c));
}

static int
count_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int n = 0;

	while (dir && readdir(dir))
		n++;
	if (dir)
		closedir(dir);
	return n;
}

static volatile int ended;

static void
on_child(int number)
{
	(void)number;
	ended++;
}

/* The program's own children, handlers and mask stay its own. */
static void
check_process(void)
{
	struct sigaction sa = { .sa_handler = on_child }, after;
	const int before = count_descriptors();
	pamc_handle_t c = pamc_start();
	sigset_t mask, mask_after;
	int status = 0;
	pid_t own;

	sigaction(SIGCHLD, &sa, NULL);
	sigprocmask(SIG_SETMASK, NULL, &mask);
	fflush(stdout);
	own = fork();
	if (own == 0)
		_exit(5);
	CHECK_INT("one", PAM_BPC_OK, talk(c, PAM_BPC_SELECT, "one/x"));
	CHECK_INT("end", PAM_BPC_TRUE, pamc_end(&c));
	CHECK_INT("its child is still there", own, waitpid(own, &status, 0));
	CHECK_INT("its child", 5, WEXITSTATUS(status));
	sigaction(SIGCHLD, NULL, &after);
	sigprocmask(SIG_SETMASK, NULL, &mask_after);
	CHECK("its handler", after.sa_handler == on_child && ended > 0);
	for (int n = 1; n < NSIG; n++)
		CHECK_INT("its mask", sigismember(&mask, n),
		    sigismember(&mask_after, n));
	CHECK_INT("no descriptor is left", before, count_descriptors());

	signal(SIGCHLD, SIG_IGN);
	c = pamc_start();
	CHECK_INT("one", PAM_BPC_TRUE, pamc_load(c, "one"));
	CHECK_INT("nobody can tell how it ended", PAM_BPC_FALSE, pamc_end(&c));
	signal(SIGCHLD, SIG_DFL);
}

/* Neither are its descriptors the agent's nor the other way round. */
static void
check_descriptors(void)
{
	const int own = fcntl(STDIN_FILENO, F_DUPFD, 100);
	bool open_before[64];
	pamc_handle_t c;

	for (int fd = 0; fd < 64; fd++)
		open_before[fd] = fcntl(fd, F_GETFD) >= 0;
	c = pamc_start();
	CHECK_INT("who", PAM_BPC_OK, talk(c, PAM_BPC_SELECT, "one/who"));
	CHECK("nothing above 2 is inherited",
	    strncmp(answer, "pam-agent 0 2", 13) == 0);
	for (int fd = 0; fd < 64; fd++) {
		const int flags = fcntl(fd, F_GETFD);

		CHECK("close on exec", open_before[fd] || flags < 0 ||
		    flags & FD_CLOEXEC);
	}
	pamc_end(&c);
	close(own);
}

/* A program without the three standard descriptors: what it or its libraries
 * print must not come to the agent. */
static void
check_bare(void)
{
	int status = -1;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		pamc_handle_t c = pamc_start();
		int rc;

		for (int i = 0; i < 3; i++)
			close(i);
		rc = talk(c, PAM_BPC_SELECT, "one/x");
		for (int i = 0; i < 3; i++)
			rc |= fcntl(i, F_GETFD) < 0 ? 0 : 64;
		pamc_end(&c);
		_exit(rc == PAM_BPC_OK && strcmp(answer, "x") == 0 ? 0 : 1);
	}
	waitpid(pid, &status, 0);
	CHECK_INT("no descriptors 0 to 2", 0, status);
}

int
main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	folder(argv[1]);
	check_two();
	check_process();
	check_descriptors();
	check_bare();
	folder_gone();
	return TEST_RESULT();
}
