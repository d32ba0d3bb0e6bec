/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/run/answers.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/grow.h"
#include "base/secret.h"
#include "pamctl/pamctl.h"
#include "pamctl/run/settings.h"

#define FILE_MAX (4 << 20)

/* A file as it was read, in memory that never grows: what grows leaves pieces
 * of itself behind. */
struct lines {
	char *text;
	size_t len;
};

static void
lines_drop(struct lines *l)
{
	wipe(l->text, l->len);
	free(l->text);
}

static int
add(struct answers *a, const char *text, size_t len)
{
	char *copy = strndup(text, len);

	if (!copy || GROW(a->text, a->count, a->cap) < 0) {
		secret_free(copy);
		return fail(STATUS_AGAIN, "out of memory");
	}
	a->text[a->count++] = copy;
	return 0;
}

/* Not file_read: secrets often come through a pipe. */
static int
read_lines(const char *name, int fd, struct lines *l)
{
	ssize_t len;

	l->text = malloc(FILE_MAX + 1);
	if (!l->text)
		return fail(STATUS_AGAIN, "out of memory");
	l->len = FILE_MAX + 1;
	len = read_all(fd, l->text, FILE_MAX + 1);
	if (len < 0)
		return fail(STATUS_USAGE, "%s: %s", name,
		    strerror((int)-len));
	if (len > FILE_MAX)
		return fail(STATUS_USAGE, "%s: too long", name);
	if (memchr(l->text, '\0', (size_t)len))
		return fail(STATUS_USAGE, "%s: has a NUL byte", name);
	l->text[len] = '\0';
	l->len = (size_t)len;
	return 0;
}

static int
split(struct answers *a, const char *text)
{
	int rc = 0;

	while (*text && rc == 0) {
		const size_t len = strcspn(text, "\n");

		rc = add(a, text, len);
		text += len + (text[len] == '\n');
	}
	return rc;
}

static int
add_file(struct answers *a, const char *name)
{
	_drop_(lines_drop) struct lines l = { 0 };
	_drop_(closep) int fd = -1;
	int rc;

	if (strcmp(name, "-") != 0) {
		fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		if (fd < 0)
			return fail(STATUS_USAGE, "%s: %s", name,
			    strerror(errno));
	}
	rc = read_lines(name, fd < 0 ? STDIN_FILENO : fd, &l);
	return rc ? rc : split(a, l.text);
}

int
answers_read(struct answers *a, const struct settings *s)
{
	int rc = 0;

	for (size_t i = 0; i < s->answers.count; i++) {
		char *text = s->answers.word[i];

		rc = rc ? rc : add(a, text, strlen(text));
		wipe(text, strlen(text));
	}
	return rc == 0 && s->answer_file ? add_file(a, s->answer_file) : rc;
}

char *
answers_next(struct answers *a)
{
	char *text;

	if (a->next == a->count)
		return NULL;
	text = TAKE(a->text[a->next]);
	a->next++;
	return text;
}

void
answers_free(struct answers *a)
{
	for (size_t i = a->next; i < a->count; i++)
		secret_free(a->text[i]);
	free(a->text);
}
