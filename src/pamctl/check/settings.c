/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/file.h"
#include "pamctl/check/files.h"

#define FILE_MAX 1000000
#define BLANKS " \t\r"

/* The value, if the line sets this name; NULL if it does not. */
static char *
value_in(char *line, const char *name)
{
	const size_t len = strlen(name);
	char *at;

	line[strcspn(line, "#")] = '\0';
	line += strspn(line, BLANKS);
	if (strncmp(line, name, len) != 0 || !strchr(BLANKS "=", line[len]))
		return NULL;
	at = line + len + strspn(line + len, BLANKS);
	at += *at == '=';
	at += strspn(at, BLANKS);
	at[strcspn(at, BLANKS)] = '\0';
	return at;
}

static int
set(struct setting *s, const char *value, const char *file, unsigned line)
{
	struct setting new = { strdup(value), strdup(file), line };

	if (!new.value || !new.file) {
		setting_free(&new);
		return -ENOMEM;
	}
	setting_free(s);
	*s = new;
	return 0;
}

static int
find_in_file(const struct options *o, const char *path, const char *name,
    struct setting *out)
{
	_drop_(closep) int fd = files_open_view(o, path, O_RDONLY);
	_drop_(freep) char *text = NULL;
	char *rest;
	unsigned line = 0;
	int rc = fd < 0 ? fd : file_slurp(fd, FILE_MAX, &text, NULL);

	if (rc < 0)
		return rc == -ENOMEM ? rc : 0;
	for (rest = text; rest && rc == 0;) {
		const char *value = value_in(strsep(&rest, "\n"), name);

		line++;
		if (value)
			rc = set(out, value, path, line);
	}
	return rc;
}

int
settings_find(const struct options *o, const char *path, const char *name,
    struct setting *out)
{
	_drop_(names_free) struct names names = { 0 };
	int rc = files_match(o, path, &names);

	for (size_t i = 0; i < names.count && rc == 0; i++)
		rc = find_in_file(o, names.name[i], name, out);
	return rc;
}

void
setting_free(struct setting *s)
{
	free(s->value);
	free(s->file);
	*s = (struct setting){ 0 };
}
