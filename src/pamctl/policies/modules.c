/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/policies/modules.h"

#include <errno.h>
#include <string.h>

#include "pamctl/pamctl.h"

int
modules_read(const struct options *o, struct modules *m)
{
	const bool usual = strcmp(o->facts, FACTS_FILE) == 0;
	unsigned wrong = 0;
	int rc;

	m->facts = NULL;
	rc = facts_load(o->facts, &m->facts, &wrong);
	if (rc == 0 || (rc == -ENOENT && usual))
		return 0;
	if (rc == -EINVAL && wrong)
		return fail(STATUS_CONFIG, "%s:%u: not a fact", o->facts,
		    wrong);
	return fail(STATUS_CONFIG, "%s: %s", o->facts, strerror(-rc));
}

static uint32_t
answers(void *ctx, const struct entry *e)
{
	const struct modules *m = ctx;

	return facts_of(m->facts, e, m->function).answers;
}

struct quest
modules_quest(struct modules *m, const struct chain *chain, enum facility f)
{
	m->function = function_first(f);
	return (struct quest){ .chain = chain, .answers = answers, .ctx = m };
}

void
modules_free(struct modules *m)
{
	facts_free(m->facts);
	m->facts = NULL;
}
