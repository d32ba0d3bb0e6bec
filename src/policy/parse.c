/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/parse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/text.h"
#include "policy/statement.h"

#define INCLUDE_MAX 15		/* C-35 */
#define LINES_MAX 1000000	/* files that include each other multiply */

/* A text that is being read, and where its lines go. */
struct reading {
	struct lexer lexer;
	struct scope scope;
	const char *path;
	struct inclusion via;		/* the line that asked for it */
	const struct scope *outer;	/* where that line stood */
};

struct parser {
	struct policy *policy;
	const struct policy_source *source;
	const char *service;
	unsigned flags;
	size_t lines;		/* read so far, in all texts */
	struct chain own[FAC_COUNT], other[FAC_COUNT];
	struct reading reading[INCLUDE_MAX + 1];
	size_t open;		/* of them */
};

static int
fault(struct parser *p, enum fault_kind kind, struct place at,
    const char *word, int err)
{
	return build_fault(p->policy, &(struct fault){ kind, at, word, err });
}

/* The text of a file, read once however often it is included. 0, -ENOMEM, or
 * another -errno when it is not to be had. */
static int
file_of(struct parser *p, const char *name, const struct policy_file **out)
{
	struct policy *policy = p->policy;
	struct policy_file *file;

	for (size_t i = 0; i < policy->files; i++) {
		file = policy->file[i];
		if (strcmp(file->name, name) == 0) {
			*out = file;
			return file->err;
		}
	}
	file = build_file(policy, name);
	if (!file)
		return -ENOMEM;
	file->err = p->source->read(p->source->ctx, name, file);
	*out = file;
	return file->err;
}

static struct reading *
push(struct parser *p, const struct policy_file *file, struct scope scope)
{
	struct reading *r = &p->reading[p->open++];

	memset(r, 0, sizeof *r);
	lex_begin(&r->lexer, file->text, file->len);
	r->path = file->path;
	r->scope = scope;
	return r;
}

static void
pop(struct parser *p)
{
	lex_end(&p->reading[--p->open].lexer);
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
include(struct parser *p, const struct scope *scope,
    const struct inclusion *via)
{
	const struct policy_file *file;
	struct scope inner = *scope;
	struct reading *r;
	int rc;

	if (!via->file)
		return refuse(scope, via);
	if (p->open > INCLUDE_MAX) {
		rc = fault(p, FAULT_DEPTH, via->at, via->file, 0);
		return rc < 0 ? rc : refuse(scope, via);
	}
	rc = file_of(p, via->file, &file);
	if (rc == -ENOMEM)
		return rc;
	if (rc < 0) {
		rc = fault(p, FAULT_INCLUDE, via->at, via->file, -rc);
		return rc < 0 ? rc : refuse(scope, via);
	}
	inner.only = via->only;
	inner.depth = (uint8_t)(scope->depth + via->substack);
	r = push(p, file, inner);
	r->via = *via;
	r->outer = scope;
	return 0;
}

/* C-15, C-39: nobody knows what the rest of the text would have said. What is
 * included then refuses; of a service nothing is used. */
static int
give_up(struct parser *p)
{
	const struct reading *r = &p->reading[p->open - 1];
	const struct scope *outer = r->outer;
	const struct inclusion via = r->via;

	pop(p);
	if (outer)
		return refuse(outer, &via);
	p->policy->refused = true;
	return 0;
}

static int
unfinished(struct parser *p, const struct reading *r)
{
	const struct place at = { r->path, r->lexer.number };
	const char *word = r->outer ? r->via.file : p->service;

	if (fault(p, FAULT_UNFINISHED, at, word, 0) < 0)
		return -ENOMEM;
	return give_up(p);
}

/* C-9: a line of pam.conf begins with the service that it is for. Chains of
 * that service, or NULL for somebody else's. */
static struct chain *
whose_line(struct parser *p, struct line *line)
{
	struct line ahead = *line;
	struct word word;

	if (!lex_word(&ahead, &word))
		return NULL;
	if (word_is(&word, "@include"))
		return p->own;
	*line = ahead;
	if (word_is(&word, p->service))
		return p->own;
	return word_is(&word, "other") ? p->other : NULL;
}

static int
read_line(struct parser *p, struct reading *r, struct line *line)
{
	const struct place at = { r->path, line->number };
	struct inclusion via;
	int rc;

	if (line->comment && p->flags & POLICY_COMMENTS &&
	    build_comment(p->policy, at, line->comment, line->comment_len) < 0)
		return -ENOMEM;
	if (p->source->single && !r->outer) {
		r->scope.chain = whose_line(p, line);
		if (!r->scope.chain)
			return 0;
	}
	rc = statement(p->policy, &r->scope, line, at, &via);
	if (rc == STATEMENT_INCLUDE)
		return include(p, &r->scope, &via);
	return rc == STATEMENT_BROKEN ? give_up(p) : rc;
}

/* Read everything that is open, and what it includes, to the end. */
static int
read_open(struct parser *p)
{
	while (p->open) {
		struct reading *r = &p->reading[p->open - 1];
		struct line line;
		int rc = lex_line(&r->lexer, &line);

		if (rc == LEX_UNFINISHED)
			rc = unfinished(p, r);
		else if (rc == LEX_LINE && ++p->lines <= LINES_MAX)
			rc = read_line(p, r, &line);
		else if (rc == LEX_LINE)
			rc = -E2BIG;
		else if (rc == LEX_END)
			pop(p);
		if (rc < 0)
			return rc;
	}
	return 0;
}

/* Read the file of a service into chains. 0, -errno; a file that is there and
 * not to be read refuses: CVE-2014-3879. */
static int
read_service(struct parser *p, const char *name, struct chain *chain)
{
	const struct policy_file *file;
	int rc = file_of(p, name, &file);

	if (rc == -ENOMEM || rc == -ENOENT)
		return rc;
	if (rc < 0) {
		p->policy->refused = true;
		return fault(p, FAULT_UNREADABLE,
		    (struct place){ file->path, 0 }, p->service, -rc);
	}
	push(p, file, (struct scope){ .chain = chain, .only = FAC_ANY });
	return read_open(p);
}

/* C-8: the names of directories that always exist are those of policies that
 * say nothing. */
static bool
names_a_file(const char *service)
{
	return *service && strcmp(service, ".") != 0 &&
	    strcmp(service, "..") != 0;
}

static bool
lacks_facility(const struct chain *chain)
{
	for (size_t f = 0; f < FAC_COUNT; f++) {
		if (!chain[f].count)
			return true;
	}
	return false;
}

/* C-5: the service's own file, then "other" if a facility is missing. 0 or
 * -errno; -ENOENT when there is neither. */
static int
read_directory(struct parser *p)
{
	/* W-13: "other" for itself would only be all of it once more. */
	const bool is_other = strcmp(p->service, "other") == 0;
	int own = 0, other;

	if (names_a_file(p->service))
		own = read_service(p, p->service, p->own);
	if ((own < 0 && own != -ENOENT) || p->policy->refused || is_other ||
	    !lacks_facility(p->own))
		return own;
	other = read_service(p, "other", p->other);
	if (other != -ENOENT || own == -ENOENT)
		return other;
	return fault(p, FAULT_NO_OTHER, (struct place){ 0 }, "other", 0);
}

/* C-9: own lines and those of "other" stand in one file. */
static int
read_single(struct parser *p)
{
	return read_service(p, p->source->single, p->own);
}

/* C-6: a facility is the service's own, or else what "other" says of it. */
static void
settle(struct parser *p)
{
	for (size_t f = 0; f < FAC_COUNT; f++) {
		const bool own = p->own[f].count > 0;

		p->policy->chain[f] = own ? p->own[f] : p->other[f];
		free(own ? p->other[f].entry : p->own[f].entry);
	}
}

static int
refuse_all(struct parser *p, enum fault_kind kind, int err)
{
	const struct place nowhere = { 0 };

	p->policy->refused = true;
	return fault(p, kind, nowhere, p->service, err);
}

static int
parse(struct parser *p)
{
	int rc = p->source->single ? read_single(p) : read_directory(p);

	while (p->open)
		pop(p);
	settle(p);
	if (rc == -ENOENT)
		return refuse_all(p, FAULT_NO_POLICY, 0);
	if (rc == -E2BIG)
		return refuse_all(p, FAULT_TOO_LARGE, 0);
	return rc;
}

int
policy_parse(const struct policy_source *source, const char *service,
    unsigned flags, struct policy **out)
{
	struct policy *policy = calloc(1, sizeof *policy);
	struct parser *p = calloc(1, sizeof *p);
	int rc = -ENOMEM;

	if (policy && p) {
		p->policy = policy;
		p->source = source;
		p->flags = flags;
		p->service = arena_copy(&policy->arena, service,
		    strlen(service));
		rc = p->service ? parse(p) : -ENOMEM;
	}
	free(p);
	if (rc < 0) {
		policy_free(policy);
		return rc;
	}
	*out = policy;
	return 0;
}
