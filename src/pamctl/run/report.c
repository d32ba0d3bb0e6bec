/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/run/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <security/pam_appl.h>

#include "base/drop.h"
#include "pamctl/columns.h"
#include "pamctl/pamctl.h"
#include "pamctl/run/flags.h"
#include "pamctl/run/script.h"
#include "pamctl/run/settings.h"
#include "pamctl/run/transaction.h"
#include "pamctl/usher_calls.h"
#include "policy/code.h"

static const char *
word_of(const struct operation *op, int result, char number[12])
{
	if (op->deed->kind != DEED_EXEC && result < CODE_COUNT)
		return code_word(result);
	snprintf(number, 12, "%d", result);
	return number;
}

void
report_call(const struct settings *s, const struct operation *op)
{
	const char *between = "(", *word;
	int rest;

	if (!s->verbose || s->json)
		return;
	printf("pamctl: calling %s", op->deed->name);
	for (size_t i = 0; (word = flags_word(op->flags, i, &rest)); i++) {
		printf("%s%s", between, word);
		between = "|";
	}
	if (rest)
		printf("%s0x%x", between, (unsigned)rest);
	puts(op->flags ? ")" : "");
	fflush(stdout);
}

/* Messages and complaints share a terminal: each in its turn. */
static void
print_result(const struct operation *op)
{
	char was[12], expected[12];
	const char *word = word_of(op, op->result, was);

	if (operation_differs(op))
		fail(0, "%s: %s, not %s", op->deed->name, word,
		    word_of(op, op->expected, expected));
	else
		printf("pamctl: %s: %s%s\n", op->deed->name, word,
		    op->told && op->result != PAM_SUCCESS ?
		    ", as expected" : "");
	fflush(stdout);
}

static void
print_trail(const struct operation *op)
{
	const struct options o = {
		.output = "FILE,LINE,MODULE,ANSWER,ACTION,MS,DECIDES",
	};
	struct columns *c = trail_columns(&o);

	if (!c)
		return;
	for (size_t i = 0; i < op->steps; i++)
		trail_row(c, &op->step[i]);
	columns_end(c);
}

void
report_result(const struct settings *s, const struct operation *op)
{
	if (s->json)
		return;
	print_result(op);
	if (op->steps && (s->trail || op->result != PAM_SUCCESS))
		print_trail(op);
	fflush(stdout);
}

void
report_refused(const struct transaction *t)
{
	if (t->settings->json)
		return;
	fail(0, "%s: %s (%s)", t->refused, code_word(t->start),
	    pam_strerror(NULL, t->start));
}

void
report_end(const struct transaction *t)
{
	const struct settings *s = t->settings;

	if (s->json)
		return;
	for (char **v = t->environment; s->print_environment && v && *v; v++) {
		put(stdout, *v);
		putchar('\n');
	}
	if (s->trail && !usher_has_trail())
		fail(0, "no trail: the libpam of this system keeps none");
	if (s->verbose && t->id)
		printf("pamctl: id: %s\n", t->id);
}
