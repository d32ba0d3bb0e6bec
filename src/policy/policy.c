/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy/policy.h"

#include <stdlib.h>

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
