/* SPDX-License-Identifier: BSD-2-Clause */
#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/drop.h"
#include "base/file.h"
#include "record/event.h"
#include "rig.h"

#define SKIPPED 77
#define PASSWD "/run/passwd"

static const char *const directories[] = {
	"/run/usher", STORE_SESSIONS, "/var/lib/usher", STORE_UNDO,
	"/var/log/usher",
};

static void
write_file(const char *path, const char *text)
{
	_drop_(closep) int fd = open(path,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	rig_must(fd >= 0 && write_all(fd, text, strlen(text)) == 0, path);
}

void
place_accounts(const char *passwd)
{
	write_file(PASSWD, passwd);
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	return ftw->level ? remove(path) : 0;
}

static void
empty(const char *path)
{
	if (nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS) < 0)
		rig_must(errno == ENOENT, path);
}

static void
make_directory(const char *path)
{
	struct stat st;

	rig_must(mkdir(path, 0700) == 0 || errno == EEXIST, path);
	rig_must(lstat(path, &st) == 0 && S_ISDIR(st.st_mode), path);
}

void
place_clear(void)
{
	empty(STORE_SESSIONS);
	empty(STORE_UNDO);
	for (size_t i = 0; i < COUNT(directories); i++)
		make_directory(directories[i]);
	unlink(EVENT_LOG);
	rig_log_clear();
}

static void
mount_empty(const char *at)
{
	rig_must(mount("none", at, "tmpfs", 0, "mode=0755") == 0, at);
}

void
place_begin(void)
{
	if (geteuid() != 0)
		exit(SKIPPED);
	rig_must(unshare(CLONE_NEWNS) == 0 &&
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0,
	    "mount namespace");
	mount_empty("/run");
	mount_empty("/var/log");
	mount_empty("/var/lib");
	place_accounts(PLACE_ACCOUNTS);
	rig_must(mount(PASSWD, "/etc/passwd", NULL, MS_BIND, NULL) == 0,
	    "accounts");
	place_clear();
}

struct only {
	unsigned count;
	struct store_name name;
};

static int
count_one(void *ctx, const struct store_name *name)
{
	struct only *only = ctx;

	only->count++;
	only->name = *name;
	return 0;
}

static unsigned
look(const char *path, struct only *only, int *dir)
{
	struct store store = { 0 };

	*only = (struct only){ 0 };
	*dir = store_open(path, &store);
	if (*dir >= 0)
		store_each(*dir, (uid_t)-1, count_one, only);
	return only->count;
}

unsigned
place_count(const char *store)
{
	_drop_(closep) int dir = -1;
	struct only only;

	return look(store, &only, &dir);
}

unsigned
place_records(void)
{
	return place_count(STORE_SESSIONS);
}

bool
place_record(const char *store, struct record_file *out)
{
	_drop_(closep) int dir = -1;
	struct only only;

	*out = (struct record_file){ 0 };
	return look(store, &only, &dir) == 1 &&
	    record_read(dir, &only.name, out) == 0;
}

const char *
place_state(void)
{
	_drop_(record_file_free) struct record_file f = { 0 };

	if (place_record(STORE_SESSIONS, &f))
		return record_state_word(f.record.state);
	return place_records() ? "many" : "none";
}

char *
place_events(void)
{
	char *text = NULL;

	return file_read(EVENT_LOG, 64 << 20, &text) < 0 ? strdup("") : text;
}

bool
place_told(const char *part)
{
	_drop_(freep) char *text = place_events();

	return strstr(text, part) != NULL;
}

pid_t
place_fork(int (*fn)(void *data), void *data)
{
	pid_t child;
	int rc;

	fflush(stdout);
	child = fork();
	rig_must(child >= 0, "child");
	if (child)
		return child;
	rc = fn(data);
	fflush(stdout);
	/* Who has another root or user now could not tell of leaks. */
	_exit(rc);
}

int
place_wait(pid_t child)
{
	int status = -1;

	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int
place_child(int (*fn)(void *data), void *data)
{
	return place_wait(place_fork(fn, data));
}

void
place_become(uid_t uid)
{
	rig_must(setgroups(0, NULL) == 0 && setresgid(uid, uid, uid) == 0 &&
	    setresuid(uid, uid, uid) == 0, "other user");
}

void
place_setuid(uid_t uid)
{
	rig_must(setresuid(uid, 0, 0) == 0, "real user");
}
