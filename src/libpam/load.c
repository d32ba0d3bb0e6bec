/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/load.h"

#include <errno.h>
#include <fcntl.h>
#include <security/pam_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/text.h"
#include "libpam/conf.h"
#include "libpam/kept.h"
#include "libpam/module.h"
#include "libpam/object.h"
#include "libpam/trust.h"

#define TRIES 16		/* while somebody replaces the file */

/* A search for a module's file on its way down the module path. */
struct search {
	const struct conf *conf;
	struct watch *watch;
	bool loose;
	struct module *found;
	bool older;		/* and it is not what the file has */
	struct load_report *report;
};

void
load_report_free(struct load_report *report)
{
	free(TAKE(report->path));
	free(TAKE(report->why));
}

/* Note the candidate that failed; of several, the first that is a file. */
static void
failed(struct search *s, const char *path, const char *why)
{
	if (s->report->path)
		return;
	s->report->path = strdup(path);
	s->report->why = strdup(why);
}

static void
settle_for_older(struct search *s, struct module *older, const char *why)
{
	/* A loose module is its handle's own; what is kept is not to be had. */
	if (!older || s->loose)
		return;
	s->found = older;
	s->older = true;
	pam_syslog(NULL, LOG_NOTICE, "%s was replaced, and this program goes "
	    "on with the copy that it has (%s): restart it", older->path, why);
}

static int
open_object(struct search *s, struct module *m)
{
	_drop_(freep) char *why = NULL;
	const int rc = module_open(m, kept_number(m->path, &m->id), &why);

	if (rc == 0 || !why)
		return rc;
	failed(s, m->path, why);
	settle_for_older(s, kept_older(m->path), "the new one does not load");
	return s->found ? 0 : rc;
}

/* Another thread may have kept the same meanwhile; or the loader gave the
 * older copy of a file that was written over. */
static void
keep(struct search *s, struct module *m)
{
	const struct file_id id = m->id;
	struct module *k = kept_add(m);

	if (file_id_same(&k->id, &id))
		s->found = k;
	else
		settle_for_older(s, k, "it was written over in place");
}

/* Open the file that has this id. 0 with s->found; -EAGAIN when the path leads
 * to another file by now; -errno. */
static int
open_module(struct search *s, const char *path, const struct file_id *id)
{
	struct module *m = module_new(path, id);
	int rc = m ? open_object(s, m) : -ENOMEM;

	if (rc == 0 && !s->found && !module_unchanged(m)) {
		kept_spoil_number(path, id);
		rc = -EAGAIN;
	}
	if (rc < 0 || s->found) {
		module_drop(m);
		return rc;
	}
	if (s->loose)
		s->found = m;
	else
		keep(s, m);
	return 0;
}

/* A module's file, as file_open, and what will tell of another in its place. Its
 * directory does for a file that stands in it. What leads elsewhere, a link or a
 * mount, is watched itself. A file that is written over in place is not: the
 * loader would give what it has, and all who run it have the new bytes at once. */
static int
open_watched(struct search *s, const char *path, struct stat *st)
{
	const struct watched *folder = watch_folder(s->watch, path);
	int fd = folder ? file_open_itself(AT_FDCWD, path, st) : -ENOMEM;

	if (fd == -ELOOP)
		fd = file_open(AT_FDCWD, path, st);
	else if (fd < 0 || st->st_dev == folder->id.dev)
		return fd;
	if (watch_add(s->watch, path, fd < 0 ? NULL : st) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -ENOMEM;
}

/* One look at a path. 0 with s->found, -ENOENT when nothing is there, -EAGAIN,
 * or -errno. */
static int
look_at(struct search *s, const char *path)
{
	struct stat st;
	_drop_(closep) int fd = open_watched(s, path, &st);
	struct file_id id;
	int rc;

	if (fd == -ENOENT || fd == -ENOTDIR)
		return -ENOENT;
	if (fd < 0) {
		failed(s, path, strerrordesc_np(-fd));
		return fd;
	}
	rc = trust_file(s->conf, path, &st);
	if (rc < 0) {
		failed(s, path, "not to be trusted");
		return rc;
	}
	id = file_id_of(&st);
	s->found = s->loose ? NULL : kept_find(path, &id);
	if (s->found)
		return 0;
	if (object_is_whole(fd, st.st_size))
		return open_module(s, path, &id);
	failed(s, path, "it is cut off, or no module");
	settle_for_older(s, kept_older(path), "the new one is cut off");
	return s->found ? 0 : -ENOEXEC;
}

static int
try_path(struct search *s, const char *path)
{
	int rc = -EAGAIN;

	for (int i = 0; i < TRIES && rc == -EAGAIN; i++)
		rc = look_at(s, path);
	if (rc != -EAGAIN)
		return rc;
	failed(s, path, "it changes faster than it can be opened");
	settle_for_older(s, kept_older(path), "the new one never stands still");
	return s->found ? 0 : rc;
}

/* M-2: "$ISA" stands for the architecture's directory, if need be. */
static int
try_isa(struct search *s, const char *path)
{
	const char *isa = strstr(path, "$ISA");
	_drop_(freep) char *other = NULL;
	int rc = try_path(s, path);

	if (rc == 0 || file_cannot(rc) || !isa)
		return rc;
	other = text_format("%.*s%s%s", (int)(isa - path), path, ISA,
	    isa + strlen("$ISA"));
	if (!other)
		return -ENOMEM;
	return try_path(s, other);
}

/* M-1: as it is when absolute, else in each directory of the module path. */
static int
try_all(struct search *s, const char *name)
{
	const char *const *dir = s->conf->module_path;
	int rc = -ENOENT;

	if (*name == '/')
		return try_isa(s, name);
	for (; *dir && rc == -ENOENT; dir++) {
		_drop_(freep) char *path = text_format("%s/%s", *dir, name);

		if (!path)
			return -ENOMEM;
		rc = try_isa(s, path);
	}
	return rc;
}

static int
search(struct search *s, const char *name, struct module **out)
{
	const int rc = try_all(s, name);

	if (rc == -ENOENT)
		failed(s, name, "cannot open shared object file: "
		    "No such file or directory");
	if (rc < 0)
		return rc;
	*out = s->found;
	return s->older ? LOAD_OLDER : LOAD_DONE;
}

int
load_module(const struct conf *conf, const char *name, struct watch *watch,
    struct module **out, struct load_report *report)
{
	return search(&(struct search){ .conf = conf, .watch = watch,
	    .report = report }, name, out);
}

int
load_loose(const struct conf *conf, const char *name, struct watch *watch,
    struct module **out, struct load_report *report)
{
	return search(&(struct search){ .conf = conf, .watch = watch,
	    .loose = true, .report = report }, name, out);
}
