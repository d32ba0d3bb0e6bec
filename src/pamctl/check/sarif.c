/* SPDX-License-Identifier: BSD-2-Clause */
/* SARIF 2.1.0, which systems for continuous integration show beside the lines
 * of a change. */
#include <stdio.h>
#include <string.h>

#include "pamctl/check/print.h"
#include "pamctl/check/rule.h"
#include "pamctl/json.h"
#include "pamctl/pamctl.h"

static void
member(const char *name, const char *text)
{
	printf("\"%s\": ", name);
	json_string(stdout, text);
}

static void
message(const char *name, const char *text)
{
	printf("\"%s\": { ", name);
	member("text", text);
	fputs(" }", stdout);
}

static void
print_rule_of(const struct rule *r)
{
	fputs("        { ", stdout);
	member("id", r->code);
	fputs(",\n          ", stdout);
	message("shortDescription", r->what);
	fputs(",\n          ", stdout);
	message("fullDescription", r->explain);
	fputs(",\n          \"defaultConfiguration\": { ", stdout);
	member("level", level_word(r->level));
	fputs(" } }", stdout);
}

/* Of the path, what a reference may not have as it is. */
static void
print_uri(const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";

	printf("\"uri\": \"%s", *path == '/' ? "file://" : "");
	for (; *path; path++) {
		if (strchr(plain, *path))
			putchar(*path);
		else
			printf("%%%02X", (unsigned char)*path);
	}
	putchar('"');
}

static void
print_location(const struct place *at)
{
	fputs("\"locations\": [ { \"physicalLocation\": { "
	    "\"artifactLocation\": { ", stdout);
	print_uri(at->file);
	fputs(" }", stdout);
	if (at->line)
		printf(", \"region\": { \"startLine\": %u }", at->line);
	fputs(" } } ]", stdout);
}

static void
print_result(const struct finding *f)
{
	fputs("        { ", stdout);
	member("ruleId", f->rule->code);
	fputs(", ", stdout);
	member("level", level_word(f->level));
	fputs(",\n          ", stdout);
	message("message", f->text);
	fputs(",\n          ", stdout);
	print_location(&f->at);
	if (f->ignored) {
		fputs(",\n          \"suppressions\": [ { \"kind\": "
		    "\"inSource\", ", stdout);
		member("justification", f->ignored);
		fputs(" } ]", stdout);
	}
	fputs(" }", stdout);
}

static const char *
print_rules_of(const struct rule *rules, const char *between)
{
	for (const struct rule *r = rules; r && r->code; r++) {
		fputs(between, stdout);
		print_rule_of(r);
		between = ",\n";
	}
	return between;
}

static void
print_all_rules(const struct rule *more)
{
	const char *between = "";

	for (size_t i = 0; rule_families[i]; i++)
		between = print_rules_of(rule_families[i], between);
	print_rules_of(more, between);
}

int
print_sarif(const struct report *r, enum level least)
{
	const char *between = "";

	fputs("{\n  \"$schema\": \"https://json.schemastore.org/"
	    "sarif-2.1.0.json\",\n  \"version\": \"2.1.0\",\n"
	    "  \"runs\": [ {\n    \"tool\": { \"driver\": {\n"
	    "      \"name\": \"pamctl\", \"version\": \"" VERSION "\",\n"
	    "      \"rules\": [\n", stdout);
	print_all_rules(r->more);
	fputs("\n      ] } },\n    \"results\": [\n", stdout);
	for (size_t i = 0; i < r->count; i++) {
		if (r->finding[i].level < least)
			continue;
		fputs(between, stdout);
		print_result(&r->finding[i]);
		between = ",\n";
	}
	fputs("\n    ]\n  } ]\n}\n", stdout);
	return STATUS_CLEAN;
}
