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

static int
read_path(const struct policy_tree *tree, struct policy_file *file)
{
	_drop_(closep) int fd = file_open(AT_FDCWD, file->path, NULL);
	int rc;

	if (fd < 0)
		return fd;
	rc = tree->trust ? tree->trust(tree->ctx, file->path, fd) : 0;
	return rc < 0 ? rc : file_slurp(fd, FILE_MAX, &file->text, &file->len);
}

static int
set_path(struct policy_file *file, const char *dir, const char *name)
{
	free(file->path);
	file->path = NULL;
	if (asprintf(&file->path, "%s%s%s", dir, *dir ? "/" : "", name) >= 0)
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
		return set_path(file, "", name) < 0 ?
		    -ENOMEM : read_path(tree, file);
	for (size_t i = 0; tree->dir[i] && rc == -ENOENT; i++) {
		if (set_path(file, tree->dir[i], name) < 0)
			return -ENOMEM;
		rc = read_path(tree, file);
		/* A path component that is no directory: no such file. */
		if (rc == -ENOTDIR)
			rc = -ENOENT;
	}
	return rc;
}

static bool
is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* C-2: any pam.d directory at all, and pam.conf is never looked at. */
static const char *
single_file(const struct policy_tree *tree)
{
	for (size_t i = 0; tree->single && tree->dir[i]; i++) {
		if (is_directory(tree->dir[i]))
			return NULL;
	}
	return tree->single;
}

int
tree_load(const struct policy_tree *tree, const char *service, unsigned flags,
    struct policy **out)
{
	const struct policy_source source = {
		.read = read_named,
		.ctx = (void *)(uintptr_t)tree,
		.single = single_file(tree),
	};

	return policy_parse(&source, service, flags, out);
}
