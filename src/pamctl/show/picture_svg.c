/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/drop.h"
#include "pamctl/pamctl.h"
#include "pamctl/show/picture.h"

/* Run dot(1) with the file as its input. */
static int
run_dot(int input)
{
	char *const argv[] = { (char []){ "dot" }, (char []){ "-Tsvg" },
		NULL };
	posix_spawn_file_actions_t actions;
	int rc, status = -1;
	pid_t pid;

	if (posix_spawn_file_actions_init(&actions) != 0)
		return fail(STATUS_AGAIN, "out of memory");
	rc = posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	if (rc == 0)
		rc = posix_spawnp(&pid, "dot", &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (rc == ENOENT)
		return fail(STATUS_USAGE, "--svg needs the command dot of "
		    "Graphviz, which is not installed; --dot prints its input");
	if (rc)
		return fail(STATUS_AGAIN, "dot: %s", strerror(rc));
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status == 0 ? STATUS_CLEAN : fail(STATUS_USAGE, "dot failed");
}

int
picture_svg(const char *service, const struct policy *policy, int only,
    const struct facts *facts)
{
	_drop_(fclosep) FILE *to = NULL;
	const int fd = memfd_create("picture", MFD_CLOEXEC);

	to = fd < 0 ? NULL : fdopen(fd, "w");
	if (!to)
		return fail(STATUS_AGAIN, "a picture: %s", strerror(errno));
	picture_draw(to, service, policy, only, facts);
	if (fflush(to) != 0 || lseek(fd, 0, SEEK_SET) < 0)
		return fail(STATUS_AGAIN, "a picture: %s", strerror(errno));
	return run_dot(fd);
}
