/* SPDX-License-Identifier: BSD-2-Clause */
/* The files that modules read themselves, against settings.facts. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/text.h"
#include "pamctl/check/conf_line.h"
#include "pamctl/check/families.h"
#include "pamctl/check/files.h"
#include "pamctl/check/ignore.h"

#define FILE_MAX 1000000

/* What is looked for, and where. */
struct hunt {
	struct scene *s;
	enum conf_fault_kind kind;
	const struct conf_table *table;
	const char *path;	/* as people read it, to stay */
	bool used;		/* by some service */
};

/* A file that no service uses harms nobody yet. */
static void
tell(const struct hunt *h, unsigned line, const char *text)
{
	const struct place at = { h->path, line };

	found_as(h->s, h->used ? h->table->level : LEVEL_NOTE, at, "%s", text);
}

/* A comment that ignores the code, in the line or the one before it. */
static void
note_excuse(struct hunt *h, const char *line, const char *before)
{
	const char *comment = strchr(line, '#');
	const char *code = h->s->rule->code, *reason = NULL;

	if (comment)
		reason = ignore_reason(comment + 1, code);
	if (!reason && before && *before == '#')
		reason = ignore_reason(before + 1, code);
	h->s->excuse = reason ? arena_copy(&h->s->check->arena, reason,
	    strlen(reason)) : NULL;
}

/* A backslash at the end joins lines, and the first one's number counts. */
static char *
next_line(char **rest, bool joins, unsigned *lines)
{
	char *line = *rest, *end = strchrnul(line, '\n');

	for (*lines = 1; joins && *end && end > line && end[-1] == '\\';
	    ++*lines) {
		end[-1] = end[0] = ' ';
		end = strchrnul(end, '\n');
	}
	*rest = *end ? end + 1 : NULL;
	*end = '\0';
	return line;
}

static int
look_text(struct hunt *h, char *text)
{
	const bool joins = h->table->form != FORM_COLONS;
	_drop_(freep) char *before = NULL;
	unsigned number = 1, lines;

	for (char *rest = text; rest && *rest; number += lines) {
		char *line = next_line(&rest, joins, &lines);
		char *copy = strdup(line);
		struct conf_fault fault;

		if (!copy)
			return -ENOMEM;
		note_excuse(h, copy, before);
		conf_line_judge(h->table, line, &fault);
		if (fault.kind == h->kind)
			tell(h, number, fault.text);
		free(before);
		before = copy;
	}
	h->s->excuse = NULL;
	return 0;
}

/* What is not there, or cannot be read by who asks, is passed over. */
static int
look_file(struct hunt *h, const char *path)
{
	struct check *c = h->s->check;
	_drop_(closep) int fd = files_open_view(c->o, path, O_RDONLY);
	_drop_(freep) char *text = NULL;
	char shown[PATH_MAX];
	int rc = fd < 0 ? fd : file_slurp(fd, FILE_MAX, &text, NULL);

	if (rc < 0)
		return rc == -ENOMEM ? rc : 0;
	snprintf(shown, sizeof shown, "%s%s", c->o->root ? c->o->root : "",
	    path);
	h->path = arena_copy(&c->arena, shown, strlen(shown));
	return h->path ? look_text(h, text) : -ENOMEM;
}

static int
look_pattern(struct hunt *h, const char *pattern)
{
	_drop_(names_free) struct names names = { 0 };
	int rc = files_match(h->s->check->o, pattern, &names);

	for (size_t i = 0; i < names.count && rc == 0; i++)
		rc = look_file(h, names.name[i]);
	return rc;
}

/* Every entry of the module, in every service. */
static int
for_entries(struct hunt *h, int (*act)(struct hunt *h, const struct entry *e))
{
	const struct check *c = h->s->check;
	int rc = 0;

	for (size_t i = 0; h->table->module && i < c->services; i++) {
		for (int f = 0; f < FAC_COUNT; f++) {
			const struct chain *ch =
			    &c->service[i].policy->chain[f];

			for (size_t at = 0; at < ch->count && rc == 0; at++) {
				if (is_module(&ch->entry[at],
				    h->table->module))
					rc = act(h, &ch->entry[at]);
			}
		}
	}
	return rc;
}

static int
note_use(struct hunt *h, const struct entry *e)
{
	const struct conf_table *t = h->table;

	h->used = true;
	return t->unless && has_argument(e, t->unless) ? -ENOENT : 0;
}

/* A file that an argument names. */
static int
look_argument(struct hunt *h, const struct entry *e)
{
	int rc = 0;

	for (int i = 0; i < e->argc && rc == 0; i++) {
		const char *path = text_after(e->argv[i], h->table->argument);

		if (path && *path == '/')
			rc = look_file(h, path);
	}
	return rc;
}

static void
look_table(struct scene *s, const struct conf_table *t,
    enum conf_fault_kind kind)
{
	struct hunt h = { .s = s, .kind = kind, .table = t,
		.used = !t->module };
	int rc = for_entries(&h, note_use);

	/* Another form is read. */
	if (rc == -ENOENT)
		return;
	for (size_t i = 0; t->path[i] && rc == 0; i++)
		rc = look_pattern(&h, t->path[i]);
	if (rc == 0 && t->argument)
		rc = for_entries(&h, look_argument);
	s->check->report.failed |= rc == -ENOMEM;
}

/* Policies alone (--confdir) have no such files. */
static void
look(struct scene *s, enum conf_fault_kind kind)
{
	const struct conf_tables *all = &s->check->tables;

	if (s->check->o->confdir && !s->check->o->root)
		return;
	for (size_t i = 0; i < all->count; i++)
		look_table(s, &all->table[i], kind);
}

static void
look_unknown(struct scene *s)
{
	look(s, CONF_UNKNOWN);
}

static void
look_value(struct scene *s)
{
	look(s, CONF_VALUE);
}

static void
look_form(struct scene *s)
{
	look(s, CONF_FORM);
}

const struct rule rules_setting[] = {
	{ "setting-unknown", LEVEL_WARNING, SCOPE_TREE, look_unknown,
	  "a module's own file sets what there is not",
	  "The module logs it and goes on without: a misspelt restriction does "
	  "not restrict. pam_pwquality may refuse every new password." },
	{ "setting-value", LEVEL_ERROR, SCOPE_TREE, look_value,
	  "a value in a module's own file is none that it takes",
	  "The module logs it and passes over the line, or takes something "
	  "else: pam_access and pam_time then refuse nobody by it, and with "
	  "pam_namespace no session can be opened. The message tells what is "
	  "wanted. It is a note where no service uses the module." },
	{ "setting-form", LEVEL_ERROR, SCOPE_TREE, look_form,
	  "a line in a module's own file has not the fields that it needs",
	  "The module logs it and passes over the line: pam_access and pam_time "
	  "then refuse nobody by it, and with pam_namespace no session can be "
	  "opened. It is a note where no service uses the module." },
	{ .code = NULL },
};
