/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/recall.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "libpam/handle.h"
#include "libpam/instance.h"
#include "policy/parse.h"
#include "record/record.h"

/* In the place of an entry that is not asked, so that the others keep their
 * numbers. */
#define NOBODY "-session optional nobody.so\n"

/* As it has to stand in a policy to be the same word again. */
static void
write_word(FILE *to, const char *word)
{
	const bool brackets = !*word || *word == '[' || strpbrk(word, " \t");

	fputs(brackets ? " [" : " ", to);
	for (; *word; word++) {
		if (brackets && *word == ']')
			fputc('\\', to);
		fputc(*word, to);
	}
	if (brackets)
		fputc(']', to);
}

/* What succeeded has to close well; what did not was optional, or the session
 * would not have opened. */
static void
write_entry(FILE *to, const struct record_entry *e)
{
	fputs(e->answer == PAM_SUCCESS ? "session required" :
	    "session optional", to);
	write_word(to, e->module);
	for (size_t i = 0; i < e->argc; i++)
		write_word(to, e->argv[i]);
	fputc('\n', to);
}

/* One behind the last that answered: it may have been under way. */
static size_t
last_begun(const struct record *r)
{
	size_t n = r->entries;

	while (n && r->entry[n - 1].answer == NO_ANSWER)
		n--;
	return n;
}

/* Who has put something was under way for certain, wherever he stands. */
static bool
was_asked(const struct record *r, size_t at, size_t begun)
{
	return r->entry[at].answer != NO_ANSWER || record_has_put(r, at) ||
	    (at == begun && !r->was_open);
}

/* The stack as a policy would have it: NULL, no memory. */
static char *
text_of(const struct record *r)
{
	char *text = NULL;
	size_t len = 0;
	FILE *to = open_memstream(&text, &len);
	const size_t begun = last_begun(r);

	if (!to)
		return NULL;
	for (size_t i = 0; i < r->entries; i++) {
		if (r->entry[i].module && was_asked(r, i, begun))
			write_entry(to, &r->entry[i]);
		else
			fputs(NOBODY, to);
	}
	if (fclose(to) == 0)
		return text;
	free(text);
	return NULL;
}

static int
read_text(void *ctx, const char *name, struct policy_file *file)
{
	const char *text = ctx;

	if (strcmp(name, "record") != 0)
		return -ENOENT;
	file->path = strdup("the session's record");
	file->text = strdup(text);
	if (!file->path || !file->text)
		return -ENOMEM;
	file->len = strlen(text);
	return 0;
}

int
recall_instance(const pam_handle_t *pamh, const struct record *r,
    struct instance **out)
{
	_drop_(freep) char *text = text_of(r);
	struct policy_source source = { .read = read_text, .ctx = text };
	struct policy *policy;
	struct plan *plan;
	int rc;

	if (!text || policy_parse(&source, "record", 0, &policy) < 0)
		return PAM_BUF_ERR;
	policy_drop_texts(policy);
	rc = plan_recall(pamh->confdir, policy, &plan);
	if (rc != PAM_SUCCESS)
		return rc;
	return instance_of(plan, out);
}
