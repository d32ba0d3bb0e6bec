/* SPDX-License-Identifier: BSD-2-Clause */
/* The note of a module: the bytes are a file, and the descriptor of a note. */
#include <errno.h>
#include <stdbool.h>

#include "base/drop.h"
#include "modkit/note.h"
#include "target.h"

/* A string that begins and ends in the descriptor. */
static void
check_inside(const char *text, const char *desc, size_t len)
{
	PROMISE("a string is in the note",
	    text >= desc && text < desc + len &&
	    memchr(text, '\0', (size_t)(desc + len - text)));
}

static void
check_option(const struct opt *o, const char *desc, size_t len)
{
	char wants[64];

	check_inside(o->name, desc, len);
	check_inside(o->help, desc, len);
	check_inside(o->text, desc, len);
	PROMISE("it has a kind that has a name",
	    o->kind != OPT_KIND_END && *note_kind(o->kind));
	PROMISE("its words have an end", o->words);
	for (const struct opt_word *w = o->words; w->name; w++)
		check_inside(w->name, desc, len);
	opt_wants(o, wants, sizeof wants);
	PROMISE("what it wants can be said", *wants);
}

/* What a checker does with the arguments of a policy's line. */
static void
check_word(const struct note *n, const struct opt *o)
{
	_drop_(freep) char *word = NULL;
	const struct opt *found;

	if (asprintf(&word, "%s=%s", o->name, o->text) < 0)
		abort();
	found = opt_find(n->options, n->traits & NOTE_ANYCASE, word);
	if (found)
		opt_take(found, word, NULL);
	/* A flag has no value. */
	found = opt_find(n->options, n->traits & NOTE_ANYCASE, o->name);
	if (found)
		opt_take(found, o->name, NULL);
}

static void
check_note(const struct note *n, const char *desc, size_t len)
{
	check_inside(n->name, desc, len);
	check_inside(n->what, desc, len);
	PROMISE("it has no more options than bytes", n->count <= len);
	for (size_t i = 0; i < n->count; i++) {
		check_option(&n->options[i], desc, len);
		check_word(n, &n->options[i]);
	}
	PROMISE("the table has an end", !n->options[n->count].name);
}

static void
check_desc(const char *desc, size_t len)
{
	struct note n = { 0 };
	const int rc = note_read(desc, len, &n);

	if (rc == 0)
		check_note(&n, desc, len);
	else
		PROMISE("damage is told, and nothing is left",
		    (rc == -EINVAL || rc == -EPROTO) && !n.options && !n.words);
	note_free(&n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_drop_(freep) char *image = exactly(data, size);
	const void *desc = NULL;
	size_t len = 0;
	int rc;

	rc = note_find(image, size, &desc, &len);
	if (rc == 0) {
		PROMISE("the note is in the file",
		    (const char *)desc >= image && len <= size &&
		    (const char *)desc + len <= image + size);
		check_desc(desc, len);
	} else {
		PROMISE("or the file has none",
		    rc == -ENOEXEC || rc == -ENOENT);
	}
	check_desc(image, size);
	return 0;
}
