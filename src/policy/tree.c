/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/watch.h"

#define FILE_MAX ((size_t)256 << 20)

void
tree_system(struct policy_tree *tree)
{
	*tree = (struct policy_tree){
		.dir = { "/etc/pam.d", "/usr/lib/pam.d", VENDORDIR "/pam.d" },
		.single = "/etc/pam.conf",
	};
}

void
tree_confdir(struct policy_tree *tree, const char *confdir)
{
	*tree = (struct policy_tree){ .dir = { confdir } };
}

/* A path component that is no directory: no such file. */
static bool
absent(int rc)
{
	return rc == -ENOENT || rc == -ENOTDIR;
}

static int
watch(const struct policy_tree *tree, const char *path, const struct stat *st)
{
	return tree->watch ? watch_add(tree->watch, path, st) : 0;
}

static int
read_open(const struct policy_tree *tree, struct policy_file *file, int fd)
{
	const int rc = tree->trust ? tree->trust(tree->ctx, file->path, fd) : 0;

	return rc < 0 ? rc : file_slurp(fd, FILE_MAX, &file->text, &file->len);
}

static int
read_path(const struct policy_tree *tree, struct policy_file *file)
{
	struct stat st;
	_drop_(closep) int fd = file_open(AT_FDCWD, file->path, &st);

	if (absent(fd))
		return watch(tree, file->path, NULL) < 0 ? -ENOMEM : -ENOENT;
	if (fd < 0)
		return fd;
	if (watch(tree, file->path, &st) < 0)
		return -ENOMEM;
	return read_open(tree, file, fd);
}

static int
set_path(const struct policy_tree *tree, struct policy_file *file,
    const char *dir, const char *name)
{
	free(file->path);
	file->path = NULL;
	if (asprintf(&file->path, "%s%s%s%s", tree->root ? tree->root : "",
	    dir, *dir ? "/" : "", name) >= 0)
		return 0;
	file->path = NULL;
	return -ENOMEM;
}

/* C-3, but what is there and cannot be read hides what comes later: the place
 * of a policy is never taken by a weaker one. */
static int
read_named(void *ctx, const char *name, struct policy_file *file)
{
	const struct policy_tree *tree = ctx;
	int rc = -ENOENT;

	if (*name == '/')
		return set_path(tree, file, "", name) < 0 ?
		    -ENOMEM : read_path(tree, file);
	for (size_t i = 0; tree->dir[i] && rc == -ENOENT; i++) {
		if (set_path(tree, file, tree->dir[i], name) < 0)
			return -ENOMEM;
		rc = read_path(tree, file);
	}
	return rc;
}

/* Without a root, which is nearly always, the path is there already. */
static bool
is_directory(const struct policy_tree *tree, const char *dir, struct stat *st)
{
	_drop_(freep) char *path = NULL;
	int rc;

	if (!tree->root)
		return stat(dir, st) == 0 && S_ISDIR(st->st_mode);
	if (asprintf(&path, "%s%s", tree->root, dir) < 0) {
		path = NULL;
		return false;
	}
	rc = stat(path, st);
	return rc == 0 && S_ISDIR(st->st_mode);
}

bool
tree_directory(const struct policy_tree *tree, struct stat *st)
{
	for (size_t i = 0; tree->dir[i]; i++) {
		if (is_directory(tree, tree->dir[i], st))
			return true;
	}
	return false;
}

int
tree_load(const struct policy_tree *tree, const char *service, unsigned flags,
    struct policy **out)
{
	struct stat st;
	const struct policy_source source = {
		.read = read_named,
		.ctx = (void *)(uintptr_t)tree,
		/* C-2: any pam.d directory, and pam.conf is not looked at. */
		.single = tree->single && !tree_directory(tree, &st) ?
		    tree->single : NULL,
	};

	return policy_parse(&source, service, flags, out);
}
