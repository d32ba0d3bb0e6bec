/* SPDX-License-Identifier: BSD-2-Clause */
/* Arguments, against the tables that modules of ours carry in their files. */
#include <string.h>

#include <security/_pam_types.h>

#include "pamctl/check/families.h"
#include "pamctl/check/slip.h"

static const struct note *
note_of(const struct scene *s)
{
	const struct module_file *file = s->study->known[s->at].file;

	return file && file->state == MODULE_GOOD && file->described ?
	    &file->note : NULL;
}

/* The option that may have been meant, or NULL. */
static const struct opt *
nearest(const struct note *note, const char *word)
{
	const size_t len = strcspn(word, "=");
	const struct opt *best = NULL;
	unsigned least = SLIP_MAX + 1;

	for (const struct opt *o = note->options; o->name; o++) {
		const unsigned letters = slip(word, len, o->name);

		if (letters < least) {
			least = letters;
			best = o;
		}
	}
	return best;
}

static void
complain(const struct scene *s, const struct note *note, const char *word)
{
	const struct opt *o = nearest(note, word);
	const size_t len = strcspn(word, "=");
	char wants[160];

	if (!o) {
		found(s, s->entry->at, "%s has no option \"%s\"", note->name,
		    word);
		return;
	}
	opt_wants(o, wants, sizeof wants);
	if (strlen(o->name) == len && strncmp(o->name, word, len) == 0)
		found(s, s->entry->at, "%s: option %s wants %s, not \"%s\"",
		    note->name, o->name, wants, word);
	else
		found(s, s->entry->at, "%s has no option \"%s\"; is %s meant?",
		    note->name, word, o->name);
}

static void
look_unknown(struct scene *s)
{
	const struct note *note = note_of(s);
	const struct entry *e = s->entry;

	for (int i = 0; note && i < e->argc; i++) {
		const bool anycase = note->traits & NOTE_ANYCASE;

		if (!(note->traits & NOTE_WORDS) &&
		    !opt_find(note->options, anycase, e->argv[i]))
			complain(s, note, e->argv[i]);
	}
}

static void
look_value(struct scene *s)
{
	const struct note *note = note_of(s);
	const struct entry *e = s->entry;

	for (int i = 0; note && i < e->argc; i++) {
		const struct opt *o = opt_find(note->options,
		    note->traits & NOTE_ANYCASE, e->argv[i]);
		char wants[160];

		if (!o || opt_take(o, e->argv[i], NULL) == 0)
			continue;
		opt_wants(o, wants, sizeof wants);
		found(s, e->at, "%s: option %s wants %s, not \"%s\"",
		    note->name, o->name, wants, e->argv[i]);
	}
}

const struct rule rules_option[] = {
	{ "option-unknown", LEVEL_WARNING, SCOPE_ENTRY, look_unknown,
	  "a module does not have this option",
	  "Modules log an option that they do not know and go on without it: "
	  "a misspelt restriction does not restrict. Only modules that "
	  "describe their options in their own file are checked." },
	{ "option-value", LEVEL_WARNING, SCOPE_ENTRY, look_value,
	  "the value of an option is none that it takes",
	  "The module logs the value and goes on as if the option had not been "
	  "given. The message tells what it wants. Only modules that describe "
	  "their options in their own file are checked." },
	{ .code = NULL },
};
