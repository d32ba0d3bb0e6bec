/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/utmp_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utmp.h>
#include <utmpx.h>

#include "base/drop.h"
#include "base/file.h"
#include "record/login.h"
#include "record/self.h"

#define UTMP_MAX (16 << 20)	/* of a file: longer is not read */
#define PATIENCE 25		/* times 2 ms */

/* ---- Files ---- */

struct view {
	int fd;
	bool locked;
};

/* Given back by name: a child that another thread has forked meanwhile has the
 * descriptor as well. */
static void
view_drop(struct view *v)
{
	struct flock none = { .l_type = F_UNLCK, .l_whence = SEEK_SET };

	if (v->locked)
		fcntl(v->fd, F_OFD_SETLK, &none);
	closep(&v->fd);
}

/* The lock that everybody takes, but held by the descriptor: it also keeps out
 * other threads, and no close of theirs takes it away. */
static bool
lock(int fd)
{
	const struct timespec step = { 0, 2000000 };

	for (int i = 0; i < PATIENCE; i++) {
		struct flock all = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

		if (fcntl(fd, F_OFD_SETLK, &all) == 0)
			return true;
		if (errno != EAGAIN && errno != EACCES)
			return false;
		nanosleep(&step, NULL);
	}
	return false;
}

/* Whoever may read the file can lock it for ever, and must not make anybody
 * invisible by that: after a while it is written all the same. */
static int
view_open(const char *path, struct view *v)
{
	struct stat st;

	v->fd = open(path,
	    O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (v->fd < 0 || fstat(v->fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode) || st.st_uid != geteuid())
		return -EPERM;
	v->locked = lock(v->fd);
	return 0;
}

/* What of a record was written before the space ran out would shift all that
 * follow: it is cut off, by who leaves it or by the next. */
static int
append(const struct view *v, const struct utmpx *u)
{
	off_t whole;
	struct stat st;
	ssize_t n;
	int rc;

	if (fstat(v->fd, &st) < 0 || fcntl(v->fd, F_SETFL, O_APPEND) < 0)
		return -errno;
	whole = st.st_size - st.st_size % (off_t)sizeof *u;
	if (whole != st.st_size && !v->locked)
		return -EBUSY;
	if (whole != st.st_size && ftruncate(v->fd, whole) < 0)
		return -errno;
	n = write(v->fd, u, sizeof *u);
	if (n == (ssize_t)sizeof *u)
		return 0;
	rc = n < 0 ? -errno : -ENOSPC;
	if (n > 0 && v->locked && ftruncate(v->fd, whole) < 0)
		return -errno;
	return rc;
}

/* In the place of what is there. */
static int
put_at(const struct view *v, const void *bytes, size_t n, off_t at)
{
	const ssize_t written = pwrite(v->fd, bytes, n, at);

	if (written < 0)
		return -errno;
	return (size_t)written == n ? 0 : -ENOSPC;
}

/* ---- utmp ---- */

/* All that a file has. */
struct entries {
	char *bytes;
	size_t count;
};

static void
entries_free(struct entries *e)
{
	free(e->bytes);
}

static int
entries_open(const char *path, struct view *v, struct entries *e)
{
	size_t len = 0;
	int rc = view_open(path, v);

	if (rc == 0)
		rc = file_slurp(v->fd, UTMP_MAX, &e->bytes, &len);
	e->count = rc < 0 ? 0 : len / sizeof(struct utmpx);
	return rc;
}

static struct utmpx
entry(const struct entries *e, size_t at)
{
	struct utmpx u;

	memcpy(&u, e->bytes + at * sizeof u, sizeof u);
	return u;
}

/* Whether an entry is what is looked for. */
typedef bool fits_fn(const struct utmpx *entry, const struct utmpx *wanted);

/* The first that fits; their count: none. */
static size_t
find(const struct entries *e, const struct utmpx *wanted, fits_fn *fits)
{
	size_t at = 0;

	for (; at < e->count; at++) {
		const struct utmpx u = entry(e, at);

		if (u.ut_type >= INIT_PROCESS && u.ut_type <= DEAD_PROCESS &&
		    fits(&u, wanted))
			break;
	}
	return at;
}

static bool
is_of_line(const struct utmpx *u, const struct utmpx *wanted)
{
	return strncmp(u->ut_line, wanted->ut_line, sizeof u->ut_line) == 0;
}

/* Two terminals may have one id, as pts/1234 and pts/11234. */
static bool
is_left(const struct utmpx *u, const struct utmpx *wanted)
{
	return strncmp(u->ut_id, wanted->ut_id, sizeof u->ut_id) == 0 &&
	    (u->ut_type == DEAD_PROCESS || !*u->ut_line);
}

int
utmp_enter(const char *path, struct utmpx *u)
{
	_drop_(entries_free) struct entries all = { 0 };
	_drop_(view_drop) struct view v = { -1, false };
	struct utmpx old;
	size_t at;
	const int rc = entries_open(path, &v, &all);

	if (rc < 0)
		return rc;
	at = find(&all, u, is_of_line);
	if (at == all.count)
		at = find(&all, u, is_left);
	if (at == all.count)
		return append(&v, u);
	/* init(8) looks for what it has begun by the id. */
	old = entry(&all, at);
	if (*old.ut_id)
		memcpy(u->ut_id, old.ut_id, sizeof u->ut_id);
	return put_at(&v, u, sizeof *u, (off_t)(at * sizeof *u));
}

static bool
is_of_pid(const struct utmpx *u, const struct utmpx *wanted)
{
	return u->ut_type == USER_PROCESS && is_of_line(u, wanted) &&
	    u->ut_pid == wanted->ut_pid;
}

static bool
is_of_user(const struct utmpx *u, const struct utmpx *wanted)
{
	const struct process opener = { .pid = u->ut_pid };

	return u->ut_type == USER_PROCESS && is_of_line(u, wanted) &&
	    strncmp(u->ut_user, wanted->ut_user, sizeof u->ut_user) == 0 &&
	    (!process_lives(&opener) || process_is_above(&opener));
}

int
utmp_leave(const char *path, const struct login *l, struct utmpx *dead)
{
	_drop_(entries_free) struct entries all = { 0 };
	_drop_(view_drop) struct view v = { -1, false };
	struct login gone = { .line = l->line, .when = l->when };
	struct utmpx old, wanted;
	size_t at;
	const int rc = entries_open(path, &v, &all);

	if (rc < 0)
		return rc;
	login_utmp(l, USER_PROCESS, &wanted);
	at = find(&all, &wanted, l->pid ? is_of_pid : is_of_user);
	if (at == all.count)
		return -ESRCH;
	old = entry(&all, at);
	gone.pid = old.ut_pid;
	login_utmp(&gone, DEAD_PROCESS, dead);
	memcpy(dead->ut_id, old.ut_id, sizeof old.ut_id);
	return put_at(&v, dead, sizeof *dead, (off_t)(at * sizeof *dead));
}

/* ---- The others ---- */

int
utmp_append(const char *path, const struct utmpx *u)
{
	_drop_(view_drop) struct view v = { -1, false };
	const int rc = view_open(path, &v);

	return rc < 0 ? rc : append(&v, u);
}

int
lastlog_put(const char *path, uid_t uid, const struct lastlog *last)
{
	_drop_(view_drop) struct view v = { -1, false };
	const off_t at = (off_t)uid * (off_t)sizeof *last;
	const int rc = view_open(path, &v);

	return rc < 0 ? rc : put_at(&v, last, sizeof *last, at);
}
