/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/trial.h"

#include <stddef.h>
#include <stdio.h>

#include "pamctl/apply/must.h"
#include "pamctl/apply/rules.h"
#include "pamctl/check/check.h"
#include "pamctl/pamctl.h"

static int
check(const struct trial *t)
{
	size_t known = 0;
	const int rc = check_news(t->old, t->o, LEVEL_ERROR, &known);

	if (known)
		printf("errors that were there before: %zu, see pamctl check\n",
		    known);
	if (rc != STATUS_FINDINGS)
		return rc;
	if (t->force)
		return 0;
	return fail(STATUS_FINDINGS, "the check has found new errors; nothing "
	    "is changed (--force goes on)");
}

static int
prove(const struct trial *t)
{
	int rc = 0;

	for (size_t i = 0; t->rules && t->rules[i] && rc == 0; i++)
		rc = rules_prove(t->o, t->rules[i]);
	if (rc == STATUS_FINDINGS)
		fail(rc, "a rule does not hold; nothing is changed");
	return rc;
}

static int
simulate(const struct trial *t)
{
	const int rc = must_work(t->o, t->must);

	if (rc == STATUS_FINDINGS)
		fail(rc, "nobody could get in; nothing is changed");
	return rc;
}

int
trial(const struct trial *t)
{
	int rc = check(t);

	if (rc == 0)
		rc = prove(t);
	return rc ? rc : simulate(t);
}
