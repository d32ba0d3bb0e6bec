/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole files and buffers from a kernel that gives them out in crumbs. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/drop.h"
#include "check.h"

/* In place of the C library's: at most "most" bytes a call, every second call
 * is interrupted, and the call number "fail" (from 1) fails. */
static struct {
	size_t most;
	unsigned calls, fail;
	bool interrupts;
	void (*before)(int fd);		/* of the first call */
} kernel = { SIZE_MAX, 0, 0, false, NULL };

static ssize_t
crumb(long number, int fd, uintptr_t buf, size_t n)
{
	kernel.calls++;
	if (kernel.before && kernel.calls == 1)
		kernel.before(fd);
	if (kernel.interrupts && kernel.calls % 2) {
		errno = EINTR;
		return -1;
	}
	if (kernel.calls == kernel.fail) {
		errno = EIO;
		return -1;
	}
	return syscall(number, fd, buf, n < kernel.most ? n : kernel.most);
}

ssize_t
read(int fd, void *buf, size_t n)
{
	return crumb(SYS_read, fd, (uintptr_t)buf, n);
}

ssize_t
write(int fd, const void *buf, size_t n)
{
	return crumb(SYS_write, fd, (uintptr_t)buf, n);
}

static void
kernel_set(size_t most, bool interrupts, unsigned fail)
{
	kernel.most = most;
	kernel.interrupts = interrupts;
	kernel.fail = fail;
	kernel.calls = 0;
	kernel.before = NULL;
}

static int
memory(const char *text)
{
	const int fd = memfd_create("text", MFD_CLOEXEC);

	CHECK("a file", fd >= 0);
	CHECK("has the text", pwrite(fd, text, strlen(text), 0) ==
	    (ssize_t)strlen(text));
	return fd;
}

static const struct {
	const char *label;
	size_t most, ask;
	bool interrupts;
	unsigned fail;
	ssize_t want;
} reads[] = {
	{ "all at once", SIZE_MAX, 10, false, 0, 10 },
	{ "byte by byte", 1, 10, false, 0, 10 },
	{ "through interruptions", 3, 10, true, 0, 10 },
	{ "no more than asked for", 4, 7, false, 0, 7 },
	{ "up to the end of the file", SIZE_MAX, 99, false, 0, 10 },
	{ "nothing", SIZE_MAX, 0, false, 0, 0 },
	{ "an error in the middle", 4, 10, false, 2, -EIO },
};

static void
check_reads(void)
{
	for (size_t i = 0; i < COUNT(reads); i++) {
		_drop_(closep) int fd = memory("0123456789");
		char got[100] = "";

		kernel_set(reads[i].most, reads[i].interrupts, reads[i].fail);
		CHECK_INT(reads[i].label, reads[i].want,
		    read_all(fd, got, reads[i].ask));
		if (reads[i].want > 0)
			CHECK(reads[i].label, memcmp(got, "0123456789",
			    (size_t)reads[i].want) == 0);
	}
	CHECK_INT("no file", -EBADF, read_all(-1, &(char){ 0 }, 1));
}

static const struct {
	const char *label;
	size_t most;
	bool interrupts;
	unsigned fail;
	int want;
	const char *file;
} writes[] = {
	{ "all at once", SIZE_MAX, false, 0, 0, "0123456789" },
	{ "byte by byte", 1, false, 0, 0, "0123456789" },
	{ "through interruptions", 3, true, 0, 0, "0123456789" },
	{ "an error in the middle", 4, false, 2, -EIO, "0123" },
};

static void
check_writes(void)
{
	for (size_t i = 0; i < COUNT(writes); i++) {
		_drop_(closep) int fd = memory("");
		char got[100] = "";

		kernel_set(writes[i].most, writes[i].interrupts,
		    writes[i].fail);
		CHECK_INT(writes[i].label, writes[i].want,
		    write_all(fd, "0123456789", 10));
		CHECK(writes[i].label, pread(fd, got, sizeof got, 0) >= 0);
		CHECK_STR(writes[i].label, writes[i].file, got);
	}
}

/* The size is a hint only: see first_guess. */
static void
grow_on_read(int fd)
{
	CHECK("grows", ftruncate(fd, 9000) == 0);
}

static void
shrink_on_read(int fd)
{
	CHECK("shrinks", ftruncate(fd, 5) == 0);
}

static const struct {
	const char *label;
	size_t size, max;
	void (*before)(int fd);
	int want;
	size_t len;
} slurps[] = {
	{ "an empty file", 0, 100, NULL, 0, 0 },
	{ "exactly the limit", 100, 100, NULL, 0, 100 },
	{ "one byte over the limit", 101, 100, NULL, -EFBIG, 0 },
	{ "an empty file under a limit of nothing", 0, 0, NULL, 0, 0 },
	{ "a byte over a limit of nothing", 1, 0, NULL, -EFBIG, 0 },
	{ "around a page: 4095", 4095, 1 << 20, NULL, 0, 4095 },
	{ "around a page: 4096", 4096, 1 << 20, NULL, 0, 4096 },
	{ "around a page: 4097", 4097, 1 << 20, NULL, 0, 4097 },
	{ "many pages", 1000000, 1 << 20, NULL, 0, 1000000 },
	{ "a file that grows meanwhile", 10, 10000, grow_on_read, 0, 9000 },
	{ "that grows over the limit", 10, 8999, grow_on_read, -EFBIG, 0 },
	{ "a file that shrinks meanwhile", 9000, 9000, shrink_on_read, 0, 5 },
};

static void
check_slurps(void)
{
	for (size_t i = 0; i < COUNT(slurps); i++) {
		_drop_(closep) int fd = memory("");
		_drop_(freep) char *text = NULL;
		size_t len = 0;

		CHECK("size", ftruncate(fd, (off_t)slurps[i].size) == 0);
		kernel_set(SIZE_MAX, false, 0);
		kernel.before = slurps[i].before;
		CHECK_INT(slurps[i].label, slurps[i].want,
		    file_slurp(fd, slurps[i].max, &text, &len));
		CHECK_INT(slurps[i].label, slurps[i].len, len);
		CHECK("what failed has no text", !text == !!slurps[i].want);
		CHECK("the text ends", !text || text[len] == '\0');
	}
}

static const struct {
	const char *label;
	off_t said;
	size_t most;
	unsigned calls;
} sized[] = {
	{ "the right size: one look", 10, SIZE_MAX, 1 },
	{ "in pieces, to the last", 10, 3, 4 },
	{ "a file that has grown", 4, SIZE_MAX, 3 },
	{ "one that has shrunk", 20, SIZE_MAX, 2 },
	{ "a size that is not known", 0, SIZE_MAX, 2 },
	{ "nor is it below zero", -1, SIZE_MAX, 2 },
};

static void
check_sized(void)
{
	for (size_t i = 0; i < COUNT(sized); i++) {
		_drop_(closep) int fd = memory("0123456789");
		_drop_(freep) char *text = NULL;

		kernel_set(sized[i].most, false, 0);
		CHECK_INT(sized[i].label, 0, file_slurp_sized(fd,
		    sized[i].said, 100, &text, NULL));
		CHECK_STR(sized[i].label, "0123456789", text);
		CHECK_INT(sized[i].label, sized[i].calls, kernel.calls);
	}
}

static char root[] = "/tmp/file-test-XXXXXX";

/* A socket as a file: nothing that can be opened. */
static void
put_socket(const char *path)
{
	_drop_(closep) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_un at = { .sun_family = AF_UNIX };

	snprintf(at.sun_path, sizeof at.sun_path, "%s", path);
	CHECK(path, bind(fd, (struct sockaddr *)&at, sizeof at) == 0);
}

static void
tree_make(void)
{
	_drop_(closep) int fd = -1;

	CHECK("folder", mkdtemp(root) && chdir(root) == 0);
	kernel_set(SIZE_MAX, false, 0);
	fd = open("text", O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
	CHECK("text", write_all(fd, "a\0b", 3) == 0);
	CHECK("folder", mkdir("folder", 0755) == 0);
	CHECK("fifo", mkfifo("fifo", 0644) == 0);
	CHECK("link", symlink("text", "link") == 0);
	CHECK("dangling", symlink("gone", "dangling") == 0);
	CHECK("loop", symlink("loop", "loop") == 0);
	put_socket("socket");
}

static void
tree_remove(void)
{
	static const char *const names[] = { "text", "folder", "fifo", "link",
		"dangling", "loop", "socket" };

	for (size_t i = 0; i < COUNT(names); i++)
		CHECK(names[i], remove(names[i]) == 0);
	rmdir(root);
}

/* Nothing here waits: a test that hangs has failed. */
static const struct {
	const char *path;
	int want;
} opens[] = {
	{ "text", 0 },
	{ "link", 0 },
	{ "gone", -ENOENT },
	{ "dangling", -ENOENT },
	{ "", -ENOENT },
	{ "loop", -ELOOP },
	{ "text/below", -ENOTDIR },
	{ "folder", -EISDIR },
	{ ".", -EISDIR },
	{ "fifo", -EINVAL },
	{ "/dev/null", -EINVAL },
	{ "/dev/zero", -EINVAL },
	{ "socket", -ENXIO },
};

static void
check_opens(void)
{
	for (size_t i = 0; i < COUNT(opens); i++) {
		_drop_(closep) int fd = file_open(AT_FDCWD, opens[i].path,
		    NULL);
		_drop_(freep) char *text = NULL;

		CHECK_INT(opens[i].path, opens[i].want, fd < 0 ? fd : 0);
		CHECK_INT(opens[i].path, opens[i].want,
		    file_read(opens[i].path, 100, &text));
		CHECK("no other program gets it", fd < 0 ||
		    fcntl(fd, F_GETFD) & FD_CLOEXEC);
	}
}

static void
check_relative(void)
{
	_drop_(closep) int dir = open("folder", O_PATH | O_CLOEXEC);
	_drop_(closep) int fd = -1;
	struct stat st;

	CHECK_INT("a name is relative to the folder", -ENOENT,
	    file_open(dir, "text", NULL));
	fd = file_open(dir, "../text", &st);
	CHECK("and leads out of it", fd >= 0);
	CHECK_INT("what was opened is described", 3, st.st_size);
}

/* A lock is of the open file: two of the same process keep each other out. */
static void
check_lock(void)
{
	char path[] = "/tmp/file-test-XXXXXX";
	int first = mkstemp(path), second = open(path, O_RDWR | O_CLOEXEC);

	CHECK_INT("nobody has it", 0, file_lock(first, 0));
	CHECK_INT("somebody has it", -EBUSY, file_lock(second, 0));
	close(first);
	CHECK_INT("it goes with who had it", 0, file_lock(second, 0));
	CHECK_INT("what cannot be locked", -EBADF, file_lock(-1, 9));
	close(second);
	unlink(path);
}

int
main(void)
{
	check_reads();
	check_writes();
	check_slurps();
	check_sized();
	tree_make();
	check_opens();
	check_relative();
	tree_remove();
	check_lock();
	return TEST_RESULT();
}
