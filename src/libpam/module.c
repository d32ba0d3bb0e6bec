/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/module.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/text.h"

#define ROOM_FOR_LIBRARIES ((size_t)64 << 20)	/* that a module brings along */

struct module *
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
module_drop(struct module *loose)
{
	if (!loose)
		return;
	if (loose->object)
		dlclose(loose->object);
	free(loose->path);
	free(loose);
}

bool
module_unchanged(const struct module *m)
{
	struct file_id id;
	struct stat st;

	if (stat(m->path, &st) < 0)
		return false;
	id = file_id_of(&st);
	return file_id_same(&id, &m->id);
}

/* How the loader is to know the file. It takes two paths of one spelling for
 * one object without a look at the file: so each file has a spelling of its
 * own, its number in "/" for 0 and "./" for 1 behind the directory. */
static char *
spelling(const char *path, unsigned number)
{
	const char *base = strrchr(path, '/') + 1;
	char *name = malloc(strlen(path) + 2 * 8 * sizeof number + 1), *to;

	if (!name)
		return NULL;
	to = mempcpy(name, path, (size_t)(base - path));
	for (; number; number >>= 1)
		to = stpcpy(to, number & 1 ? "./" : "/");
	strcpy(to, base);
	return name;
}

/* The loader's complaint begins with the spelling that it was given. */
static char *
complaint(const char *path, const char *name)
{
	const char *why = dlerror(), *after = text_after(why, name);

	return after ? text_format("%s%s", path, after) : strdup(why);
}

/* After dlopen has failed: whether this process has no room for any module. The
 * loader does not say why it could not map one. */
static bool
has_no_room(const struct module *m)
{
	const size_t size = (size_t)m->id.size + ROOM_FOR_LIBRARIES;
	void *room = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (room == MAP_FAILED)
		return true;
	munmap(room, size);
	return false;
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

int
module_open(struct module *m, unsigned number, char **why)
{
	_drop_(freep) char *name = spelling(m->path, number);
	int err;

	if (!name)
		return -ENOMEM;
	errno = 0;
	m->object = dlopen(name, RTLD_NOW | RTLD_LOCAL);
	if (m->object) {
		resolve(m);
		return 0;
	}
	err = -errno;
	*why = complaint(m->path, name);
	if (!*why || has_no_room(m))
		return -ENOMEM;
	return file_cannot(err) ? err : -ENOEXEC;
}
