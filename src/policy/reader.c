/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"

#define LINES_MAX 1000000	/* files that include each other multiply */

int
reader_fault(struct reader *r, enum fault_kind kind, struct place at,
    const char *word, int err)
{
	return build_fault(r->policy, &(struct fault){ kind, at, word, err });
}

int
reader_file(struct reader *r, const char *name,
    const struct policy_file **out)
{
	const size_t len = strlen(name);
	const struct table_slot *known = table_find(&r->files, name, len);
	struct policy_file *file;

	if (known) {
		*out = known->value;
		return (*out)->err;
	}
	file = build_file(r->policy, name);
	if (!file)
		return -ENOMEM;
	file->err = r->source->read(r->source->ctx, name, file);
	/* What lacks the lines of others is of no use to an include. */
	if (!file->thin &&
	    table_add(&r->files, file->name, len, file) < 0)
		return -ENOMEM;
	*out = file;
	return file->err;
}

static struct reading *
push(struct reader *r, const struct policy_file *file, struct scope scope)
{
	struct reading *t = &r->reading[r->open++];

	memset(t, 0, sizeof *t);
	lex_begin(&t->lexer, file->text, file->len);
	t->path = file->path;
	t->scope = scope;
	return t;
}

static void
pop(struct reader *r)
{
	lex_end(&r->reading[--r->open].lexer);
}

/* C-34, DEB-3: what could not be had refuses wherever it would have been. */
static int
refuse(const struct scope *scope, const struct inclusion *via)
{
	for (size_t f = 0; f < FAC_COUNT; f++) {
		struct entry *e;

		if (via->only != FAC_ANY && via->only != f)
			continue;
		e = build_entry(&scope->chain[f]);
		if (!e)
			return -ENOMEM;
		build_refuse(e, via->at, scope->depth);
	}
	return 0;
}

/* Begin to read the file of an include line that stands in scope. */
static int
include(struct reader *r, const struct scope *scope,
    const struct inclusion *via)
{
	const struct policy_file *file;
	struct scope inner = *scope;
	struct reading *t;
	int rc;

	if (!via->file)
		return refuse(scope, via);
	if (r->open > INCLUDE_MAX) {
		rc = reader_fault(r, FAULT_DEPTH, via->at, via->file, 0);
		return rc < 0 ? rc : refuse(scope, via);
	}
	rc = reader_file(r, via->file, &file);
	if (rc == -ENOMEM)
		return rc;
	if (rc < 0) {
		rc = reader_fault(r, FAULT_INCLUDE, via->at, via->file, -rc);
		return rc < 0 ? rc : refuse(scope, via);
	}
	inner.only = via->only;
	inner.depth = (uint8_t)(scope->depth + via->substack);
	t = push(r, file, inner);
	t->via = *via;
	t->outer = scope;
	return 0;
}

/* C-15, C-39: nobody knows what the rest of the text would have said. What is
 * included then refuses; of a service nothing is used. */
static int
give_up(struct reader *r)
{
	const struct reading *t = &r->reading[r->open - 1];
	const struct scope *outer = t->outer;
	const struct inclusion via = t->via;

	pop(r);
	if (outer)
		return refuse(outer, &via);
	r->policy->refused = true;
	return 0;
}

static int
unfinished(struct reader *r, const struct reading *t)
{
	const struct place at = { t->path, t->lexer.number };
	const char *word = t->outer ? t->via.file : r->service;

	if (reader_fault(r, FAULT_UNFINISHED, at, word, 0) < 0)
		return -ENOMEM;
	return give_up(r);
}

/* C-9: a line of pam.conf begins with the service that it is for. Chains of
 * that service, or NULL for somebody else's. */
static struct chain *
whose_line(struct reader *r, struct line *line)
{
	struct line ahead = *line;
	struct word word;

	if (!lex_word(&ahead, &word))
		return NULL;
	if (word_is(&word, "@include"))
		return r->own;
	*line = ahead;
	if (word_is(&word, r->service))
		return r->own;
	return word_is(&word, "other") ? r->other : NULL;
}

/* W-21: such a file fails in obscure ways; its first line says why. */
static int
note_cr(struct reader *r, struct reading *t, const struct line *line)
{
	const struct place at = { t->path, line->number };

	if (t->cr_told || line->end == line->at || line->end[-1] != '\r')
		return 0;
	t->cr_told = true;
	return reader_fault(r, FAULT_CR, at, t->outer ? t->via.file :
	    r->service, 0);
}

static int
read_line(struct reader *r, struct reading *t, struct line *line)
{
	const struct place at = { t->path, line->number };
	struct inclusion via;
	int rc;

	if (line->comment && r->flags & POLICY_COMMENTS &&
	    build_comment(r->policy, at, line->comment, line->comment_len) < 0)
		return -ENOMEM;
	if (r->source->single && !t->outer) {
		t->scope.chain = whose_line(r, line);
		if (!t->scope.chain)
			return 0;
	}
	if (note_cr(r, t, line) < 0)
		return -ENOMEM;
	rc = statement(r->policy, &t->scope, line, at, &via);
	if (rc == STATEMENT_INCLUDE)
		return include(r, &t->scope, &via);
	return rc == STATEMENT_BROKEN ? give_up(r) : rc;
}

static int
next_line(struct reader *r, struct reading *t, struct line *line)
{
	int rc;

	r->lines += lex_skip_empty(&t->lexer);
	rc = lex_line(&t->lexer, line);
	r->lines += rc == LEX_LINE;
	return r->lines > LINES_MAX ? -E2BIG : rc;
}

int
reader_run(struct reader *r, const struct policy_file *file, struct chain *chain)
{
	push(r, file, (struct scope){ .chain = chain, .only = FAC_ANY });
	while (r->open) {
		struct reading *t = &r->reading[r->open - 1];
		struct line line;
		int rc = next_line(r, t, &line);

		if (rc == LEX_UNFINISHED)
			rc = unfinished(r, t);
		else if (rc == LEX_LINE)
			rc = read_line(r, t, &line);
		else if (rc == LEX_END)
			pop(r);
		if (rc < 0)
			return rc;
	}
	return 0;
}

void
reader_end(struct reader *r)
{
	while (r->open)
		pop(r);
	table_free(&r->files);
}
