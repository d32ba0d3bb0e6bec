/* SPDX-License-Identifier: BSD-2-Clause */
#include "modkit/note.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/number.h"

/* What is left of a descriptor. The first damage sticks and empties it. */
struct reader {
	const char *at;
	size_t left;
	bool bad;
};

static const char *
next_text(struct reader *r)
{
	const char *text = r->at;
	const char *end = r->left ? memchr(text, '\0', r->left) : NULL;

	if (!end) {
		r->bad = true;
		r->left = 0;
		return "";
	}
	r->left -= (size_t)(end - text) + 1;
	r->at = end + 1;
	return text;
}

static long long
next_number(struct reader *r, long long min, long long max)
{
	long long number = 0;

	if (number_read(next_text(r), 10, min, max, &number) < 0)
		r->bad = true;
	return number;
}

static long long
next_limit(struct reader *r)
{
	return next_number(r, LLONG_MIN, LLONG_MAX);
}

static unsigned
next_bits(struct reader *r)
{
	return (unsigned)next_number(r, 0, UINT_MAX);
}

/* Names, not the numbers of the enum: those may change, notes are kept. */
static const char *const kinds[] = {
	[OPT_KIND_END] = "",
	[OPT_KIND_FLAG] = "flag",
	[OPT_KIND_OFF] = "off",
	[OPT_KIND_STR] = "text",
	[OPT_KIND_INT] = "int",
	[OPT_KIND_OCTAL] = "octal",
	[OPT_KIND_ENUM] = "enum",
};

const char *
note_kind(enum opt_kind kind)
{
	return (size_t)kind < COUNT(kinds) ? kinds[kind] : "";
}

static enum opt_kind
next_kind(struct reader *r)
{
	const char *text = next_text(r);

	for (size_t i = OPT_KIND_END + 1; i < COUNT(kinds); i++)
		if (strcmp(kinds[i], text) == 0)
			return (enum opt_kind)i;
	r->bad = true;
	return OPT_KIND_END;
}

/* Words up to the empty one, which becomes the end of the list. */
static struct opt_word *
read_words(struct reader *r, struct opt_word *w)
{
	while (*(w->name = next_text(r)))
		w++;
	w->name = NULL;
	return w + 1;
}

static struct opt_word *
read_option(struct reader *r, struct opt *o, struct opt_word *w)
{
	o->name = next_text(r);
	o->kind = next_kind(r);
	o->text = next_text(r);
	o->number = strtoll(o->text, NULL, o->kind == OPT_KIND_OCTAL ? 8 : 10);
	o->min = next_limit(r);
	o->max = next_limit(r);
	o->words = w;
	w = read_words(r, w);
	o->help = next_text(r);
	return w;
}

/* Every word and every option has at least one NUL of its own. */
static size_t
count_strings(const struct reader *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->left; i++)
		n += !r->at[i];
	return n;
}

static int
read_options(struct reader *r, struct note *note)
{
	const size_t strings = count_strings(r);
	struct opt_word *w;

	note->count = (size_t)next_number(r, 0, (long long)strings);
	if (r->bad)
		return -EINVAL;
	note->options = calloc(note->count + 1, sizeof *note->options);
	note->words = w = calloc(strings + 1, sizeof *note->words);
	if (!note->options || !note->words)
		return -ENOMEM;
	for (size_t i = 0; i < note->count && !r->bad; i++)
		w = read_option(r, &note->options[i], w);
	return r->bad ? -EINVAL : 0;
}

int
note_read(const void *desc, size_t len, struct note *note)
{
	struct reader r = { .at = desc, .left = len };
	_drop_(note_free) struct note got = { 0 };
	int rc;

	if (next_bits(&r) != NOTE_VERSION)
		return r.bad ? -EINVAL : -EPROTO;
	got.name = next_text(&r);
	got.what = next_text(&r);
	got.entries = next_bits(&r);
	got.traits = next_bits(&r);
	got.changes = next_bits(&r);
	rc = read_options(&r, &got);
	if (rc < 0)
		return rc;
	*note = got;
	got = (struct note){ 0 };
	return 0;
}

void
note_free(struct note *note)
{
	if (!note)
		return;
	free(note->options);
	free(note->words);
	*note = (struct note){ 0 };
}
