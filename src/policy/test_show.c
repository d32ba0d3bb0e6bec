/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/test_show.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"

int
show_read(void *ctx, const char *name, struct policy_file *file)
{
	const struct text *texts = ctx;

	file->path = strdup(name);
	for (size_t i = 0; i < TEXTS && texts[i].name; i++) {
		const struct text *t = &texts[i];

		if (strcmp(t->name, name) != 0)
			continue;
		if (t->err)
			return -t->err;
		/* Exactly as long as it is: nobody may read on. */
		file->len = t->len ? t->len : strlen(t->text);
		file->text = malloc(file->len ? file->len : 1);
		memcpy(file->text, t->text, file->len);
		return 0;
	}
	return -ENOENT;
}

static void
show_action(FILE *f, const struct entry *e, int code)
{
	if (e->action[code] == ACT_JUMP)
		fprintf(f, "jump%u", e->jump[code]);
	else
		fputs(action_word((enum action)e->action[code]), f);
}

static void
show_control(FILE *f, const struct entry *e)
{
	static const char *const keywords[] = { "required", "requisite",
		"sufficient", "optional", "binding", "definitive" };
	struct control c;
	enum control_kind kind;
	const char *rest;

	for (size_t i = 0; i < COUNT(keywords); i++) {
		control_parse(keywords[i], &kind, &c, &rest);
		if (memcmp(c.action, e->action, sizeof c.action) == 0) {
			fprintf(f, " %s", keywords[i]);
			return;
		}
	}
	fputs(" (", f);
	show_action(f, e, PAM_SUCCESS);
	fputc(' ', f);
	show_action(f, e, PAM_AUTH_ERR);
	fputc(' ', f);
	show_action(f, e, PAM_IGNORE);
	fputc(')', f);
}

static void
show_module(FILE *f, const struct entry *e)
{
	fprintf(f, " %s", e->module);
	for (int i = 0; i < e->argc; i++) {
		const char *arg = e->argv[i];
		const bool plain = *arg && !strpbrk(arg, " \t");

		fprintf(f, plain ? " %s" : " [%s]", arg);
	}
	/* W-20 */
	if (e->argv[e->argc])
		fputs(" and no end", f);
}

static void
show_entry(FILE *f, const struct entry *e, enum facility facility)
{
	for (unsigned i = 0; i < e->depth; i++)
		fputs("> ", f);
	fprintf(f, "%s%s %s:%u", e->quiet ? "-" : "",
	    facility_word(facility), e->at.file, e->at.line);
	if (e->kind == ENTRY_SUBSTACK) {
		fprintf(f, " (substack %s)\n", e->module);
		return;
	}
	show_control(f, e);
	if (e->kind == ENTRY_REFUSE)
		fputs(" (refuse)", f);
	else
		show_module(f, e);
	fputc('\n', f);
}

char *
show_policy(const struct policy *p)
{
	char *text = NULL, fault[512];
	size_t size;
	FILE *f = open_memstream(&text, &size);

	fputs(p->refused ? "refused\n" : "", f);
	for (size_t i = 0; i < FAC_COUNT; i++) {
		for (size_t k = 0; k < p->chain[i].count; k++)
			show_entry(f, &p->chain[i].entry[k],
			    (enum facility)i);
	}
	for (size_t i = 0; i < p->faults; i++) {
		fault_text(&p->fault[i], fault, sizeof fault);
		fprintf(f, "! %s\n", fault);
	}
	for (size_t i = 0; i < p->comments; i++)
		fprintf(f, "#%s at %s:%u\n", p->comment[i].text,
		    p->comment[i].at.file, p->comment[i].at.line);
	fclose(f);
	return text;
}

char *
show_parsed(const struct text texts[TEXTS], const char *service,
    const char *single)
{
	const struct policy_source source = {
		.read = show_read, .ctx = (void *)(uintptr_t)texts,
		.single = single,
	};
	struct policy *policy;
	char *text;

	if (policy_parse(&source, service, POLICY_COMMENTS, &policy) < 0)
		return strdup("no memory");
	text = show_policy(policy);
	policy_free(policy);
	return text;
}
