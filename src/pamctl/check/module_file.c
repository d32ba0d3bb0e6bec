/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/module_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/table.h"
#include "pamctl/check/files.h"

#define MODULE_MAX ((size_t)256 << 20)
#define DIRECTORIES_MAX 32

/* Where systems keep modules: M-1, then what others have. */
static const char *const usual[] = {
	MODULE_PATH,
	"/usr/lib64/security",
	"/lib64/security",
	"/usr/lib/security",
	"/lib/security",
	"/usr/lib/x86_64-linux-gnu/security",
	"/usr/lib/aarch64-linux-gnu/security",
	"/usr/lib/arm-linux-gnueabihf/security",
	"/usr/lib/i386-linux-gnu/security",
	"/usr/lib/powerpc64le-linux-gnu/security",
	"/usr/lib/riscv64-linux-gnu/security",
	"/usr/lib/s390x-linux-gnu/security",
};

/* M-2: what may stand for $ISA in a path. */
static const char *const isas[] = { "$ISA", ISA, "../../lib64/security", "." };

struct shelf {
	const char *root;
	char *copy;		/* of the directories that were named */
	const char *directory[DIRECTORIES_MAX + 1];
	struct table file;	/* by the name in the policy */
	struct object like;	/* in an image, its first module */
	bool liked, any;
};

static void
module_file_free(struct module_file *m)
{
	if (!m)
		return;
	if (m->described)
		note_free(&m->note);
	free(m->image);
	free(m->path);
	free(m->host_path);
	free(m);
}

static void
add_usual(struct shelf *shelf, size_t *n)
{
	for (size_t i = 0; i < COUNT(usual) && *n < DIRECTORIES_MAX; i++) {
		if (files_directory(shelf->root, usual[i]))
			shelf->directory[(*n)++] = usual[i];
	}
}

struct shelf *
shelf_new(const char *root, const char *directories)
{
	struct shelf *shelf = calloc(1, sizeof *shelf);
	char *rest;
	size_t n = 0;

	if (!shelf)
		return NULL;
	shelf->root = root;
	if (!directories) {
		add_usual(shelf, &n);
		return shelf;
	}
	rest = shelf->copy = strdup(directories);
	if (!rest) {
		shelf_free(shelf);
		return NULL;
	}
	while (rest && n < DIRECTORIES_MAX)
		shelf->directory[n++] = strsep(&rest, ":");
	return shelf;
}

/* One machine for all: ours, or that of the image. */
static bool
fits(struct shelf *shelf, const struct object *o)
{
	if (!shelf->root)
		return object_is_native(o);
	if (!shelf->liked) {
		shelf->like = *o;
		shelf->liked = true;
	}
	return o->class == shelf->like.class && o->data == shelf->like.data &&
	    o->machine == shelf->like.machine;
}

static void
judge(struct shelf *shelf, struct module_file *m, size_t size)
{
	const void *desc;
	size_t len;

	m->why = object_read(m->image, size, &m->object);
	if (m->why) {
		m->state = MODULE_BROKEN;
		return;
	}
	if (!fits(shelf, &m->object)) {
		m->state = MODULE_FOREIGN;
		m->why = "it is for another kind of machine";
		return;
	}
	m->state = MODULE_GOOD;
	m->described = note_find(m->image, size, &desc, &len) == 0 &&
	    note_read(desc, len, &m->note) == 0;
}

static int
read_at(struct shelf *shelf, struct module_file *m, const char *path)
{
	_drop_(closep) int fd = files_open(shelf->root, path, O_RDONLY);
	struct stat st;
	size_t size;
	int rc = fd < 0 ? fd : 0;

	if (rc == -ENOENT || rc == -ENOTDIR)
		return -ENOENT;
	m->path = strdup(path);
	if (!m->path)
		return -ENOMEM;
	m->host_path = fd < 0 ? NULL : files_host_path(fd);
	if (rc == 0 && fstat(fd, &st) < 0)
		rc = -errno;
	if (rc == 0 && !S_ISREG(st.st_mode)) {
		m->state = MODULE_BROKEN;
		m->why = "it is no regular file";
		return 0;
	}
	if (rc == 0)
		rc = file_slurp(fd, MODULE_MAX, &m->image, &size);
	if (rc < 0) {
		m->state = MODULE_UNREADABLE;
		m->why = strerrordesc_np(-rc);
		return 0;
	}
	shelf->any = true;
	judge(shelf, m, size);
	return 0;
}

/* A path as it is, and with what $ISA may stand for. */
static int
read_path(struct shelf *shelf, struct module_file *m, const char *directory,
    const char *name)
{
	const char *mark = strstr(name, "$ISA");
	int rc = -ENOENT;

	for (size_t i = 0; i < COUNT(isas) && rc == -ENOENT; i++) {
		_drop_(freep) char *path = NULL;

		if (asprintf(&path, "%s%s%.*s%s%s", directory,
		    *directory ? "/" : "",
		    (int)(mark ? mark - name : 0), name, mark ? isas[i] : "",
		    mark ? mark + strlen("$ISA") : name) < 0) {
			path = NULL;
			return -ENOMEM;
		}
		rc = read_at(shelf, m, path);
		if (!mark)
			break;
	}
	return rc;
}

static struct module_file *
look(struct shelf *shelf, const char *name)
{
	struct module_file *m = calloc(1, sizeof *m);
	int rc = -ENOENT;

	if (!m)
		return NULL;
	if (*name == '/')
		rc = read_path(shelf, m, "", name);
	for (size_t i = 0; *name != '/' && shelf->directory[i] &&
	    rc == -ENOENT; i++)
		rc = read_path(shelf, m, shelf->directory[i], name);
	if (rc == -ENOENT) {
		m->state = MODULE_ABSENT;
		m->why = "there is no such file";
		rc = 0;
	}
	if (rc == 0)
		return m;
	module_file_free(m);
	return NULL;
}

const struct module_file *
shelf_find(struct shelf *shelf, const char *module)
{
	const size_t len = strlen(module);
	const struct table_slot *slot = table_find(&shelf->file, module, len);
	struct module_file *m;

	if (slot)
		return slot->value;
	m = look(shelf, module);
	if (m && table_add(&shelf->file, module, len, m) == 0)
		return m;
	module_file_free(m);
	return NULL;
}

bool
module_serves(const struct module_file *file, enum function function)
{
	static const unsigned served[FUNCTION_COUNT] = {
		[FUNCTION_AUTH] = NOTE_AUTH,
		[FUNCTION_SETCRED] = NOTE_CRED,
		[FUNCTION_ACCOUNT] = NOTE_ACCOUNT,
		[FUNCTION_OPEN] = NOTE_OPEN,
		[FUNCTION_CLOSE] = NOTE_CLOSE,
		[FUNCTION_PASSWORD] = NOTE_PASSWORD,
	};

	/* Modules of ours have all the symbols; some answer module_unknown. */
	if (file->described)
		return file->note.entries & served[function];
	return !file->object.symbols || file->object.has[function];
}

bool
shelf_has_any(const struct shelf *shelf)
{
	return shelf->any;
}

void
shelf_free(struct shelf *shelf)
{
	if (!shelf)
		return;
	for (size_t i = 0; i < shelf->file.count; i++)
		module_file_free(shelf->file.slot[i].value);
	table_free(&shelf->file);
	free(shelf->copy);
	free(shelf);
}
