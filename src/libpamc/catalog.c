/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpamc/catalog.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/drop.h"
#include "base/text.h"

/* A list that grows; ends with NULL whenever it is there. */
struct ids {
	char **list;
	size_t n, room;
};

static void
ids_drop(struct ids *ids)
{
	for (size_t i = 0; i < ids->n; i++)
		free(ids->list[i]);
	free(ids->list);
}

static bool
id_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_';
}

bool
agent_id_valid(const char *id, size_t n)
{
	size_t i = 0, domain;

	while (i < n && id_letter(id[i]))
		i++;
	if (i == 0 || i == n)
		return i > 0;
	if (id[i] != '@')
		return false;
	domain = ++i;
	while (i < n && (id_letter(id[i]) || id[i] == '.'))
		i++;
	return i == n && i > domain;
}

static bool
is_agent(int dir, const char *file)
{
	struct stat st;

	return fstatat(dir, file, &st, 0) == 0 && S_ISREG(st.st_mode) &&
	    faccessat(dir, file, X_OK, AT_EACCESS) == 0;
}

/* Take the next folder off the path, into *out, owned by the caller. 1, 0 when
 * there is none, or -ENOMEM. An empty one would be where the program happens to
 * be: it is left out. */
static int
next_folder(const char **path, char **out)
{
	const char *start = *path + strspn(*path, ":");
	const size_t n = strcspn(start, ":");

	*path = start + n;
	if (n == 0)
		return 0;
	*out = strndup(start, n);
	return *out ? 1 : -ENOMEM;
}

int
catalog_find(const char *path, const char *id, char **out)
{
	for (;;) {
		_drop_(freep) char *folder = NULL, *file = NULL;
		const int rc = next_folder(&path, &folder);

		if (rc <= 0)
			return rc < 0 ? rc : -ENOENT;
		file = text_format("%s/%s", folder, id);
		if (!file)
			return -ENOMEM;
		if (is_agent(AT_FDCWD, file)) {
			*out = TAKE(file);
			return 0;
		}
	}
}

static int
ids_add(struct ids *ids, const char *id)
{
	if (ids->n + 1 >= ids->room) {
		const size_t room = ids->room ? 2 * ids->room : 16;
		char **list = reallocarray(ids->list, room, sizeof *list);

		if (!list)
			return -ENOMEM;
		ids->list = list;
		ids->room = room;
	}
	if (id) {
		ids->list[ids->n] = strdup(id);
		if (!ids->list[ids->n])
			return -ENOMEM;
		ids->n++;
	}
	ids->list[ids->n] = NULL;
	return 0;
}

static int
ids_add_folder(struct ids *ids, const char *folder)
{
	_drop_(closedirp) DIR *dir = opendir(folder);
	const struct dirent *entry;
	int rc = 0;

	while (dir && rc == 0 && (entry = readdir(dir))) {
		const char *id = entry->d_name;

		if (agent_id_valid(id, strlen(id)) && is_agent(dirfd(dir), id))
			rc = ids_add(ids, id);
	}
	return rc;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sort; of equal ones keep one. */
static void
ids_tidy(struct ids *ids)
{
	size_t kept = 0;

	if (ids->n)
		qsort(ids->list, ids->n, sizeof *ids->list, by_name);
	for (size_t i = 0; i < ids->n; i++) {
		if (kept && strcmp(ids->list[kept - 1], ids->list[i]) == 0)
			free(ids->list[i]);
		else
			ids->list[kept++] = ids->list[i];
	}
	ids->n = kept;
	ids->list[kept] = NULL;
}

int
catalog_list(const char *path, char ***out)
{
	_drop_(ids_drop) struct ids ids = { .n = 0 };
	int rc = ids_add(&ids, NULL), more = 1;

	while (rc == 0 && more) {
		_drop_(freep) char *folder = NULL;

		rc = more = next_folder(&path, &folder);
		if (more > 0)
			rc = ids_add_folder(&ids, folder);
	}
	if (rc < 0)
		return rc;
	ids_tidy(&ids);
	ids.n = 0;
	*out = TAKE(ids.list);
	return 0;
}
