/* SPDX-License-Identifier: BSD-2-Clause */
/* Which names are ids, which files are agents, in which order. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"
#include "libpamc/catalog.h"

static const struct {
	const char *id;
	bool valid;
} ids[] = {
	{ "agent1", true }, { "A_z9", true }, { "_", true },
	{ "a@b", true }, { "a@example.org", true }, { "a@..", true },
	{ "", false }, { "@b", false }, { "a@", false }, { "a.b", false },
	{ "a@b@c", false }, { "a-b", false }, { "a/b", false },
	{ "../a", false }, { ".", false }, { "a@b/../c", false },
	{ "a ", false }, { "a\n", false }, { "a\303\244", false },
	/* Every byte is looked at, odd ones too. */
	{ "a/", false }, { "aa/", false }, { "a.a.a", false },
};

static char root[] = "/tmp/pamc-catalog-XXXXXX";

static const struct {
	const char *name;
	mode_t mode; /* 0 is a folder */
} files[] = {
	{ "one", 0 }, { "two", 0 }, { "one/bb", 0755 }, { "one/aa", 0755 },
	{ "two/bb", 0755 }, { "two/c@d.e", 0755 }, { "two/plain", 0644 },
	{ "two/not.an.id", 0755 }, { "two/folder", 0 }, { "two/z", 0755 },
};

static void
tree_make(void)
{
	CHECK("folder", mkdtemp(root) && chdir(root) == 0);
	for (size_t i = 0; i < COUNT(files); i++) {
		_drop_(closep) int fd = -1;

		if (!files[i].mode)
			CHECK(files[i].name, mkdir(files[i].name, 0755) == 0);
		else
			fd = open(files[i].name, O_CREAT | O_WRONLY | O_CLOEXEC,
			    files[i].mode);
	}
}

static void
tree_remove(void)
{
	for (size_t i = COUNT(files); i-- > 0;)
		CHECK(files[i].name, remove(files[i].name) == 0);
	rmdir(root);
}

static const struct {
	const char *label;
	const char *path;
	const char *want;
} lists[] = {
	{ "sorted, each once, executable files only", "one:two",
	  "aa bb c@d.e z " },
	{ "a folder that is not there is empty", "no:one", "aa bb " },
	{ "empty parts are left out", "::one::", "aa bb " },
	{ "no folder", "", "" },
	{ "a file is no folder", "one/aa", "" },
};

static void
check_lists(void)
{
	for (size_t i = 0; i < COUNT(lists); i++) {
		char **list = NULL, got[256] = "";
		const int rc = catalog_list(lists[i].path, &list);

		CHECK_INT(lists[i].label, 0, rc);
		for (char **id = list; id && *id; id++) {
			strcat(strcat(got, *id), " ");
			free(*id);
		}
		CHECK("there is a list", list);
		free(list);
		CHECK_STR(lists[i].label, lists[i].want, got);
	}
}

static const struct {
	const char *label;
	const char *path, *id;
	int want;
	const char *file;
} finds[] = {
	{ "the first folder counts", "one:two", "bb", 0, "one/bb" },
	{ "or the next that has it", "one:two", "z", 0, "two/z" },
	{ "in none", "one:two", "y", -ENOENT, NULL },
	{ "not executable", "two", "plain", -ENOENT, NULL },
	{ "a folder is no agent", "two", "folder", -ENOENT, NULL },
	{ "no folder at all", "", "aa", -ENOENT, NULL },
};

static void
check_finds(void)
{
	for (size_t i = 0; i < COUNT(finds); i++) {
		_drop_(freep) char *file = NULL;

		CHECK_INT(finds[i].label, finds[i].want,
		    catalog_find(finds[i].path, finds[i].id, &file));
		CHECK_STR(finds[i].label, finds[i].file, file);
	}
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(ids); i++)
		CHECK_INT(ids[i].id, ids[i].valid,
		    agent_id_valid(ids[i].id, strlen(ids[i].id)));
	CHECK("a NUL is no letter", !agent_id_valid("a\0b", 3));
	tree_make();
	check_lists();
	check_finds();
	tree_remove();
	return TEST_RESULT();
}
