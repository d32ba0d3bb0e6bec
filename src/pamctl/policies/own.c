/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/policies/own.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "policy/parse.h"

/* A policy's own texts once more, without "other". */
static int
read_own(void *ctx, const char *name, struct policy_file *file)
{
	const struct policy *policy = ctx;

	for (size_t i = 0; strcmp(name, "other") != 0 && i < policy->files;
	    i++) {
		const struct policy_file *f = policy->file[i];

		if (strcmp(f->name, name) != 0)
			continue;
		file->path = strdup(f->path ? f->path : name);
		file->text = f->text ? calloc(1, f->len + 1) : NULL;
		if (!file->path || (f->text && !file->text))
			return -ENOMEM;
		if (f->text)
			memcpy(file->text, f->text, f->len);
		file->len = f->len;
		return f->err;
	}
	return -ENOENT;
}

int
own_facilities(struct policy *policy, const char *service,
    bool own[FAC_COUNT])
{
	const struct policy_source source = { read_own, policy, NULL };
	const bool single = policy->files && policy->file[0]->name[0] == '/';
	struct policy *alone;

	for (size_t f = 0; f < FAC_COUNT; f++)
		own[f] = true;
	if (single || strcmp(service, "other") == 0)
		return 0;
	if (policy_parse(&source, service, 0, &alone) < 0)
		return -ENOMEM;
	for (size_t f = 0; f < FAC_COUNT; f++)
		own[f] = alone->chain[f].count > 0;
	policy_free(alone);
	return 0;
}
