/* SPDX-License-Identifier: BSD-2-Clause */
/* Which file of which directory counts, and what hides it: C-2, C-3, C-4. */
#include "policy/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/watch.h"
#include "check.h"
#include "policy/test_show.h"

/* The test's own folder, by a name that does not change. */
#define CONF "/proc/self/cwd/conf"

enum kind { TEXT, FOLDER, FIFO, LINK };

struct place_of {
	const char *path;
	const char *text;	/* or where a link points */
	enum kind kind;
};

/* "looked at" are the files that a later change of would make a difference,
 * with - if they are not there. */
static const struct {
	const char *label, *service;
	struct place_of files[8];
	const char *want, *looked_at;
} rows[] = {
	{ "the first directory that has it: C-3", "svc",
	  { { "etc/svc", "auth required 1.so\n" },
	    { "lib/svc", "auth required 2.so\n" },
	    { "vendor/other", "account required 3.so\n" } },
	  "auth etc/svc:1 required 1.so\n"
	  "account vendor/other:1 required 3.so\n",
	  "etc/svc -etc/other -lib/other vendor/other " },
	{ "or the next", "svc",
	  { { "etc/x", "" }, { "lib/svc", "auth required 2.so\n" },
	    { "vendor/svc", "auth required 3.so\n" }, { "etc/other", "" } },
	  "auth lib/svc:1 required 2.so\n",
	  "-etc/svc lib/svc etc/other " },
	{ "or the last", "svc",
	  { { "vendor/svc", "auth required 3.so\n" }, { "etc/other", "" } },
	  "auth vendor/svc:1 required 3.so\n",
	  "-etc/svc -lib/svc vendor/svc etc/other " },
	{ "includes by the same order", "svc",
	  { { "etc/svc", "auth include inc\n" },
	    { "lib/inc", "auth required 2.so\n" }, { "etc/other", "" } },
	  "auth lib/inc:1 required 2.so\n",
	  "etc/svc -etc/inc lib/inc etc/other " },
	{ "names with a slash below them", "svc",
	  { { "etc/svc", "auth include sub/inc\n" }, { "etc/other", "" },
	    { "lib/sub", "", FOLDER },
	    { "lib/sub/inc", "auth required 2.so\n" } },
	  "auth lib/sub/inc:1 required 2.so\n",
	  "etc/svc -etc/sub/inc lib/sub/inc etc/other " },
	{ "links are followed", "svc",
	  { { "etc/svc", "../lib/x", LINK },
	    { "lib/x", "auth required 2.so\n" }, { "etc/other", "" } },
	  "auth etc/svc:1 required 2.so\n", "etc/svc etc/other " },
	{ "one that leads nowhere is no file", "svc",
	  { { "etc/svc", "gone", LINK },
	    { "lib/svc", "auth required 2.so\n" }, { "etc/other", "" } },
	  "auth lib/svc:1 required 2.so\n",
	  "-etc/svc lib/svc etc/other " },
	{ "a file in the place of a directory has none", "svc",
	  { { "etc", "" }, { "lib/svc", "auth required 2.so\n" },
	    { "lib/other", "" } },
	  "auth lib/svc:1 required 2.so\n",
	  "-etc/svc lib/svc -etc/other lib/other " },

	/* CVE-2014-3879: what cannot be used hides what comes later. */
	{ "a folder hides", "svc",
	  { { "etc/svc", "", FOLDER }, { "lib/svc", "auth required 2.so\n" } },
	  "refused\n! error reading PAM configuration file: service svc: "
	  "Is a directory at etc/svc\n", "" },
	{ "a fifo does, and is not waited for", "svc",
	  { { "etc/svc", "", FIFO }, { "lib/svc", "auth required 2.so\n" } },
	  "refused\n! error reading PAM configuration file: service svc: "
	  "Invalid argument at etc/svc\n", "" },
	{ "a device does", "svc",
	  { { "etc/svc", "/dev/zero", LINK },
	    { "lib/svc", "auth required 2.so\n" } },
	  "refused\n! error reading PAM configuration file: service svc: "
	  "Invalid argument at etc/svc\n", "" },
	{ "a link to itself does", "svc",
	  { { "etc/svc", "svc", LINK }, { "lib/svc", "auth required 2.so\n" } },
	  "refused\n! error reading PAM configuration file: service svc: "
	  "Too many levels of symbolic links at etc/svc\n", "" },
	{ "what is not to be trusted does", "svc",
	  { { "etc/svc", "distrust\n" },
	    { "lib/svc", "auth required 2.so\n" } },
	  "refused\n! error reading PAM configuration file: service svc: "
	  "Operation not permitted at etc/svc\n", "etc/svc " },
	{ "for an include it is a refusal: C-34", "svc",
	  { { "etc/svc", "auth include inc\nauth optional 1.so\n" },
	    { "etc/inc", "", FOLDER }, { "etc/other", "" },
	    { "lib/inc", "auth required 2.so\n" } },
	  "auth etc/svc:1 (bad bad bad) (refuse)\n"
	  "auth etc/svc:2 optional 1.so\n! _pam_load_conf_file: unable to "
	  "open config for inc: Is a directory at etc/svc:1\n",
	  "etc/svc etc/other " },
	{ "an absolute name is that file: C-4", "svc",
	  { { "etc/svc", "auth include /dev/null\n" }, { "etc/other", "" },
	    { "lib/dev", "", FOLDER }, { "lib/dev/null", "" } },
	  "auth etc/svc:1 (bad bad bad) (refuse)\n! _pam_load_conf_file: "
	  "unable to open config for /dev/null: Invalid argument at "
	  "etc/svc:1\n", "etc/svc etc/other " },

	{ "pam.conf counts where no directory is: C-2", "svc",
	  { { "conf", "svc auth required 4.so\n" } },
	  "auth " CONF ":1 required 4.so\n", CONF " " },
	{ "any of the three, and it is not read", "svc",
	  { { "conf", "svc auth required 4.so\n" }, { "vendor/x", "" } },
	  "refused\n! no policy for service: svc\n",
	  "-etc/svc -lib/svc -vendor/svc -etc/other -lib/other "
	  "-vendor/other " },
	{ "there is nothing", "svc", { { NULL } },
	  "refused\n! no policy for service: svc\n", "-" CONF " " },
};

static char root[] = "/tmp/tree-test-XXXXXX";

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	return ftw->level ? remove(path) : 0;
}

static void
clear(void)
{
	CHECK("cleared", nftw(".", remove_one, 8, FTW_DEPTH | FTW_PHYS) == 0);
}

static bool
make(const struct place_of *p)
{
	_drop_(closep) int fd = -1;
	char dir[16];
	const char *slash = strchr(p->path, '/');

	if (slash) {
		snprintf(dir, sizeof dir, "%.*s", (int)(slash - p->path),
		    p->path);
		mkdir(dir, 0755);
	}
	switch (p->kind) {
	case FOLDER:
		return mkdir(p->path, 0755) == 0;
	case FIFO:
		return mkfifo(p->path, 0644) == 0;
	case LINK:
		return symlink(p->text, p->path) == 0;
	case TEXT:
		break;
	}
	fd = open(p->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
	return fd >= 0 && write_all(fd, p->text, strlen(p->text)) == 0;
}

/* Look into the open file; it is the one that is going to be read. */
static int
distrust(void *ctx, const char *path, const struct stat *st)
{
	(void)path;
	(*(unsigned *)ctx)++;
	return st->st_size == sizeof "distrust\n" - 1 ? -EPERM : 0;
}

static void
check_watch(const char *label, const char *want, const struct watch *w)
{
	char text[512] = "";

	for (size_t i = 0; i < w->count; i++) {
		const size_t used = strlen(text);

		snprintf(text + used, sizeof text - used, "%s%s ",
		    w->item[i].there ? "" : "-", w->item[i].path);
	}
	CHECK_STR(label, want, text);
}

static void
check_row(size_t i, unsigned flags)
{
	unsigned asked = 0;
	struct watch watch = { 0 };
	const struct policy_tree tree = {
		.dir = { "etc", "lib", "vendor" }, .single = CONF,
		.trust = distrust, .ctx = &asked, .watch = &watch,
	};
	_drop_(freep) char *got = NULL;
	struct policy *p = NULL;

	for (size_t k = 0; rows[i].files[k].path; k++)
		CHECK(rows[i].files[k].path, make(&rows[i].files[k]));
	CHECK_INT("loaded", 0, tree_load(&tree, rows[i].service, flags, &p));
	got = show_policy(p);
	CHECK_STR(rows[i].label, rows[i].want, got);
	check_watch(rows[i].label, rows[i].looked_at, &watch);
	policy_free(p);
	watch_free(&watch);
	clear();
}

/* A confdir is all there is: no other directory, and no pam.conf. */
static void
check_confdir(void)
{
	struct policy_tree tree;

	tree_confdir(&tree, "mine");
	CHECK_STR("it", "mine", tree.dir[0]);
	CHECK("alone", !tree.dir[1] && !tree.single);
}

static void
check_system(void)
{
	static const char *const dirs[] = { "/etc/pam.d", "/usr/lib/pam.d",
		VENDORDIR "/pam.d", NULL };
	struct policy_tree tree;

	tree_system(&tree);
	for (size_t i = 0; i < COUNT(dirs); i++)
		CHECK_STR("in this order", dirs[i], tree.dir[i]);
	CHECK_STR("or", "/etc/pam.conf", tree.single);
}

int
main(void)
{
	CHECK("folder", mkdtemp(root) && chdir(root) == 0);
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(i, 0);
	/* pam.conf has the same to say without the lines of others. */
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(i, POLICY_OWN_LINES);
	rmdir(root);
	check_confdir();
	check_system();
	return TEST_RESULT();
}
