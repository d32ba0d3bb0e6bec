/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/policies/services.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/text.h"
#include "pamctl/policies/source.h"
#include "policy/lex.h"
#include "policy/tree.h"

#define FILE_MAX ((size_t)256 << 20)

/* What editors and package managers leave behind. */
static const char *const leftovers[] = { ".*", "*~", "#*#", "*.bak", "*.old",
	"*.orig", "*.save", "*.dpkg-*", "*.ucf-*", "*.pam-old", "*.rpmnew",
	"*.rpmsave", "*.rpmorig", "*.swp" };

static bool
is_leftover(const char *name)
{
	for (size_t i = 0; i < COUNT(leftovers); i++) {
		if (fnmatch(leftovers[i], name, 0) == 0)
			return true;
	}
	return false;
}

/* A service has one policy, however it is written. */
static int
add(struct names *names, const char *name, size_t len)
{
	const int rc = names_add(names, name, len);

	if (rc == 0)
		text_lower(names->name[names->count - 1]);
	return rc;
}

static int
list_directory(const char *path, struct names *names, bool *any)
{
	_drop_(closedirp) DIR *dir = opendir(path);
	const struct dirent *d;
	struct stat st;
	int rc = 0;

	if (!dir)
		return errno == ENOENT || errno == ENOTDIR ? 0 : -errno;
	*any = true;
	while (rc == 0 && (d = readdir(dir))) {
		if (!is_leftover(d->d_name) &&
		    fstatat(dirfd(dir), d->d_name, &st, 0) == 0 &&
		    !S_ISDIR(st.st_mode))
			rc = add(names, d->d_name, strlen(d->d_name));
	}
	return rc;
}

/* C-9: the first word of each line. */
static int
list_single(const char *path, struct names *names)
{
	_drop_(freep) char *text = NULL;
	struct lexer lexer;
	struct line line;
	struct word word;
	int rc = file_read(path, FILE_MAX, &text);

	if (rc < 0)
		return rc;
	lex_begin(&lexer, text, strlen(text));
	while (rc == 0 && lex_line(&lexer, &line) == LEX_LINE) {
		if (lex_word(&line, &word) && *word.text != '@')
			rc = add(names, word.text, word.len);
	}
	lex_end(&lexer);
	return rc;
}

static void
sort(struct names *names)
{
	size_t to = 0;

	if (names->count == 0)
		return;
	names_sort(names);
	for (size_t i = 1; i < names->count; i++) {
		if (strcmp(names->name[i], names->name[to]) == 0)
			free(names->name[i]);
		else
			names->name[++to] = names->name[i];
	}
	names->count = to + 1;
}

/* The path of a directory or file of the tree, below its root. */
static int
list_at(const struct policy_tree *tree, const char *at, struct names *names,
    bool *any)
{
	_drop_(freep) char *path = NULL;

	if (asprintf(&path, "%s%s", tree->root ? tree->root : "", at) < 0) {
		path = NULL;
		return -ENOMEM;
	}
	return any ? list_directory(path, names, any) :
	    list_single(path, names);
}

int
services_list(const struct options *o, struct names *out)
{
	struct names names = { 0 };
	struct policy_tree tree;
	bool any = false;
	int rc = 0;

	source_tree(o, &tree);
	for (size_t i = 0; tree.dir[i] && rc == 0; i++)
		rc = list_at(&tree, tree.dir[i], &names, &any);
	/* C-2: any directory, and pam.conf is not looked at. */
	if (rc == 0 && !any)
		rc = tree.single ?
		    list_at(&tree, tree.single, &names, NULL) : -ENOENT;
	if (rc < 0) {
		names_free(&names);
		return rc;
	}
	sort(&names);
	*out = names;
	return 0;
}
