/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/policies/policies.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "pamctl/check/kinds.h"
#include "pamctl/pamctl.h"
#include "pamctl/policies/source.h"
#include "policy/tree.h"

static int
load(const struct options *o, struct policies *p)
{
	struct policy_tree tree;
	int rc = 0;

	source_tree(o, &tree);
	p->policy = calloc(p->names.count + 1, sizeof(struct policy *));
	if (!p->policy)
		return -ENOMEM;
	for (size_t i = 0; i < p->names.count && rc == 0; i++)
		rc = tree_load(&tree, p->names.name[i], 0, &p->policy[i]);
	return rc;
}

int
policies_read(const struct options *o, struct policies *out)
{
	int rc;

	memset(out, 0, sizeof *out);
	rc = services_list(o, &out->names);
	if (rc == 0 && out->names.count == 0)
		rc = -ENOENT;
	if (rc == 0)
		rc = load(o, out);
	if (rc == -ENOMEM)
		return fail(STATUS_AGAIN, "out of memory");
	if (rc == -EACCES || rc == -EPERM)
		return fail(STATUS_PRIVILEGE, "policies: %s", strerror(-rc));
	return rc < 0 ? fail(STATUS_CONFIG, "no policies: %s", strerror(-rc)) :
	    0;
}

bool
policies_part(const struct policies *p, size_t i)
{
	const char *name = p->names.name[i];
	const unsigned kind = kinds_of(name);
	bool part = kind & KIND_PART;

	for (size_t j = 0; !kind && j < p->names.count; j++)
		part |= j != i && policy_includes(p->policy[j], name);
	return part;
}

void
policies_free(struct policies *p)
{
	for (size_t i = 0; p->policy && i < p->names.count; i++)
		policy_free(p->policy[i]);
	free(p->policy);
	names_free(&p->names);
}
