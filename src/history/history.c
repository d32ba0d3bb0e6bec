/* SPDX-License-Identifier: BSD-2-Clause */
#include "history/history.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/text.h"
#include "history/db.h"
#include "history/schema.h"
#include "history/update.h"

#define IN_MEMORY ":memory:"

/* What this process may do with the index. */
enum reach { REACH_NOTHING, REACH_READ, REACH_WRITE };

static bool
may(const char *path, int what)
{
	return faccessat(AT_FDCWD, path, what, AT_EACCESS) == 0;
}

/* The folder of the index, made where it is missing and we may. */
static char *
folder_of(const char *database)
{
	const size_t len = (size_t)(text_base(database) - database);
	char *folder = len > 1 ? strndup(database, len - 1) : strdup(".");

	if (folder)
		mkdir(folder, 0755);
	return folder;
}

/* SQLite writes a journal beside the index, and so into its folder. */
static bool
may_write(const char *database)
{
	_drop_(freep) char *folder = folder_of(database);

	return folder && may(folder, W_OK | X_OK) &&
	    (may(database, R_OK | W_OK) || errno == ENOENT);
}

static enum reach
reach_of(const struct history_conf *conf)
{
	if (!conf->database)
		return REACH_NOTHING;
	if (!conf->look && may_write(conf->database))
		return REACH_WRITE;
	return may(conf->database, R_OK) ? REACH_READ : REACH_NOTHING;
}

/* A new index is for whoever may read the log, and nobody else. */
static int
create_file(const struct history_conf *conf)
{
	_drop_(closep) int fd = open(conf->database,
	    O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
	struct stat st;

	if (fd < 0)
		return errno == EEXIST ? 0 : -errno;
	if (stat(conf->log, &st) < 0)
		return 0;
	if (fchown(fd, st.st_uid, st.st_gid) == 0)
		fchmod(fd, st.st_mode & 0640);
	return 0;
}

static void
read_number(void *ctx, sqlite3_stmt *row)
{
	*(int64_t *)ctx = db_number(row, 0);
}

static int
check_version(struct history *h)
{
	int64_t version = -1;
	int rc = db_run(h, DB_VERSION, NULL, 0, read_number, &version);

	if (rc == 0 && version == 0)
		return db_script(h, schema_new);
	return rc == 0 && version != SCHEMA_VERSION ? -EBADMSG : rc;
}

/* The index itself, which takes what is new. */
static int
begin_writing(struct history *h, const char *path)
{
	int rc = db_open(h, path, SQLITE_OPEN_READWRITE);

	/* Room for the parts of an index that a long log reaches. */
	if (rc == 0)
		rc = db_script(h, "PRAGMA cache_size = -65536");
	if (rc == 0)
		rc = db_run(h, DB_BEGIN_WRITE, NULL, 0, NULL, NULL);
	if (rc == 0)
		rc = check_version(h);
	return rc == 0 ? db_script(h, schema_views) : rc;
}

/* The index as it is, and tables beside it. */
static int
begin_reading(struct history *h)
{
	int rc = db_open(h, h->conf.database, SQLITE_OPEN_READONLY);

	if (rc == 0)
		rc = db_run(h, DB_BEGIN, NULL, 0, NULL, NULL);
	if (rc == 0)
		rc = check_version(h);
	if (rc == 0)
		rc = db_script(h, schema_beside);
	return rc == 0 ? db_script(h, schema_views_beside) : rc;
}

/* Whoever was killed while writing left an index that only a writer can read:
 * do without. */
static int
begin_anew(struct history *h)
{
	db_close(h);
	return begin_writing(h, IN_MEMORY);
}

static int
begin(struct history *h)
{
	int rc;

	switch (reach_of(&h->conf)) {
	case REACH_NOTHING:
		return begin_writing(h, IN_MEMORY);
	case REACH_READ:
		rc = begin_reading(h);
		return rc == -EACCES ? begin_anew(h) : rc;
	case REACH_WRITE:
		rc = create_file(&h->conf);
		return rc == 0 ? begin_writing(h, h->conf.database) : rc;
	}
	return -EINVAL;
}

static void
history_freep(struct history **h)
{
	history_free(*h);
}

int
history_open(const struct history_conf *conf, struct history **out)
{
	_drop_(history_freep) struct history *h = calloc(1, sizeof *h);
	int rc;

	if (!h)
		return -ENOMEM;
	h->conf = *conf;
	rc = begin(h);
	if (rc == 0)
		rc = update(h);
	if (rc == 0)
		rc = db_run(h, DB_COMMIT, NULL, 0, NULL, NULL);
	if (rc < 0)
		return rc;
	*out = TAKE(h);
	return 0;
}

int
history_set_aside(const char *database)
{
	_drop_(freep) char *aside = text_format("%s.damaged", database);
	_drop_(freep) char *journal = text_format("%s-journal", database);

	if (!aside || !journal)
		return -ENOMEM;
	if (rename(database, aside) < 0)
		return -errno;
	/* It would be played back into the next index. */
	unlink(journal);
	return 0;
}

void
history_free(struct history *h)
{
	if (!h)
		return;
	db_close(h);
	free(h);
}
