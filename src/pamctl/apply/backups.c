/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/backups.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/drop.h"
#include "pamctl/apply/copy.h"
#include "pamctl/apply/journal.h"
#include "pamctl/pamctl.h"

static const struct {
	const char *name;
	mode_t mode;
} steps[] = {
	{ "var", 0755 },
	{ "lib", 0755 },
	{ "usher", 0755 },
	{ "apply", 0700 },
};

static int
make_way(const char *root, struct folder *out)
{
	struct folder at, next;
	int rc = folder_open(root, "/", &at);

	for (size_t i = 0; i < sizeof steps / sizeof steps[0] && rc == 0; i++) {
		rc = folder_make(&at, steps[i].name, steps[i].mode, &next);
		if (rc == 0) {
			folder_close(&at);
			at = next;
		}
	}
	if (rc == 0)
		*out = at;
	else
		folder_close(&at);
	return rc;
}

/* What is kept here gets into /etc again. */
static int
trust(const struct folder *dir)
{
	struct stat st;

	if (fstat(dir->fd, &st) < 0)
		return folder_complain(dir, NULL, -errno);
	if (st.st_uid != 0 || st.st_mode & 077)
		return fail(STATUS_PRIVILEGE, "%s: not root's alone",
		    dir->path);
	return 0;
}

static int
lock(struct backups *s, bool wait)
{
	const int how = LOCK_EX | (wait ? 0 : LOCK_NB);
	int rc;

	s->lock = openat(s->dir.fd, ".lock",
	    O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (s->lock < 0)
		return folder_complain(&s->dir, ".lock", -errno);
	do
		rc = flock(s->lock, how);
	while (rc < 0 && errno == EINTR);
	if (rc < 0 && errno == EWOULDBLOCK)
		return fail(STATUS_AGAIN, "%s: another apply is at work",
		    s->dir.path);
	return rc < 0 ? folder_complain(&s->dir, ".lock", -errno) : 0;
}

int
backups_open(const char *root, bool wait, struct backups *out)
{
	struct backups s = { root, FOLDER_NONE, -1 };
	int rc = make_way(root, &s.dir);

	if (rc == 0)
		rc = trust(&s.dir);
	if (rc == 0)
		rc = lock(&s, wait);
	if (rc)
		backups_close(&s);
	else
		*out = s;
	return rc;
}

int
backups_add(const struct backups *s, char id[BACKUP_ID], struct folder *out)
{
	const time_t now = time(NULL);
	struct tm tm;
	size_t len;

	gmtime_r(&now, &tm);
	len = strftime(id, BACKUP_ID, "%Y%m%dT%H%M%SZ", &tm);
	for (unsigned n = 2; mkdirat(s->dir.fd, id, 0700) < 0; n++) {
		if (errno != EEXIST)
			return folder_complain(&s->dir, id, -errno);
		snprintf(id + len, BACKUP_ID - len, ".%02u", n);
	}
	return folder_enter(&s->dir, id, out);
}

int
backups_ids(const struct backups *s, struct names *out)
{
	struct names all = { 0 };
	int rc = folder_names(&s->dir, &all);
	size_t to = 0;

	if (rc)
		return rc;
	for (size_t i = 0; i < all.count; i++) {
		if (*all.name[i] == '.')
			free(all.name[i]);
		else
			all.name[to++] = all.name[i];
	}
	all.count = to;
	*out = all;
	return 0;
}

/* Whether nothing is left to be done for one. */
static bool
is_over(const struct backups *s, const char *id)
{
	_drop_(folder_close) struct folder in = FOLDER_NONE;
	_drop_(journal_free) struct journal j = { 0 };

	if (folder_enter(&s->dir, id, &in) != 0)
		return false;
	return journal_read(&in, &j) == 0 &&
	    (j.state == STATE_KEPT || j.state == STATE_RESTORED);
}

int
backups_prune(const struct backups *s, size_t keep)
{
	_drop_(names_free) struct names ids = { 0 };
	int rc = backups_ids(s, &ids);

	for (size_t i = 0; i + keep < ids.count && rc == 0; i++) {
		if (!is_over(s, ids.name[i]))
			continue;
		printf("%s: removed\n", ids.name[i]);
		rc = remove_item(&s->dir, ids.name[i]);
	}
	return rc;
}

void
backups_close(struct backups *s)
{
	folder_close(&s->dir);
	if (s->lock >= 0)
		close(s->lock);
	*s = BACKUPS_NONE;
}
