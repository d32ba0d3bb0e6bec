/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pamctl/check/rule.h"
#include "pamctl/columns.h"
#include "pamctl/pamctl.h"

#define SERVICES_TOLD 4		/* more are only counted */
#define WIDTH 78

static const char *const colours[LEVEL_COUNT] = {
	[LEVEL_NOTE] = "\033[36m",
	[LEVEL_WARNING] = "\033[33m",
	[LEVEL_ERROR] = "\033[31m",
};

static bool
coloured(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && !(no && *no) && term &&
	    strcmp(term, "dumb") != 0;
}

/* Where the file is the service's own, it tells the service. */
static void
print_services(const struct finding *f)
{
	const char *base = strrchr(f->at.file, '/');

	if (!f->services || (f->service_count == 1 && base &&
	    strcmp(base + 1, f->services) == 0))
		return;
	if (f->service_count > SERVICES_TOLD) {
		printf(" (%zu services)", f->service_count);
		return;
	}
	fputs(" (", stdout);
	put(stdout, f->services);
	putchar(')');
}

static void
print_line(const struct finding *f, bool colour)
{
	put(stdout, f->at.file);
	putchar(':');
	if (f->at.line)
		printf("%u:", f->at.line);
	printf(" %s%s%s: %s: %s", colour ? colours[f->level] : "",
	    level_word(f->level), colour ? "\033[0m" : "", f->rule->code,
	    f->text);
	print_services(f);
	putchar('\n');
}

void
print_lines(const struct report *r, enum level least)
{
	const bool colour = coloured();

	for (size_t i = 0; i < r->count; i++) {
		const struct finding *f = &r->finding[i];

		if (f->level >= least && !f->ignored)
			print_line(f, colour);
	}
}

enum { COL_FILE, COL_LINE, COL_SEVERITY, COL_CODE, COL_TEXT, COL_SERVICES };

static const struct column columns[] = {
	[COL_FILE] = { .name = "FILE" },
	[COL_LINE] = { .name = "LINE", .number = true },
	[COL_SEVERITY] = { .name = "SEVERITY" },
	[COL_CODE] = { .name = "CODE" },
	[COL_TEXT] = { .name = "TEXT" },
	[COL_SERVICES] = { .name = "SERVICES" },
	{ .name = NULL },
};

static void
fill_row(struct columns *c, const struct finding *f)
{
	columns_row(c);
	columns_cell(c, COL_FILE, f->at.file);
	columns_number(c, COL_LINE, f->at.line);
	columns_cell(c, COL_SEVERITY, level_word(f->level));
	columns_cell(c, COL_CODE, f->rule->code);
	columns_cell(c, COL_TEXT, f->text);
	columns_cell(c, COL_SERVICES, f->services);
}

int
print_columns(const struct options *o, const struct report *r,
    enum level least)
{
	struct columns *c = columns_new(o, "findings", columns);

	if (!c)
		return STATUS_USAGE;
	for (size_t i = 0; i < r->count; i++) {
		const struct finding *f = &r->finding[i];

		if (f->level >= least && !f->ignored)
			fill_row(c, f);
	}
	return columns_end(c);
}

void
print_paragraph(const char *text)
{
	size_t at = 0;

	while (*text) {
		const size_t len = strcspn(text, " ");

		if (at && at + 1 + len > WIDTH) {
			putchar('\n');
			at = 0;
		}
		if (at)
			putchar(' ');
		printf("%.*s", (int)len, text);
		at += len + (at > 0);
		text += len;
		text += strspn(text, " ");
	}
	putchar('\n');
}

void
print_rule(const struct rule *rule)
{
	printf("%s: %s (%s)\n\n", rule->code, rule->what,
	    level_word(rule->level));
	print_paragraph(rule->explain);
}

void
print_rules(const struct rule *rules)
{
	for (const struct rule *r = rules; r->code; r++)
		printf("%-18s %-8s %s\n", r->code, level_word(r->level),
		    r->what);
}
