/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/policy.h"

#include <stdlib.h>
#include <string.h>

#include "base/drop.h"

static const char *const facilities[] = {
	[FAC_AUTH] = "auth",
	[FAC_ACCOUNT] = "account",
	[FAC_SESSION] = "session",
	[FAC_PASSWORD] = "password",
	[FAC_ANY] = "any",
};

const char *
facility_word(enum facility f)
{
	return facilities[f];
}

static bool
same_file(const struct policy_file *a, const struct policy_file *b)
{
	return a->err == b->err && a->len == b->len &&
	    strcmp(a->name, b->name) == 0 &&
	    (a->len == 0 || memcmp(a->text, b->text, a->len) == 0);
}

bool
policy_same_texts(const struct policy *a, const struct policy *b)
{
	if (a->files != b->files)
		return false;
	for (size_t i = 0; i < a->files; i++) {
		if (!same_file(a->file[i], b->file[i]))
			return false;
	}
	return true;
}

bool
policy_includes(const struct policy *p, const char *name)
{
	for (size_t i = 0; i < p->files; i++) {
		if (strcmp(p->file[i]->name, name) == 0)
			return true;
	}
	return false;
}

void
policy_drop_texts(struct policy *p)
{
	for (size_t i = 0; i < p->files; i++) {
		free(TAKE(p->file[i]->text));
		p->file[i]->len = 0;
	}
}

void
policy_free(struct policy *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < FAC_COUNT; i++)
		free(p->chain[i].entry);
	for (size_t i = 0; i < p->files; i++) {
		free(p->file[i]->path);
		free(p->file[i]->text);
		free(p->file[i]);
	}
	free(p->file);
	free(p->fault);
	free(p->comment);
	arena_free(&p->arena);
	free(p);
}

void
policy_freep(struct policy **p)
{
	policy_free(*p);
}
