/* SPDX-License-Identifier: BSD-2-Clause */
/* Arguments, against the tables that modules of ours carry in their files, or
 * against settings.facts. */
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "pamctl/check/conf_line.h"
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

/* An option that is no slip of another may come with a version of the
 * module. */
static void
look_table(struct scene *s, enum conf_fault_kind kind)
{
	const struct entry *e = s->entry;
	const struct conf_table *t = note_of(s) ? NULL :
	    conf_tables_options(&s->check->tables, e->name);

	for (int i = 0; t && i < e->argc; i++) {
		_drop_(freep) char *copy = strdup(e->argv[i]);
		struct conf_fault fault;

		if (!copy) {
			s->check->report.failed = true;
			return;
		}
		conf_setting_judge(t, copy, &fault);
		if (fault.kind == kind)
			found_as(s, kind == CONF_VALUE || fault.slip ?
			    LEVEL_WARNING : LEVEL_NOTE, e->at, "%s: %s",
			    e->name, fault.text);
	}
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
	look_table(s, CONF_UNKNOWN);
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
	look_table(s, CONF_VALUE);
}

const struct rule rules_option[] = {
	{ "option-unknown", LEVEL_WARNING, SCOPE_ENTRY, look_unknown,
	  "a module does not have this option",
	  "Modules log an option that they do not know and go on without it: "
	  "a misspelt restriction does not restrict. Modules are asked that "
	  "describe their options in their own file; of others the usual "
	  "options are known, and one that is no slip of these is a note." },
	{ "option-value", LEVEL_WARNING, SCOPE_ENTRY, look_value,
	  "the value of an option is none that it takes",
	  "The module logs the value and goes on as if the option had not been "
	  "given. The message tells what it wants." },
	{ .code = NULL },
};
