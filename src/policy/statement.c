/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/statement.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"

/* A line while its columns are read. */
struct columns {
	struct policy *policy;
	const struct scope *scope;
	struct line *rest;
	struct place at;
	const char *last;	/* the word before, for "nothing behind it" */
	const char *control;
	enum facility facility;
	bool quiet, misfit;	/* "-" before the type; no type at all */
};

static const enum fault_kind control_faults[] = {
	[CONTROL_GLUED] = FAULT_GLUED,
	[CONTROL_VALUE] = FAULT_VALUE,
	[CONTROL_EQUALS] = FAULT_EQUALS,
	[CONTROL_ACTION] = FAULT_ACTION,
	[CONTROL_JUMP] = FAULT_JUMP,
};

static int
fault(struct columns *c, enum fault_kind kind, const char *word)
{
	const char *copy = arena_copy(&c->policy->arena, word, strlen(word));

	if (!copy)
		return -ENOMEM;
	return build_fault(c->policy, &(struct fault){ kind, c->at, copy, 0 });
}

/* C-23, C-24: a line whose type nobody knows refuses where its text goes. */
static int
read_type(struct columns *c, const char *word)
{
	const enum facility only = c->scope->only;
	const char *type = word;

	c->last = word;
	c->quiet = *type == '-';
	type += c->quiet;
	for (size_t f = 0; f < FAC_COUNT; f++) {
		if (text_same(type, facility_word((enum facility)f))) {
			c->facility = (enum facility)f;
			return 0;
		}
	}
	c->misfit = true;
	c->facility = only == FAC_ANY ? FAC_AUTH : only;
	return fault(c, FAULT_TYPE, word);
}

static struct entry *
new_entry(struct columns *c)
{
	struct entry *e = build_entry(&c->scope->chain[c->facility]);

	if (!e)
		return NULL;
	build_refuse(e, c->at, c->scope->depth);
	e->quiet = c->quiet;
	e->control = c->control;
	return e;
}

static int
add_refusal(struct columns *c, const struct control *control,
    enum fault_kind kind)
{
	struct entry *e = new_entry(c);

	if (!e || (control && build_control(c->policy, e, control) < 0))
		return -ENOMEM;
	return fault(c, kind, c->last);
}

/* C-39: with such a name nothing that follows can be meant. */
static int
read_name(struct columns *c, const char *module, const char **name)
{
	const int rc = build_name(c->policy, module, name);

	if (rc != -EINVAL)
		return rc;
	if (fault(c, FAULT_MODULE_NAME, module) < 0)
		return -ENOMEM;
	return STATEMENT_BROKEN;
}

static int
add_module(struct columns *c, const struct control *control)
{
	struct entry *e;
	struct word word;
	const char *module, *name;
	int rc;

	if (!lex_word(c->rest, &word))
		return add_refusal(c, control, FAULT_NO_MODULE);
	module = word_copy(&c->policy->arena, &word);
	if (!module)
		return -ENOMEM;
	rc = read_name(c, module, &name);
	if (rc != 0)
		return rc;
	e = new_entry(c);
	if (!e || build_control(c->policy, e, control) < 0)
		return -ENOMEM;
	e->module = module;
	e->name = name;
	if (!c->misfit)
		e->kind = ENTRY_MODULE;
	return build_arguments(c->policy, e, c->rest);
}

/* A substack is marked where it begins: jumps count it as one. */
static int
add_substack(struct columns *c, const char *file)
{
	struct entry *e;
	const char *name;
	const int rc = read_name(c, file, &name);

	if (rc != 0)
		return rc;
	e = new_entry(c);
	if (!e)
		return -ENOMEM;
	e->kind = ENTRY_SUBSTACK;
	e->module = file;
	e->name = name;
	return STATEMENT_INCLUDE;
}

static int
read_operand(struct columns *c, struct inclusion *inclusion)
{
	struct word word;

	inclusion->at = c->at;
	inclusion->only = c->facility;
	if (!lex_word(c->rest, &word))
		return fault(c, FAULT_NO_FILE, c->last) < 0 ?
		    -ENOMEM : STATEMENT_INCLUDE;
	inclusion->file = word_copy(&c->policy->arena, &word);
	if (!inclusion->file)
		return -ENOMEM;
	if (inclusion->substack)
		return add_substack(c, inclusion->file);
	return STATEMENT_INCLUDE;
}

static int
read_control(struct columns *c, struct inclusion *inclusion)
{
	struct control control;
	enum control_kind kind;
	enum control_fault wrong;
	struct word word;
	const char *rest, *text;

	if (!lex_word(c->rest, &word))
		return add_refusal(c, NULL, FAULT_NO_CONTROL);
	text = word_copy(&c->policy->arena, &word);
	if (!text)
		return -ENOMEM;
	c->last = text;
	c->control = text;
	wrong = control_parse(text, &kind, &control, &rest);
	if (wrong != CONTROL_FINE && fault(c, control_faults[wrong], rest) < 0)
		return -ENOMEM;
	if (kind == CONTROL_ACTIONS)
		return add_module(c, &control);
	inclusion->substack = kind == CONTROL_SUBSTACK;
	return read_operand(c, inclusion);
}

int
statement(struct policy *p, const struct scope *scope, struct line *line,
    struct place at, struct inclusion *inclusion)
{
	struct columns c = {
		.policy = p, .scope = scope, .rest = line, .at = at
	};
	struct word word;
	const char *text;

	memset(inclusion, 0, sizeof *inclusion);
	if (!lex_word(line, &word))
		return STATEMENT_DONE;
	text = word_copy(&p->arena, &word);
	if (!text)
		return -ENOMEM;
	if (text_same(text, "@include")) {
		c.last = text;
		c.facility = scope->only;
		return read_operand(&c, inclusion);
	}
	if (read_type(&c, text) < 0)
		return -ENOMEM;
	if (scope->only != FAC_ANY && c.facility != scope->only)
		return STATEMENT_DONE;
	return read_control(&c, inclusion);
}
