/* SPDX-License-Identifier: BSD-2-Clause */
#include "lab.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sched.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "lab_module.h"

static char folder[256];
static pid_t maker;
static char *module;		/* the file of it */
static size_t module_size;

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	remove(path);
	return 0;
}

static void
remove_all(void)
{
	free(module);
	if (getpid() == maker && *folder)
		nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static bool
read_module(void)
{
	_drop_(closep) int fd = open(LAB_MODULE, O_RDONLY | O_CLOEXEC);

	return fd >= 0 && file_slurp(fd, 64 << 20, &module, &module_size) == 0;
}

const char *
lab(void)
{
	const char *above = getenv("TMPDIR");

	if (maker)
		return folder;
	snprintf(folder, sizeof folder, "%s/usher-lab.XXXXXX",
	    above ? above : "/tmp");
	if (!read_module()) {
		perror(LAB_MODULE);
		exit(1);
	}
	/* A user that a test becomes has to look into it. */
	if (!mkdtemp(folder) || chmod(folder, 0755) < 0) {
		perror(folder);
		exit(1);
	}
	maker = getpid();
	atexit(remove_all);
	return folder;
}

struct lab_path
lab_path(const char *name)
{
	struct lab_path path;

	snprintf(path.text, sizeof path.text, "%s/%s", lab(), name);
	return path;
}

static bool
write_file(const char *name, int flags, const void *data, size_t n)
{
	_drop_(closep) int fd = open(lab_path(name).text,
	    O_WRONLY | O_CLOEXEC | flags, 0644);

	return fd >= 0 && write_all(fd, data, n) == 0;
}

static bool
put(const char *name, const void *data, size_t n)
{
	char fresh[256];

	snprintf(fresh, sizeof fresh, "%s.new", name);
	return write_file(fresh, O_CREAT | O_TRUNC, data, n) &&
	    rename(lab_path(fresh).text, lab_path(name).text) == 0;
}

bool
lab_put(const char *name, const char *fmt, ...)
{
	_drop_(freep) char *text = NULL;
	va_list args;
	int n;

	va_start(args, fmt);
	n = vasprintf(&text, fmt, args);
	va_end(args);
	return n >= 0 && put(name, text, (size_t)n);
}

bool
lab_overwrite(const char *name, const char *fmt, ...)
{
	_drop_(freep) char *text = NULL;
	va_list args;
	int n;

	va_start(args, fmt);
	n = vasprintf(&text, fmt, args);
	va_end(args);
	return n >= 0 && write_file(name, 0, text, (size_t)n);
}

bool
lab_link(const char *name, const char *target)
{
	char fresh[256];

	snprintf(fresh, sizeof fresh, "%s.new", name);
	unlink(lab_path(fresh).text);
	return symlink(target, lab_path(fresh).text) == 0 &&
	    rename(lab_path(fresh).text, lab_path(name).text) == 0;
}

/* The file of the module with another number in it. */
static char *
module_bytes(unsigned version)
{
	char *bytes = malloc(module_size), *stamp;

	if (!bytes)
		return NULL;
	memcpy(bytes, module, module_size);
	stamp = memmem(bytes, module_size, LAB_MARK, strlen(LAB_MARK));
	if (stamp)
		memcpy(stamp + offsetof(struct lab_stamp, version), &version,
		    sizeof version);
	return bytes;
}

bool
lab_put_module(const char *name, unsigned version)
{
	_drop_(freep) char *bytes = module_bytes(version);

	return bytes && put(name, bytes, module_size);
}

bool
lab_overwrite_module(const char *name, unsigned version)
{
	_drop_(freep) char *bytes = module_bytes(version);

	return bytes && write_file(name, 0, bytes, module_size);
}

bool
lab_folder(const char *name)
{
	struct lab_path path = lab_path(name);
	const size_t above = strlen(lab());

	for (char *p = path.text + above + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		mkdir(path.text, 0755);
		*p = '/';
	}
	return mkdir(path.text, 0755) == 0 || errno == EEXIST;
}

bool
lab_enter(const char *name)
{
	const struct lab_path path = lab_path(name);

	if (chroot(path.text) < 0 && (errno != EPERM ||
	    unshare(CLONE_NEWUSER) < 0 || chroot(path.text) < 0))
		return false;
	*folder = '\0';
	return chdir("/") == 0;
}

void
lab_exit(int status)
{
	fflush(stdout);
	if (LAB_SANITIZED)
		_exit(status);
	exit(status);
}

/* The library does not remember what may be written again within one tick of
 * the file system's clock: only time itself makes a file old. */
void
lab_age(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 30000000 }, NULL);
}
