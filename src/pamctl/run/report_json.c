/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/drop.h"
#include "pamctl/json.h"
#include "pamctl/run/flags.h"
#include "pamctl/run/report.h"
#include "pamctl/run/script.h"
#include "pamctl/run/settings.h"
#include "pamctl/run/transaction.h"
#include "pamctl/usher_calls.h"
#include "policy/code.h"

static void
write_key(const char *key)
{
	printf("\"%s\": ", key);
}

static void
write_text(const char *key, const char *text)
{
	write_key(key);
	if (text)
		json_string(stdout, text);
	else
		fputs("null", stdout);
	fputs(", ", stdout);
}

static void
write_bool(const char *key, bool value, const char *end)
{
	printf("\"%s\": %s%s", key, value ? "true" : "false", end);
}

static void
write_flags(int flags)
{
	const char *word;
	int rest;

	printf("\"flags\": %d, \"flag_names\": [", flags);
	for (size_t i = 0; (word = flags_word(flags, i, &rest)); i++)
		printf("%s\"%s\"", i ? ", " : "", word);
	fputs("], ", stdout);
}

static void
write_messages(const struct operation *op)
{
	fputs("\"messages\": [", stdout);
	for (size_t i = 0; i < op->messages; i++) {
		fputs(i ? ", {" : "{", stdout);
		write_text("style", style_word(op->message[i].style));
		write_text("text", op->message[i].text);
		write_bool("answered", op->message[i].answered, "}");
	}
	putchar(']');
}

static void
write_step(const struct trail_row *row)
{
	putchar('{');
	write_text("file", row->file);
	printf("\"line\": %" PRId64 ", ", row->line);
	write_text("module", row->module);
	write_text("answer", row->answer);
	write_text("action", row->action);
	printf("\"ms\": %" PRId64 ", ", row->ms);
	write_bool("decided", row->decides, "}");
}

static void
write_trail(const struct operation *op)
{
	fputs(", \"trail\": [", stdout);
	for (size_t i = 0; i < op->steps; i++) {
		if (i)
			fputs(", ", stdout);
		write_step(&op->step[i]);
	}
	putchar(']');
}

/* A program's status is a number and no code. */
static void
write_result(const struct operation *op)
{
	const bool code = op->deed->kind != DEED_EXEC;

	write_text("code", code ? code_word(op->result) : NULL);
	printf("\"number\": %d, ", op->result);
	if (code)
		write_text("expected", code_word(op->expected));
	else
		printf("\"expected\": %d, ", op->expected);
	write_bool("as_expected", !operation_differs(op), ", ");
	write_messages(op);
	if (op->deed->kind == DEED_CALL && usher_has_trail())
		write_trail(op);
}

static void
write_operation(const struct operation *op)
{
	fputs("  {", stdout);
	write_text("operation", op->deed->name);
	if (op->deed->kind == DEED_CALL)
		write_flags(op->flags);
	if (op->id)
		write_text("session", op->id);
	write_bool("called", op->called, op->called ? ", " : "");
	if (op->called)
		write_result(op);
	putchar('}');
}

static void
write_operations(const struct script *script)
{
	fputs("\"operations\": [\n", stdout);
	for (size_t i = 0; i < script->count; i++) {
		write_operation(&script->operation[i]);
		puts(i + 1 < script->count ? "," : "");
	}
	fputs("],\n\"environment\": {", stdout);
}

static void
write_environment(char *const *environment)
{
	for (size_t i = 0; environment && environment[i]; i++) {
		char *equals = strchr(environment[i], '=');

		fputs(i ? ", " : "", stdout);
		if (equals)
			*equals = '\0';
		json_string(stdout, environment[i]);
		fputs(": ", stdout);
		json_string(stdout, equals ? equals + 1 : "");
		if (equals)
			*equals = '=';
	}
	fputs("},\n", stdout);
}

void
report_json(const struct transaction *t, int status)
{
	const struct settings *s = t->settings;

	putchar('{');
	write_text("service", s->service);
	write_text("user", t->pamh ? t->user : s->user);
	write_text("id", t->id);
	fputs("\n\"start\": {", stdout);
	write_text("refused", t->refused);
	write_text("code", code_word(t->start));
	printf("\"number\": %d},\n", t->start);
	write_operations(t->script);
	write_environment(t->environment);
	fputs("\"end\": {", stdout);
	write_bool("called", t->pamh && !s->no_end, ", ");
	printf("\"status\": %d, \"number\": %d},\n", t->end_status, t->end);
	printf("\"status\": %d}\n", status);
}
