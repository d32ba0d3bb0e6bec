/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/load.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <security/pam_ext.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>

#include "base/drop.h"
#include "base/file.h"
#include "libpam/conf.h"
#include "libpam/kept.h"
#include "libpam/trust.h"

#define TRIES 16		/* while somebody replaces the file */

/* A search for a module's file on its way down the module path. */
struct search {
	const struct conf *conf;
	struct watch *watch;
	bool loose;
	struct module *found;
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

/* How the loader is to know the file. It takes two paths of one spelling for
 * one object: a file that took the place of another needs a new spelling. */
static char *
spelling(const char *path)
{
	const size_t dir = (size_t)(strrchr(path, '/') - path) + 1;
	size_t replaced = kept_count(path);
	char *name, *to;

	name = malloc(strlen(path) + 2 * replaced + 1);
	if (!name)
		return NULL;
	to = mempcpy(name, path, dir);
	while (replaced--)
		to = stpcpy(to, "./");
	strcpy(to, path + dir);
	return name;
}

static struct module *
settle_for_older(const char *path, const void *object, const char *why)
{
	struct module *old = kept_older(path, object);

	if (old)
		pam_syslog(NULL, LOG_NOTICE, "%s was replaced, and this "
		    "program goes on with the copy that it has (%s): "
		    "restart it", path, why);
	return old;
}

static void
resolve(struct module *m)
{
	for (int call = CALL_NONE + 1; call < CALL_COUNT; call++) {
		union {
			void *object;
			module_fn *fn;
		} found;

		found.object = dlsym(m->object, call_kinds[call].symbol);
		m->fn[call] = found.fn;
	}
}

static struct module *
module_new(const char *path, const struct file_id *id)
{
	struct module *m = calloc(1, sizeof *m);

	if (!m)
		return NULL;
	m->path = strdup(path);
	m->id = *id;
	if (m->path)
		return m;
	free(m);
	return NULL;
}

void
load_drop(struct module *loose)
{
	if (!loose)
		return;
	if (loose->object)
		dlclose(loose->object);
	free(loose->path);
	free(loose);
}

static bool
unchanged(const struct module *m)
{
	struct file_id id;
	struct stat st;

	if (stat(m->path, &st) < 0)
		return false;
	id = file_id_of(&st);
	return file_id_same(&id, &m->id);
}

/* What the loader gave is not a new object: the same file by another thread's
 * hand, or the older copy of a file that was written over. */
static struct module *
known_object(const struct module *m)
{
	struct module *same = kept_find(m->path, &m->id);

	if (same)
		return same;
	return kept_older(m->path, m->object) ?
	    settle_for_older(m->path, m->object, "it is mapped") : NULL;
}

static int
open_object(struct search *s, struct module *m)
{
	_drop_(freep) char *name = spelling(m->path);

	if (!name)
		return -ENOMEM;
	m->object = dlopen(name, RTLD_NOW | RTLD_LOCAL);
	if (m->object)
		return 0;
	failed(s, m->path, dlerror());
	s->found = settle_for_older(m->path, NULL, "the new one does not load");
	return s->found ? 0 : -ENOEXEC;
}

/* Open the file that has this id. 0 with s->found; -EAGAIN when the path leads
 * to another file by now; -errno. */
static int
open_module(struct search *s, const char *path, const struct file_id *id)
{
	struct module *m = module_new(path, id);
	int rc = m ? open_object(s, m) : -ENOMEM;

	if (rc == 0 && !s->found && !s->loose)
		s->found = known_object(m);
	if (rc == 0 && !s->found && !unchanged(m))
		rc = -EAGAIN;
	if (rc < 0 || s->found) {
		load_drop(m);
		return rc;
	}
	resolve(m);
	s->found = s->loose ? m : kept_add(m);
	return 0;
}

/* One look at a path. 0 with s->found, -ENOENT when nothing is there, -EAGAIN,
 * or -errno. */
static int
look_at(struct search *s, const char *path)
{
	struct stat st;
	_drop_(closep) int fd = file_open(AT_FDCWD, path, &st);
	struct file_id id;
	int rc;

	if (fd == -ENOENT || fd == -ENOTDIR)
		return watch_add(s->watch, path, NULL) < 0 ? -ENOMEM : -ENOENT;
	if (fd < 0) {
		failed(s, path, strerrordesc_np(-fd));
		return fd;
	}
	rc = trust_file(s->conf, path, fd);
	if (rc < 0) {
		failed(s, path, "not to be trusted");
		return rc;
	}
	if (watch_add(s->watch, path, &st) < 0)
		return -ENOMEM;
	id = file_id_of(&st);
	s->found = s->loose ? NULL : kept_find(path, &id);
	return s->found ? 0 : open_module(s, path, &id);
}

static int
try_path(struct search *s, const char *path)
{
	int rc = -EAGAIN;

	for (int i = 0; i < TRIES && rc == -EAGAIN; i++)
		rc = look_at(s, path);
	return rc;
}

/* M-2: "$ISA" stands for the architecture's directory, if need be. */
static int
try_isa(struct search *s, const char *path)
{
	const char *isa = strstr(path, "$ISA");
	_drop_(freep) char *other = NULL;
	int rc = try_path(s, path);

	if (rc == 0 || rc == -ENOMEM || !isa)
		return rc;
	if (asprintf(&other, "%.*s%s%s", (int)(isa - path), path, ISA,
	    isa + strlen("$ISA")) < 0) {
		other = NULL;
		return -ENOMEM;
	}
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
		_drop_(freep) char *path = NULL;

		if (asprintf(&path, "%s/%s", *dir, name) < 0) {
			path = NULL;
			return -ENOMEM;
		}
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
	if (rc == 0)
		*out = s->found;
	return rc;
}

int
load_module(const struct conf *conf, const char *name, struct watch *watch,
    struct module **out, struct load_report *report)
{
	return search(&(struct search){ conf, watch, false, NULL, report },
	    name, out);
}

int
load_loose(const struct conf *conf, const char *name, struct watch *watch,
    struct module **out, struct load_report *report)
{
	return search(&(struct search){ conf, watch, true, NULL, report },
	    name, out);
}
