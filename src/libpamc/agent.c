/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpamc/agent.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>

#include "base/drop.h"
#include "libpamc/packet.h"

/* Both ends of a pipe, closed unless taken. */
struct ends {
	int read, write;
};

static void
ends_drop(struct ends *e)
{
	closep(&e->read);
	closep(&e->write);
}

static int
take_fd(int *fd)
{
	const int taken = *fd;

	*fd = -1;
	return taken;
}

/* Out of the way of 0 to 2, which a program may have closed: in the child those
 * become the agent's. 0 or -errno. */
static int
move_up(int *fd)
{
	int moved;

	if (*fd > STDERR_FILENO)
		return 0;
	moved = fcntl(*fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	if (moved < 0)
		return -errno;
	close(*fd);
	*fd = moved;
	return 0;
}

/* Not inherited by other agents, which would keep this one from seeing the end
 * of its input. 0 or -errno. */
static int
ends_open(struct ends *e)
{
	int fds[2], rc;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -errno;
	e->read = fds[0];
	e->write = fds[1];
	rc = move_up(&e->read);
	return rc < 0 ? rc : move_up(&e->write);
}

/* B-3: descriptors 0 and 1 are the pipes, 2 stays, the others are closed; no
 * environment. 0 or -errno, also when the file cannot be executed. */
static int
spawn(const char *file, int in, int out, pid_t *pid)
{
	static char name[] = "pam-agent";
	char *argv[] = { name, NULL }, *envp[] = { NULL };
	posix_spawn_file_actions_t acts;
	int rc;

	rc = posix_spawn_file_actions_init(&acts);
	if (rc)
		return -rc;
	rc = posix_spawn_file_actions_adddup2(&acts, in, STDIN_FILENO);
	if (!rc)
		rc = posix_spawn_file_actions_adddup2(&acts, out,
		    STDOUT_FILENO);
	if (!rc)
		rc = posix_spawn_file_actions_addclosefrom_np(&acts,
		    STDERR_FILENO + 1);
	if (!rc)
		rc = posix_spawn(pid, file, &acts, NULL, argv, envp);
	posix_spawn_file_actions_destroy(&acts);
	return -rc;
}

static void
agent_mute(struct agent *a)
{
	closep(&a->to);
	closep(&a->from);
	a->to = a->from = -1;
}

static void
agent_free(struct agent *a)
{
	if (!a)
		return;
	agent_mute(a);
	free(a->id);
	free(a);
}

static void
agent_freep(struct agent **a)
{
	agent_free(*a);
}

static struct agent *
agent_new(const char *id)
{
	struct agent *a = calloc(1, sizeof *a);

	if (!a)
		return NULL;
	a->to = a->from = -1;
	a->id = strdup(id);
	if (!a->id) {
		agent_free(a);
		return NULL;
	}
	return a;
}

int
agent_start(const char *id, const char *file, struct agent **out)
{
	_drop_(ends_drop) struct ends question = { -1, -1 };
	_drop_(ends_drop) struct ends answer = { -1, -1 };
	_drop_(agent_freep) struct agent *a = agent_new(id);
	int rc;

	if (!a)
		return -ENOMEM;
	rc = ends_open(&question);
	if (rc < 0)
		return rc;
	rc = ends_open(&answer);
	if (rc < 0)
		return rc;
	rc = spawn(file, question.read, answer.write, &a->pid);
	if (rc < 0)
		return rc;

	a->to = take_fd(&question.write);
	a->from = take_fd(&answer.read);
	*out = TAKE(a);
	return 0;
}

/* After a failure question and answer would no longer belong together. */
int
agent_ask(struct agent *a, pamc_bp_t *p)
{
	pamc_bp_t reply = NULL;
	int rc;

	rc = packet_write(a->to, *p);
	if (rc == 0)
		rc = packet_read(a->from, &reply);
	if (rc < 0) {
		agent_mute(a);
		return rc;
	}
	packet_drop(p);
	*p = reply;
	return 0;
}

/* Only its own pid: the program's other children are none of our business. */
bool
agent_end(struct agent *a)
{
	int status = -1;
	pid_t pid;

	if (!a)
		return true;
	agent_mute(a);
	do
		pid = waitpid(a->pid, &status, 0);
	while (pid < 0 && errno == EINTR);
	pid = pid == a->pid ? pid : -1;
	agent_free(a);
	return pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
