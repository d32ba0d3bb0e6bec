/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"

bool
file_cannot(int err)
{
	return err == -ENOMEM || err == -EMFILE || err == -ENFILE;
}

ssize_t
read_all(int fd, void *buf, size_t n)
{
	char *at = buf;
	size_t done = 0;

	while (done < n) {
		const ssize_t got = read(fd, at + done, n - done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0)
			break;
		done += (size_t)got;
	}
	return (ssize_t)done;
}

int
write_all(int fd, const void *buf, size_t n)
{
	const char *at = buf;

	while (n) {
		const ssize_t put = write(fd, at, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -errno;
		at += put;
		n -= (size_t)put;
	}
	return 0;
}

static int
open_regular(int dir, const char *path, int flags, struct stat *st)
{
	_drop_(closep) int fd = -1;
	struct stat local;
	int out;

	if (!st)
		st = &local;
	/* O_NONBLOCK: a fifo put in our way must not stop a login. */
	fd = openat(dir, path,
	    O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | flags);
	if (fd < 0 || fstat(fd, st) < 0)
		return -errno;
	if (S_ISDIR(st->st_mode))
		return -EISDIR;
	if (!S_ISREG(st->st_mode))
		return -EINVAL;

	out = fd;
	fd = -1;
	return out;
}

int
file_open(int dir, const char *path, struct stat *st)
{
	return open_regular(dir, path, 0, st);
}

int
file_open_itself(int dir, const char *path, struct stat *st)
{
	return open_regular(dir, path, O_NOFOLLOW, st);
}

/* Room for size bytes and one more, by which a longer file is noticed. */
static size_t
first_guess(off_t size, size_t max)
{
	const size_t room = size > 0 ? (size_t)size + 1 : 4096;

	return room <= max ? room : max + 1;
}

/* Into text, grown by doubling as long as the end of file does not come. A
 * file that gave all the bytes that it was said to have is at its end. */
static ssize_t
read_growing(int fd, off_t size, size_t max, char **text)
{
	size_t room = first_guess(size, max), have = 0;

	for (;;) {
		char *more = realloc(*text, room + 1);
		ssize_t got;

		if (!more)
			return -ENOMEM;
		*text = more;
		got = read(fd, more + have, room - have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		have += (size_t)got;
		if (have > max)
			return -EFBIG;
		if (got == 0 || (size > 0 && have == (size_t)size))
			return (ssize_t)have;
		if (have == room)
			room = room <= max / 2 ? room * 2 : max + 1;
	}
}

int
file_slurp_sized(int fd, off_t size, size_t max, char **out, size_t *len)
{
	_drop_(freep) char *text = NULL;
	const ssize_t have = read_growing(fd, size, max, &text);

	if (have < 0)
		return (int)have;
	text[have] = '\0';
	if (len)
		*len = (size_t)have;
	*out = TAKE(text);
	return 0;
}

int
file_slurp(int fd, size_t max, char **out, size_t *len)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -errno;
	return file_slurp_sized(fd, st.st_size, max, out, len);
}

int
file_read(const char *path, size_t max, char **out)
{
	_drop_(closep) int fd = file_open(AT_FDCWD, path, NULL);

	if (fd < 0)
		return fd;
	return file_slurp(fd, max, out, NULL);
}

int
file_lock(int fd, unsigned patience)
{
	const struct timespec step = { 0, 10000000 };

	while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return -errno;
		if (patience-- == 0)
			return -EBUSY;
		nanosleep(&step, NULL);
	}
	return 0;
}
