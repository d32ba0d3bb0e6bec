/* SPDX-License-Identifier: BSD-2-Clause */
#include "folder.h"

#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "rig.h"

static char root[] = "/tmp/badinput-XXXXXX";

static void
remove_root(void)
{
	rmdir(root);
}

void
folder_begin(void)
{
	rig_must(mkdtemp(root) && chmod(root, 0755) == 0 && chdir(root) == 0,
	    "folder");
	atexit(remove_root);
}

static void
make_parents(const char *path)
{
	char *copy = strdup(path);

	for (char *p = strchr(copy + 1, '/'); p; p = strchr(p + 1, '/')) {
		*p = '\0';
		mkdir(copy, 0755);
		*p = '/';
	}
	free(copy);
}

static bool
put_text(const struct file_of *f)
{
	_drop_(freep) char *text = rig_text(f->text ? f->text : "");
	const size_t n = f->len ? f->len : strlen(text);
	_drop_(closep) int fd = open(f->path,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (f->kind == SPARSE)
		return fd >= 0 && ftruncate(fd, (256 << 20) + 1) == 0;
	return fd >= 0 && write_all(fd, f->len ? f->text : text, n) == 0;
}

static bool
put_module(const char *path)
{
	_drop_(freep) char *from = rig_text("%M");
	_drop_(freep) char *bytes = NULL;
	_drop_(closep) int in = open(from, O_RDONLY | O_CLOEXEC);
	_drop_(closep) int out = open(path, O_WRONLY | O_CREAT | O_CLOEXEC,
	    0600);
	size_t n;

	return in >= 0 && out >= 0 &&
	    file_slurp(in, 16 << 20, &bytes, &n) == 0 &&
	    write_all(out, bytes, n) == 0;
}

static bool
put_socket(const char *path)
{
	_drop_(closep) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_un at = { .sun_family = AF_UNIX };

	snprintf(at.sun_path, sizeof at.sun_path, "%s", path);
	return bind(fd, (struct sockaddr *)&at, sizeof at) == 0;
}

static bool
make(const struct file_of *f)
{
	switch (f->kind) {
	case TEXT:
	case SPARSE:
		return put_text(f);
	case FOLDER:
		return mkdir(f->path, 0700) == 0;
	case FIFO:
		return mkfifo(f->path, 0600) == 0;
	case SOCKET:
		return put_socket(f->path);
	case MODULE:
		return put_module(f->path);
	case LINK:
		return symlink(f->text, f->path) == 0;
	}
	return false;
}

bool
folder_put(const struct file_of *f)
{
	const mode_t usual = f->kind == FOLDER ? 0755 : 0644;

	make_parents(f->path);
	if (!make(f))
		return false;
	if (f->kind == LINK)
		return true;
	if ((f->uid || f->gid) && chown(f->path, f->uid, f->gid) < 0)
		return false;
	return chmod(f->path, f->mode ? f->mode : usual) == 0;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	return ftw->level ? remove(path) : 0;
}

void
folder_clear(void)
{
	rig_must(nftw(".", remove_one, 8, FTW_DEPTH | FTW_PHYS) == 0,
	    "empty folder");
}

/* _exit: a leak sanitizer has no /proc to look into in another root. */
static void
run_child(int (*fn)(const void *data), const void *data)
{
	const int rc = fn(data);

	fflush(stdout);
	_exit(rc);
}

static int
wait_for(pid_t child)
{
	int status = 1;

	if (child < 0 || waitpid(child, &status, 0) != child)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
change_root(uid_t uid)
{
	if (chroot(".") < 0 || chdir("/") < 0)
		_exit(2);
	if (uid && (setgroups(0, NULL) < 0 || setgid(uid) < 0 ||
	    setuid(uid) < 0))
		_exit(2);
}

int
folder_as_root(int (*fn)(const void *data), const void *data, uid_t uid,
    unsigned *skipped)
{
	pid_t child;

	if (geteuid() != 0) {
		(*skipped)++;
		return 0;
	}
	fflush(stdout);
	child = fork();
	if (child == 0) {
		change_root(uid);
		run_child(fn, data);
	}
	return wait_for(child);
}

int
folder_apart(int (*fn)(const void *data), const void *data)
{
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0)
		run_child(fn, data);
	return wait_for(child);
}
