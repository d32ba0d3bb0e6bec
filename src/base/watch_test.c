/* SPDX-License-Identifier: BSD-2-Clause */
/* Files that were looked at, and what may happen to them afterwards. */
#include "base/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"

#define YEAR 31556952L

/* In place of the C library's: stands where a row wants it, or goes. */
static struct timespec stands;

int
clock_gettime(clockid_t id, struct timespec *ts)
{
	if (!stands.tv_sec)
		return (int)syscall(SYS_clock_gettime, id, ts);
	*ts = stands;
	return 0;
}

static const struct {
	const char *label;
	struct timespec changed, looked;
	bool recent;
} ages[] = {
	{ "just now", { 1000, 1 }, { 1000, 1 }, true },
	{ "within a tick", { 1000, 1 }, { 1000, 20000000 }, true },
	{ "within one, over a second", { 1000, 990000000 }, { 1001, 0 },
	  true },
	{ "a tick ago", { 1000, 1 }, { 1000, 20000001 }, false },
	{ "within a tick of a clock without parts of a second", { 1000, 0 },
	  { 1002, 19999999 }, true },
	{ "a tick of such a clock ago", { 1000, 0 }, { 1002, 20000000 },
	  false },
	{ "long ago", { 1000, 1 }, { 1000 + 10 * YEAR, 0 }, false },
	{ "at the beginning of time", { 0, 0 }, { 60 * YEAR, 0 }, false },
	{ "in the future", { 2000, 1 }, { 1000, 0 }, true },
	{ "centuries ahead", { 476 * YEAR, 1 }, { 56 * YEAR, 0 }, true },
	{ "centuries ago", { 0, 1 }, { 476 * YEAR, 0 }, false },
};

static void
check_ages(void)
{
	for (size_t i = 0; i < COUNT(ages); i++) {
		const struct stat st = { .st_ctim = ages[i].changed };
		struct watch w = { 0 };

		stands = ages[i].looked;
		CHECK_INT("noted", 0, watch_add(&w, "x", &st));
		CHECK_INT(ages[i].label, ages[i].recent, w.recent);
		watch_free(&w);
	}
	stands = (struct timespec){ 0 };
}

static void
put(const char *path, const char *text)
{
	_drop_(closep) int fd = open(path,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	CHECK(path, fd >= 0 &&
	    write(fd, text, strlen(text)) == (ssize_t)strlen(text));
}

/* Every file of the test has the same old time, so that none differs by the
 * moment at which it was made alone. */
static void
age(const char *path)
{
	const struct timespec times[2] = { { 1000, 0 }, { 1000, 0 } };

	CHECK(path, utimensat(AT_FDCWD, path, times, 0) == 0);
}

static void
nothing(void)
{
}

static void
look_only(void)
{
	_drop_(closep) int fd = open("file", O_RDONLY | O_CLOEXEC);
	char c;

	CHECK("read", fd >= 0 && read(fd, &c, 1) == 1);
}

static void
other_file(void)
{
	put("unrelated", "x");
}

static void
longer(void)
{
	put("file", "text and more");
}

static void
same_length(void)
{
	put("file", "TEXT");
}

static void
replaced(void)
{
	put("new", "text");
	age("new");
	CHECK("replaced", rename("new", "file") == 0);
}

static void
removed(void)
{
	CHECK("removed", unlink("file") == 0);
}

static void
made_folder(void)
{
	CHECK("a folder now", unlink("file") == 0 && mkdir("file", 0755) == 0);
}

static void
appeared(void)
{
	put("absent", "");
}

static void
link_moved(void)
{
	CHECK("points elsewhere", unlink("link") == 0 &&
	    symlink("absent", "link") == 0);
}

static void
link_target(void)
{
	put("target", "more than before");
}

static void
folder_appeared(void)
{
	CHECK("a folder", mkdir("absent", 0755) == 0);
}

static const struct {
	const char *label;
	void (*change)(void);
	bool holds;
	bool folder_holds;	/* where only that of the files is watched */
} changes[] = {
	{ "nothing happened", nothing, true, true },
	{ "it was read", look_only, true, true },
	{ "something else was made", other_file, true, false },
	{ "it is longer", longer, false, true },
	{ "it is as long, and not as old", same_length, false, true },
	{ "another file of the same size and age", replaced, false, false },
	{ "it is gone", removed, false, false },
	{ "it is a folder", made_folder, false, false },
	{ "what was not there is", appeared, false, false },
	{ "a folder that was not there is", folder_appeared, false, false },
	{ "a link leads elsewhere", link_moved, false, false },
	{ "it leads to a file that changed", link_target, false, true },
};

static void
note(struct watch *w, const char *path)
{
	struct stat st;
	const bool there = stat(path, &st) == 0;

	CHECK_INT(path, 0, watch_add(w, path, there ? &st : NULL));
}

static void
check_folder(struct watch *w, const char *path, const char *folder,
    size_t count)
{
	const struct watched *noted = watch_folder(w, path);

	CHECK_STR(path, folder, noted ? noted->path : NULL);
	CHECK_INT(path, (long)count, (long)w->count);
}

static void
note_folders(struct watch *w)
{
	check_folder(w, "file", ".", 1);
	check_folder(w, "link", ".", 1);
	check_folder(w, "absent/below", "absent", 2);
	check_folder(w, "absent/aside", "absent", 2);
	check_folder(w, "abs/file", "abs", 3);
	check_folder(w, "/file", "/", 4);
	check_folder(w, "/other", "/", 4);
}

static void
clear(void)
{
	static const char *const names[] = { "file", "absent", "target", "link",
		"unrelated", "new" };

	for (size_t i = 0; i < COUNT(names); i++)
		remove(names[i]);
}

static void
check_changes(void)
{
	for (size_t i = 0; i < COUNT(changes); i++) {
		struct watch w = { 0 }, folders = { 0 };

		put("file", "text");
		put("target", "text");
		CHECK("link", symlink("target", "link") == 0);
		age("file");
		age("target");
		age(".");
		note_folders(&folders);
		note(&w, "file");
		note(&w, "absent");
		note(&w, "file/below");
		note(&w, "link");
		CHECK("holds at first", watch_holds(&w));
		changes[i].change();
		CHECK_INT(changes[i].label, changes[i].holds, watch_holds(&w));
		CHECK_INT(changes[i].label, changes[i].folder_holds,
		    watch_holds(&folders));
		watch_free(&w);
		watch_free(&folders);
		clear();
	}
}

int
main(void)
{
	char root[] = "/tmp/watch-test-XXXXXX";
	struct watch none = { 0 };

	CHECK("folder", mkdtemp(root) && chdir(root) == 0);
	check_ages();
	check_changes();
	CHECK("an empty list holds", watch_holds(&none));
	rmdir(root);
	return TEST_RESULT();
}
