/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/text.h"
#include "pamctl/check/files.h"
#include "pamctl/pamctl.h"

#define FILE_MAX ((size_t)64 << 20)
#define FLAGS (O_RDONLY | O_DIRECTORY | O_CLOEXEC)

/* What to exit with, by what went wrong: all else may be better next time. */
static const struct {
	int err, status;
} statuses[] = {
	{ -EACCES, STATUS_PRIVILEGE },
	{ -EPERM, STATUS_PRIVILEGE },
	{ -EROFS, STATUS_PRIVILEGE },
	{ -ENOENT, STATUS_CONFIG },
	{ -ENOTDIR, STATUS_CONFIG },
	{ -EISDIR, STATUS_CONFIG },
	{ -EINVAL, STATUS_CONFIG },
	{ -ELOOP, STATUS_CONFIG },
	{ -EFBIG, STATUS_CONFIG },
};

int
folder_complain(const struct folder *in, const char *name, int err)
{
	int status = STATUS_AGAIN;

	for (size_t i = 0; i < COUNT(statuses); i++) {
		if (statuses[i].err == err)
			status = statuses[i].status;
	}
	return fail(status, "%s%s%s: %s", in->path, name ? "/" : "",
	    name ? name : "", strerror(-err));
}

/* Takes the descriptor. */
static int
opened(int fd, char *path, struct folder *out)
{
	if (!path) {
		closep(&fd);
		return fail(STATUS_AGAIN, "out of memory");
	}
	*out = (struct folder){ fd, path };
	return 0;
}

int
folder_open(const char *root, const char *path, struct folder *out)
{
	char *name = text_format("%s%s", root ? root : "",
	    root && strcmp(path, "/") == 0 ? "" : path);
	const int fd = files_open(root, path, FLAGS);

	if (name && fd < 0) {
		const int status = folder_complain(&(struct folder){ -1, name },
		    NULL, fd);

		free(name);
		return status;
	}
	return opened(fd, name, out);
}

int
folder_enter(const struct folder *in, const char *name, struct folder *out)
{
	const int fd = openat(in->fd, name, FLAGS | O_NOFOLLOW);

	if (fd < 0)
		return folder_complain(in, name, -errno);
	if (strcmp(name, ".") == 0)
		return opened(fd, strdup(in->path), out);
	return opened(fd, text_format("%s%s%s", in->path,
	    strcmp(in->path, "/") == 0 ? "" : "/", name), out);
}

int
folder_make(const struct folder *in, const char *name, mode_t mode,
    struct folder *out)
{
	struct folder made;
	int rc;

	if (mkdirat(in->fd, name, 0700) < 0)
		return errno == EEXIST ? folder_enter(in, name, out) :
		    folder_complain(in, name, -errno);
	rc = folder_enter(in, name, &made);
	if (rc)
		return rc;
	/* Not by mkdir: the caller's umask has no say. */
	if (fchmod(made.fd, mode) < 0) {
		rc = folder_complain(in, name, -errno);
		folder_close(&made);
		return rc;
	}
	*out = made;
	return 0;
}

static int
add(struct names *names, const char *name)
{
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return 0;
	return names_add(names, name, strlen(name));
}

int
folder_names(const struct folder *in, struct names *out)
{
	_drop_(closedirp) DIR *dir = NULL;
	const struct dirent *d;
	int fd = openat(in->fd, ".", FLAGS), rc = 0;

	dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir) {
		rc = -errno;
		closep(&fd);
		return folder_complain(in, NULL, rc);
	}
	while (rc == 0 && (errno = 0, d = readdir(dir)))
		rc = add(out, d->d_name);
	if (rc == 0)
		rc = -errno;
	if (rc < 0) {
		names_free(out);
		return folder_complain(in, NULL, rc);
	}
	names_sort(out);
	return 0;
}

int
folder_union(const struct folder *a, const struct folder *b,
    struct names *out)
{
	_drop_(names_free) struct names more = { 0 };
	struct names all = { 0 };
	int rc = a->fd < 0 ? 0 : folder_names(a, &all);

	if (rc == 0 && b->fd >= 0)
		rc = folder_names(b, &more);
	for (size_t i = 0; i < more.count && rc == 0; i++) {
		if (folder_item(a, more.name[i], NULL) == ITEM_NONE &&
		    add(&all, more.name[i]) < 0)
			rc = folder_complain(b, more.name[i], -ENOMEM);
	}
	if (rc)
		names_free(&all);
	else
		*out = all;
	return rc;
}

int
folder_sync(const struct folder *in)
{
	return syncfs(in->fd) < 0 ? folder_complain(in, NULL, -errno) : 0;
}

enum item
folder_item(const struct folder *in, const char *name, struct stat *st)
{
	struct stat local;

	if (!st)
		st = &local;
	if (in->fd < 0 || fstatat(in->fd, name, st, AT_SYMLINK_NOFOLLOW) < 0)
		return ITEM_NONE;
	switch (st->st_mode & S_IFMT) {
	case S_IFREG:
		return ITEM_FILE;
	case S_IFLNK:
		return ITEM_LINK;
	case S_IFDIR:
		return ITEM_FOLDER;
	}
	return ITEM_OTHER;
}

int
folder_read(const struct folder *in, const char *name, char **text,
    size_t *len)
{
	_drop_(closep) int fd = openat(in->fd, name,
	    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	const int rc = fd < 0 ? -errno : file_slurp(fd, FILE_MAX, text, len);

	return rc < 0 ? folder_complain(in, name, rc) : 0;
}

void
folder_close(struct folder *f)
{
	if (f->fd >= 0)
		close(f->fd);
	free(f->path);
	*f = FOLDER_NONE;
}
