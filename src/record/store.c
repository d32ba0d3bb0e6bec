/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"

#define NOBODYS "unknown"

bool
store_is_id(const char *id)
{
	size_t n = 0;

	for (; id[n] && n < ID_TEXT; n++) {
		const bool hyphen = n == 8 || n == 13 || n == 18 || n == 23;
		const bool hex = (id[n] >= '0' && id[n] <= '9') ||
		    (id[n] >= 'a' && id[n] <= 'f');

		if (hyphen ? id[n] != '-' : !hex)
			return false;
	}
	return n == ID_TEXT - 1;
}

static void
folder_of(uid_t uid, char text[24])
{
	if (uid == (uid_t)-1)
		strcpy(text, NOBODYS);
	else
		snprintf(text, 24, "%lu", (unsigned long)uid);
}

bool
store_name(struct store_name *name, uid_t uid, const char *id)
{
	char folder[24];

	if (!store_is_id(id))
		return false;
	folder_of(uid, folder);
	snprintf(name->text, sizeof name->text, "%s/%s", folder, id);
	return true;
}

int
store_open(const char *path, struct store *store)
{
	_drop_(closep) int fd = open(path,
	    O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;
	int out;

	if (fd < 0)
		return store->ino ? -EXDEV : -errno;
	if (fstat(fd, &st) < 0)
		return -errno;
	if (store->ino && (st.st_dev != store->dev || st.st_ino != store->ino))
		return -EXDEV;
	if (st.st_uid != 0 || (st.st_mode & 07777) != 0700)
		return -EPERM;
	*store = (struct store){ st.st_dev, st.st_ino };
	out = fd;
	fd = -1;
	return out;
}

int
store_lock(int store, unsigned patience)
{
	const int fd = openat(store, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const int rc = fd < 0 ? -errno : file_lock(fd, patience);

	if (rc == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return rc;
}

int
store_find(int store, const struct store_name *name)
{
	_drop_(closep) int fd = openat(store, name->text,
	    O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;
	int out;

	if (fd < 0 || fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode) || st.st_uid != 0)
		return -EPERM;
	out = fd;
	fd = -1;
	return out;
}

int
store_create(int store, const struct store_name *name)
{
	const int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	struct store_name folder = *name;
	int fd = openat(store, name->text, flags, 0600);

	if (fd >= 0 || errno != ENOENT)
		return fd < 0 ? -errno : fd;
	*strchr(folder.text, '/') = '\0';
	if (mkdirat(store, folder.text, 0700) < 0 && errno != EEXIST)
		return -errno;
	fd = openat(store, name->text, flags, 0600);
	return fd < 0 ? -errno : fd;
}

int
store_remove(int store, const struct store_name *name)
{
	return unlinkat(store, name->text, 0) < 0 ? -errno : 0;
}

/* "/run/usher/sessions/UID/ID" */
struct whole_path {
	char text[sizeof STORE_SESSIONS + STORE_NAME];
};

static struct whole_path
whole_path(const struct store_name *name)
{
	struct whole_path path;

	stpcpy(stpcpy(stpcpy(path.text, STORE_SESSIONS), "/"), name->text);
	return path;
}

int
store_reach(const struct store_name *name)
{
	const struct whole_path path = whole_path(name);
	const int fd = open(path.text,
	    O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

int
store_forget(const struct store_name *name)
{
	const struct whole_path path = whole_path(name);

	return unlink(path.text) < 0 ? -errno : 0;
}

int
store_append(int store, const struct store_name *name, const char *text,
    size_t len)
{
	_drop_(closep) int fd = openat(store, name->text,
	    O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode) || st.st_uid != 0)
		return -EPERM;
	/* Half a row on a full file system would keep it full. */
	if (fallocate(fd, FALLOC_FL_KEEP_SIZE, st.st_size, (off_t)len) < 0 &&
	    errno == ENOSPC)
		return -errno;
	return write_all(fd, text, len);
}

static int
sync_at(int dir, const char *path)
{
	_drop_(closep) int fd = openat(dir, path,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	return fd < 0 || fsync(fd) < 0 ? -errno : 0;
}

int
store_sync(int store, const struct store_name *name)
{
	struct store_name folder = *name;
	int rc = sync_at(store, name->text);

	*strchr(folder.text, '/') = '\0';
	if (rc == 0)
		rc = sync_at(store, folder.text);
	return rc < 0 ? rc : sync_at(store, ".");
}

/* A directory's entries, by call, which gets its name and theirs. */
static DIR *
open_folder(int store, const char *folder)
{
	const int fd = openat(store, folder,
	    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (!dir && fd >= 0)
		close(fd);
	return dir;
}

static int
each_in(int store, const char *folder,
    int (*call)(void *ctx, const struct store_name *name), void *ctx)
{
	_drop_(closedirp) DIR *dir = open_folder(store, folder);
	const struct dirent *e;
	struct store_name name;
	int rc = 0;

	if (!dir)
		return errno == ENOENT || errno == ENOTDIR ? 0 : -errno;
	while (rc == 0 && (e = readdir(dir))) {
		if (!store_is_id(e->d_name))
			continue;
		snprintf(name.text, sizeof name.text, "%.22s/%.36s", folder,
		    e->d_name);
		rc = call(ctx, &name);
	}
	return rc;
}

static bool
is_folder(const char *name)
{
	return name[strspn(name, "0123456789")] == '\0' ||
	    strcmp(name, NOBODYS) == 0;
}

int
store_each(int store, uid_t uid,
    int (*call)(void *ctx, const struct store_name *name), void *ctx)
{
	_drop_(closedirp) DIR *dir = NULL;
	const struct dirent *e;
	char folder[24];
	int rc = 0;

	if (uid != (uid_t)-1) {
		folder_of(uid, folder);
		return each_in(store, folder, call, ctx);
	}
	dir = open_folder(store, ".");
	if (!dir)
		return -errno;
	while (rc == 0 && (e = readdir(dir))) {
		if (is_folder(e->d_name))
			rc = each_in(store, e->d_name, call, ctx);
	}
	return rc;
}
