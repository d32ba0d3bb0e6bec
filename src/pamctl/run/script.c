/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/run/script.h"

#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/grow.h"
#include "base/text.h"
#include "pamctl/pamctl.h"
#include "pamctl/run/flags.h"
#include "pamctl/run/settings.h"
#include "pamctl/usher_calls.h"

static int
read_expected(struct operation *op, const char *word)
{
	const int code = code_named(word);

	if (code < 0)
		return fail(STATUS_USAGE, "no such code as \"%s\"", word);
	if (op->deed->kind == DEED_WAIT)
		return fail(STATUS_USAGE, "wait has no result to expect");
	op->expected = code;
	op->told = true;
	return 0;
}

/* What stands in brackets. *rest is what follows them. */
static int
read_flags(struct operation *op, const char *text, const char **rest)
{
	const size_t len = strcspn(text, ")");
	_drop_(freep) char *inside = strndup(text, len);
	const char *wrong;

	if (!inside)
		return fail(STATUS_AGAIN, "out of memory");
	if (text[len] != ')')
		return fail(STATUS_USAGE, "%s: no closing bracket behind \"%s\"",
		    op->deed->name, text);
	if (op->deed->kind != DEED_CALL)
		return fail(STATUS_USAGE, "%s has no flags", op->deed->name);
	if (flags_read(inside, &op->flags, &wrong) < 0)
		return fail(STATUS_USAGE, "%s: no such flag as \"%s\"",
		    op->deed->name, wrong);
	*rest = text + len + 1;
	return 0;
}

/* What stands behind the equals sign. */
static int
read_value(struct operation *op, const char *value)
{
	if (op->deed->kind != DEED_ATTACH)
		return read_expected(op, value);
	if (!usher_has_attach())
		return fail(STATUS_USAGE,
		    "attach: the libpam of this system cannot do that");
	op->id = value;
	return 0;
}

static int
read_operation(struct operation *op, const char *word)
{
	const size_t len = strcspn(word, "(= \t");
	const char *rest = word + len;
	int rc = 0;

	*op = (struct operation){ .deed = deed_named(word, len) };
	if (!op->deed)
		return fail(STATUS_USAGE, "no operation \"%s\"", word);
	rest += strspn(rest, " \t");
	if (*rest == '(')
		rc = read_flags(op, rest + 1, &rest);
	if (rc == 0 && *rest == '=')
		return read_value(op, rest + 1);
	if (rc == 0 && *rest)
		return fail(STATUS_USAGE, "%s: \"%s\" behind it",
		    op->deed->name, rest);
	return rc;
}

static int
add_operation(struct script *script, const char *word)
{
	struct operation *op;
	int rc;

	if (GROW(script->operation, script->count, script->cap) < 0)
		return fail(STATUS_AGAIN, "out of memory");
	op = &script->operation[script->count];
	rc = read_operation(op, word);
	if (rc == 0 && op->deed->kind == DEED_ATTACH && !(op->id && *op->id))
		rc = fail(STATUS_USAGE, "attach: to which session?");
	if (rc == 0)
		script->count++;
	return rc;
}

static int
read_word(struct script *script, const char *word)
{
	const char *expected = text_after(word, "expect=");

	if (!expected)
		return add_operation(script, word);
	if (script->count == 0)
		return fail(STATUS_USAGE, "expect= stands before all "
		    "operations");
	return read_expected(&script->operation[script->count - 1], expected);
}

static size_t
place_of(const struct script *script, const char *name)
{
	size_t i = 0;

	while (i < script->count &&
	    strcmp(script->operation[i].deed->name, name) != 0)
		i++;
	return i;
}

/* A program whose place is not told runs before the session is closed. */
static int
place_program(struct script *script)
{
	const size_t at = place_of(script, "close_session");
	struct operation exec;
	int rc;

	if (place_of(script, "exec") < script->count)
		return 0;
	rc = add_operation(script, "exec");
	if (rc)
		return rc;
	exec = script->operation[script->count - 1];
	memmove(&script->operation[at + 1], &script->operation[at],
	    (script->count - 1 - at) * sizeof exec);
	script->operation[at] = exec;
	return 0;
}

int
script_read(struct script *script, const struct settings *s)
{
	int rc = 0;

	for (size_t i = 0; i < s->operations.count && rc == 0; i++)
		rc = read_word(script, s->operations.word[i]);
	if (rc == 0 && s->program)
		return place_program(script);
	if (rc == 0 && place_of(script, "exec") < script->count)
		return fail(STATUS_USAGE, "exec: no command behind --");
	return rc;
}

bool
operation_differs(const struct operation *op)
{
	return op->called && op->result != op->expected;
}

void
script_free(struct script *script)
{
	for (size_t i = 0; i < script->count; i++) {
		free(script->operation[i].message);
		free(script->operation[i].step);
	}
	free(script->operation);
	arena_free(&script->texts);
}
