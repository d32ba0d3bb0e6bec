/* SPDX-License-Identifier: BSD-2-Clause */
/* An /etc, /run and vendor folder that exist for one process only. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "pamtest.h"

static const struct pamtest_file people[] = {
	{ "/etc/passwd",
	  "root:x:0:0:root:/root:/bin/sh\n"
	  "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n"
	  "alice:x:1000:1000:Alice:/run/home/alice:/bin/sh\n"
	  "bob:x:1001:100:Bob:/run/home/bob:/bin/bash\n" },
	{ "/etc/group",
	  "root:x:0:\nnogroup:x:65534:\nwheel:x:10:bob\nstaff:x:50:alice\n"
	  "users:x:100:\nalice:x:1000:\n" },
	{ "/etc/nsswitch.conf",
	  "passwd: files\ngroup: files\nshadow: files\nnetgroup: files\n" },
	{ "/run/home/alice", .kind = PAMTEST_FOLDER, .uid = 1000, .gid = 1000 },
	{ "/run/home/bob", .kind = PAMTEST_FOLDER, .uid = 1001, .gid = 100 },
};

static void
make_parents(const char *path)
{
	char *copy = strdup(path);

	for (char *p = copy ? strchr(copy + 1, '/') : NULL; p;
	    p = strchr(p + 1, '/')) {
		*p = '\0';
		mkdir(copy, 0755);
		*p = '/';
	}
	free(copy);
}

static bool
put_text(const struct pamtest_file *f)
{
	_drop_(closep) int fd = open(f->path,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	const size_t times = f->times ? f->times : 1;
	const size_t n = f->text ? strlen(f->text) : 0;
	bool ok = fd >= 0;

	for (size_t i = 0; ok && i < times; i++)
		ok = write_all(fd, f->text, n) == 0;
	return ok;
}

static bool
make(const struct pamtest_file *f)
{
	switch (f->kind) {
	case PAMTEST_TEXT:
		return put_text(f);
	case PAMTEST_FOLDER:
		return mkdir(f->path, 0700) == 0;
	case PAMTEST_LINK:
		return symlink(f->text, f->path) == 0;
	case PAMTEST_FIFO:
		return mkfifo(f->path, 0600) == 0;
	}
	return false;
}

bool
pamtest_put(const struct pamtest_file *f)
{
	const mode_t usual = f->kind == PAMTEST_FOLDER ? 0755 : 0644;

	make_parents(f->path);
	if (!make(f))
		return false;
	/* A world without real root has nobody else to give files to. */
	if ((f->uid || f->gid) && lchown(f->path, f->uid, f->gid) < 0 &&
	    errno != EINVAL)
		return false;
	return f->kind == PAMTEST_LINK ||
	    chmod(f->path, f->mode ? f->mode & 0777 : usual) == 0;
}

static bool
put_line(const char *path, const char *text)
{
	_drop_(closep) int fd = open(path, O_WRONLY | O_CLOEXEC);

	return fd >= 0 && write_all(fd, text, strlen(text)) == 0;
}

/* Become root of a user namespace: enough to mount. */
static bool
own_user(void)
{
	const unsigned uid = geteuid(), gid = getegid();
	char map[64];

	if (unshare(CLONE_NEWUSER) < 0)
		return false;
	snprintf(map, sizeof map, "0 %u 1", uid);
	if (!put_line("/proc/self/setgroups", "deny") ||
	    !put_line("/proc/self/uid_map", map))
		return false;
	snprintf(map, sizeof map, "0 %u 1", gid);
	return put_line("/proc/self/gid_map", map);
}

static bool
cover(const char *path)
{
	return mount("none", path, "tmpfs", MS_NOSUID | MS_NODEV,
	    "mode=0755") == 0;
}

/* The vendor folder itself need not exist; what it is in must. */
static bool
cover_vendor(void)
{
	char above[sizeof VENDORDIR] = VENDORDIR;
	char *slash = strrchr(above, '/');

	if (access(VENDORDIR, F_OK) == 0)
		return cover(VENDORDIR);
	*slash = '\0';
	return cover(above) && mkdir(VENDORDIR, 0755) == 0;
}

bool
pamtest_world(void)
{
	if (geteuid() != 0 && !own_user())
		return false;
	if (unshare(CLONE_NEWNS) < 0 ||
	    mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) < 0)
		return false;
	if (!cover("/etc") || !cover("/run") || !cover_vendor())
		return false;
	for (size_t i = 0; i < COUNT(people); i++)
		if (!pamtest_put(&people[i]))
			return false;
	return true;
}
