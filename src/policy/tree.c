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
#include "base/text.h"
#include "base/watch.h"
#include "policy/thin.h"

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

/* A tree while one policy is read: whatever happens to the paths of its
 * directories meanwhile, all files come from the same ones. */
struct visit {
	const struct policy_tree *tree;
	const char *service;	/* whose lines are enough, or NULL */
	int dir[TREE_DIRS];	/* descriptor or -errno */
};

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
read_open(const struct visit *v, struct policy_file *file, int fd,
    const struct stat *st)
{
	const struct policy_tree *tree = v->tree;
	const int rc = tree->trust ? tree->trust(tree->ctx, file->path, st) : 0;

	if (rc < 0)
		return rc;
	if (file->thin)
		return thin_read(fd, v->service, FILE_MAX, &file->text,
		    &file->len);
	return file_slurp_sized(fd, st->st_size, FILE_MAX, &file->text,
	    &file->len);
}

/* The file of this name in an open directory; the path is its name for people
 * and for the watch. */
static int
read_at(const struct visit *v, struct policy_file *file, int dir,
    const char *name)
{
	const struct policy_tree *tree = v->tree;
	struct stat st;
	_drop_(closep) int fd = file_open(dir, name, &st);

	if (absent(fd))
		return watch(tree, file->path, NULL) < 0 ? -ENOMEM : -ENOENT;
	if (fd < 0)
		return fd;
	if (watch(tree, file->path, &st) < 0)
		return -ENOMEM;
	return read_open(v, file, fd, &st);
}

static int
set_path(const struct policy_tree *tree, struct policy_file *file,
    const char *dir, const char *name)
{
	free(file->path);
	file->path = text_format("%s%s%s%s", tree->root ? tree->root : "",
	    dir, *dir ? "/" : "", name);
	return file->path ? 0 : -ENOMEM;
}

static int
read_in(const struct visit *v, size_t i, const char *name,
    struct policy_file *file)
{
	if (set_path(v->tree, file, v->tree->dir[i], name) < 0)
		return -ENOMEM;
	if (absent(v->dir[i]))
		return watch(v->tree, file->path, NULL) < 0 ?
		    -ENOMEM : -ENOENT;
	if (v->dir[i] < 0)
		return v->dir[i];
	return read_at(v, file, v->dir[i], name);
}

/* C-3, but what is there and cannot be read hides what comes later: the place
 * of a policy is never taken by a weaker one. */
static int
read_named(void *ctx, const char *name, struct policy_file *file)
{
	const struct visit *v = ctx;
	int rc = -ENOENT;

	/* Not by what it is called: an include may name it too. */
	file->thin = v->service && name == v->tree->single;
	if (*name == '/')
		return set_path(v->tree, file, "", name) < 0 ?
		    -ENOMEM : read_at(v, file, AT_FDCWD, file->path);
	for (size_t i = 0; v->tree->dir[i] && rc == -ENOENT; i++)
		rc = read_in(v, i, name, file);
	return rc;
}

/* The path of a directory of the tree: owned by *copy where it is made. */
static const char *
directory_path(const struct policy_tree *tree, size_t i, char **copy)
{
	if (!tree->root)
		return tree->dir[i];
	*copy = text_format("%s%s", tree->root, tree->dir[i]);
	return *copy;
}

static int
open_directory(const struct policy_tree *tree, size_t i)
{
	_drop_(freep) char *copy = NULL;
	const char *path = directory_path(tree, i, &copy);
	int fd;

	if (!path)
		return -ENOMEM;
	fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

bool
tree_directory(const struct policy_tree *tree, struct stat *st)
{
	for (size_t i = 0; tree->dir[i]; i++) {
		_drop_(freep) char *copy = NULL;
		const char *path = directory_path(tree, i, &copy);

		if (path && stat(path, st) == 0 && S_ISDIR(st->st_mode))
			return true;
	}
	return false;
}

static void
visit_end(struct visit *v)
{
	for (size_t i = 0; i < TREE_DIRS; i++)
		closep(&v->dir[i]);
}

int
tree_load(const struct policy_tree *tree, const char *service, unsigned flags,
    struct policy **out)
{
	_drop_(visit_end) struct visit v = { .tree = tree };
	struct policy_source source = { .read = read_named, .ctx = &v };
	bool any = false;

	for (size_t i = 0; i < TREE_DIRS; i++) {
		v.dir[i] = tree->dir[i] ? open_directory(tree, i) : -ENOENT;
		any |= !absent(v.dir[i]);
	}
	if (flags & POLICY_OWN_LINES)
		v.service = service;
	/* C-2: any pam.d directory, and pam.conf is not looked at; nor when
	 * one cannot be opened, or a weaker policy took the place of it. */
	source.single = any ? NULL : tree->single;
	return policy_parse(&source, service, flags, out);
}
