/* SPDX-License-Identifier: BSD-2-Clause */
#include "files.h"

#include <errno.h>
#include <strings.h>

#include "base/text.h"
#include "target.h"

#define READINGS_MAX 200

static const char *
next_mark(const char *at, const char *end)
{
	for (; at < end; at++) {
		if (end - at > 3 && memcmp(at, "== ", 3) == 0)
			return at;
		at = memchr(at, '\n', (size_t)(end - at));
		if (!at)
			break;
	}
	return end;
}

static void
add_file(struct files *f, const char *name, const char *text, size_t len)
{
	if (f->count < FILES_MAX)
		f->file[f->count++] = (struct file){ name, exactly(text, len),
			len };
}

void
files_take(struct files *f, const void *data, size_t size)
{
	char *at = f->bytes = text_of(data, size), *end = at + size;
	const char *name = SERVICE;

	for (;;) {
		char *mark = at + (next_mark(at, end) - at), *eol;

		add_file(f, name, at, (size_t)(mark - at));
		if (mark == end)
			return;
		eol = memchr(mark, '\n', (size_t)(end - mark));
		name = mark + 3;
		at = eol ? eol + 1 : end;
		if (eol)
			*eol = '\0';
	}
}

void
files_free(struct files *f)
{
	for (size_t i = 0; i < f->count; i++)
		free(f->file[i].text);
	free(f->bytes);
}

const struct file *
files_find(const struct files *f, const char *name)
{
	for (size_t i = 0; i < f->count; i++) {
		if (strcmp(f->file[i].name, name) == 0)
			return &f->file[i];
	}
	return NULL;
}

int
files_read(void *ctx, const char *name, struct policy_file *out)
{
	const struct file *file = files_find(ctx, name);

	out->path = text_of(name, strlen(name));
	if (!file)
		return -ENOENT;
	out->text = exactly(file->text, file->len);
	out->len = file->len;
	return 0;
}

/* The file that an include at this place names, or NULL. */
static const struct file *
included(const struct files *f, const char *at, const char *end)
{
	for (size_t i = 0; i < f->count; i++) {
		const size_t n = strlen(f->file[i].name);

		if (n && (size_t)(end - at) >= n &&
		    memcmp(at, f->file[i].name, n) == 0)
			return &f->file[i];
	}
	return NULL;
}

/* How often texts are read, at least, for this one; no more than most. */
static size_t
readings(const struct files *f, const struct file *file, unsigned depth,
    size_t most)
{
	const char *end = file->text + file->len;
	size_t n = 1;

	for (const char *at = file->text; at + 8 < end && n < most; at++) {
		const struct file *inner;

		if (strncasecmp(at, "include", 7) != 0 &&
		    strncasecmp(at, "substack", 8) != 0)
			continue;
		at += 7 + (ascii_lower(*at) == 's');
		while (at < end && memchr(" \t\n\\[", *at, 5))
			at++;
		inner = depth < 16 ? included(f, at, end) : NULL;
		if (inner)
			n += readings(f, inner, depth + 1, most - n);
	}
	return n;
}

bool
files_multiply(const struct files *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->count; i++)
		n += readings(f, &f->file[i], 0, READINGS_MAX);
	return n >= READINGS_MAX;
}
