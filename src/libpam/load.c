/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/load.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/file.h"
#include "libpam/conf.h"
#include "libpam/handle.h"
#include "libpam/log.h"
#include "libpam/trust.h"

/* Why the last candidate could not be opened, for the log. */
struct attempt {
	void *object;
	char *path, *why;
};

static void
attempt_free(struct attempt *a)
{
	free(a->path);
	free(a->why);
}

static bool
exists(const char *path)
{
	return access(path, F_OK) == 0;
}

/* Note the candidate that failed; of several, the first that exists. */
static void
failed(struct attempt *a, const char *path, const char *why)
{
	if (a->path && (exists(a->path) || !exists(path)))
		return;
	attempt_free(a);
	a->path = strdup(path);
	a->why = strdup(why);
}

static void
try_path(const pam_handle_t *pamh, struct attempt *a, const char *path)
{
	_drop_(closep) int fd = -1;

	if (pamh->conf->trust != TRUST_OFF) {
		fd = file_open(AT_FDCWD, path, NULL);
		if (fd >= 0 && trust_file(pamh, path, fd) < 0) {
			failed(a, path, "not to be trusted");
			return;
		}
	}
	a->object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!a->object)
		failed(a, path, dlerror());
}

/* M-2: "$ISA" stands for the architecture's directory, if need be. */
static void
try_isa(const pam_handle_t *pamh, struct attempt *a, const char *path)
{
	const char *isa = strstr(path, "$ISA");
	_drop_(freep) char *other = NULL;

	try_path(pamh, a, path);
	if (a->object || !isa)
		return;
	if (asprintf(&other, "%.*s%s%s", (int)(isa - path), path, ISA,
	    isa + strlen("$ISA")) < 0) {
		other = NULL;
		return;
	}
	try_path(pamh, a, other);
}

/* M-1: as it is when absolute, else in each directory of the module path. */
static void
try_all(const pam_handle_t *pamh, struct attempt *a, const char *module)
{
	const char *const *dir = pamh->conf->module_path;

	if (*module == '/') {
		try_isa(pamh, a, module);
		return;
	}
	for (; *dir && !a->object; dir++) {
		_drop_(freep) char *path = NULL;

		if (asprintf(&path, "%s/%s", *dir, module) < 0) {
			path = NULL;
			return;
		}
		try_isa(pamh, a, path);
	}
}

static void
report(const pam_handle_t *pamh, const struct attempt *a,
    const struct entry *e)
{
	/* W-27: a "-" keeps the log quiet, but makes nothing harmless. */
	if (e->quiet) {
		pam_syslog(pamh, LOG_DEBUG, "no module %s at %s:%u",
		    e->module, e->at.file, e->at.line);
		return;
	}
	pam_syslog(pamh, LOG_ERR, "unable to dlopen(%s): %s at %s:%u",
	    a->path ? a->path : e->module, a->why ? a->why : "out of memory",
	    e->at.file, e->at.line);
	pam_syslog(pamh, LOG_ERR, "adding faulty module: %s", e->module);
}

static struct module *
open_module(const pam_handle_t *pamh, const struct entry *e)
{
	struct module *m = calloc(1, sizeof *m);
	_drop_(attempt_free) struct attempt a = { 0 };

	if (!m)
		return NULL;
	m->path = strdup(e->module);
	if (!m->path) {
		free(m);
		return NULL;
	}
	try_all(pamh, &a, e->module);
	m->object = a.object;
	if (!m->object)
		report(pamh, &a, e);
	return m;
}

struct module *
load_module(const pam_handle_t *pamh, struct module **list,
    const struct entry *e)
{
	struct module **end = list;

	for (; *end; end = &(*end)->next) {
		if (strcmp((*end)->path, e->module) == 0)
			return *end;
	}
	*end = open_module(pamh, e);
	return *end;
}

module_fn *
load_function(const pam_handle_t *pamh, const struct module *m,
    const char *symbol, const struct entry *e)
{
	union {
		void *object;
		module_fn *fn;
	} found = { NULL };

	if (!m->object)
		return NULL;
	found.object = dlsym(m->object, symbol);
	if (!found.object)
		pam_syslog(pamh, LOG_ERR,
		    "unable to resolve symbol: %s in %s at %s:%u", symbol,
		    e->module, e->at.file, e->at.line);
	return found.fn;
}

void
load_end(struct module *list)
{
	while (list) {
		struct module *next = list->next;

		if (list->object)
			dlclose(list->object);
		free(list->path);
		free(list);
		list = next;
	}
}
