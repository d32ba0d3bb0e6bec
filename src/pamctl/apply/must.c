/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/apply/must.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <security/_pam_types.h>

#include "base/drop.h"
#include "engine/run.h"
#include "pamctl/pamctl.h"
#include "pamctl/policies/modules.h"
#include "pamctl/policies/services.h"
#include "pamctl/policies/source.h"
#include "pamctl/rehearsal/supposed.h"
#include "pamctl/trail.h"

#define ANSWERS_MAX 32

static const char *const usual[] = { "sshd", "login", "su" };

/* In the order in which programs come by them. */
static const enum facility facilities[] = {
	FAC_AUTH, FAC_ACCOUNT, FAC_SESSION,
};

static void
trail_freep(struct trail *t)
{
	trail_free(t);
}

static int
walk(const struct options *o, const struct policy *policy, enum facility f,
    struct supposed *supposed)
{
	_drop_(trail_freep) struct trail trail = { 0 };
	const struct chain *chain = &policy->chain[f];
	struct run r = {
		.chain = chain, .ask = supposed_ask, .ctx = supposed,
		.trail = &trail,
	};
	struct walk w;
	int code;

	walk_begin(&w);
	code = chain->count ? run(&r, &w) : PAM_PERM_DENIED;
	if (code == PAM_SUCCESS)
		return 0;
	trail_print(o, &trail);
	return fail(STATUS_FINDINGS, "%s would be %s",
	    facility_word(f), code_word(code));
}

static int
work(const struct options *o, struct modules *m, const char *service,
    struct supposed *supposed)
{
	_drop_(policy_freep) struct policy *policy = NULL;
	int rc = source_policy(o, service, &policy);

	supposed->able = m;
	for (size_t i = 0; i < COUNT(facilities) && rc == 0; i++) {
		m->function = function_first(facilities[i]);
		rc = walk(o, policy, facilities[i], supposed);
	}
	if (rc == STATUS_FINDINGS || rc == STATUS_CONFIG)
		return fail(STATUS_FINDINGS, "%s must work, and would not",
		    service);
	return rc;
}

/* SERVICE[:MODULE=CODE,...] */
static int
work_as_told(const struct options *o, struct modules *m, const char *must)
{
	_drop_(freep) char *copy = strdup(must);
	const char *set[ANSWERS_MAX + 1] = { NULL };
	struct supposed supposed = { .set = set, .other = PAM_SUCCESS };
	char *rest = copy, *service = strsep(&rest, ":");
	size_t n = 0;
	int rc;

	if (!copy)
		return fail(STATUS_AGAIN, "out of memory");
	while (rest && n < ANSWERS_MAX)
		set[n++] = strsep(&rest, ",");
	if (rest)
		return fail(STATUS_USAGE, "--must %s: too long", must);
	rc = supposed_check(&supposed, "--must");
	return rc ? rc : work(o, m, service, &supposed);
}

static bool
exists(const struct names *names, const char *service)
{
	for (size_t i = 0; i < names->count; i++) {
		if (strcmp(names->name[i], service) == 0)
			return true;
	}
	return false;
}

/* A service that is there now and would be gone counts: it would get what
 * "other" says. */
static int
work_as_usual(const struct options *o, struct modules *m)
{
	_drop_(names_free) struct names will = { 0 }, are = { 0 };
	struct options now = *o;
	int rc = services_list(o, &will), worst = 0;

	now.view = NULL;
	if (rc == 0 || rc == -ENOENT)
		rc = services_list(&now, &are);
	if (rc < 0 && rc != -ENOENT)
		return fail(STATUS_CONFIG, "policies: %s", strerror(-rc));
	for (size_t i = 0; i < COUNT(usual); i++) {
		if (!exists(&will, usual[i]) && !exists(&are, usual[i]))
			continue;
		rc = work_as_told(o, m, usual[i]);
		worst = rc > worst ? rc : worst;
	}
	return worst;
}

int
must_work(const struct options *o, const char **must)
{
	struct modules m = { 0 };
	int rc = modules_read(o, &m), worst = 0;

	if (rc)
		return rc;
	if (!must)
		worst = work_as_usual(o, &m);
	for (size_t i = 0; must && must[i]; i++) {
		rc = work_as_told(o, &m, must[i]);
		worst = rc > worst ? rc : worst;
	}
	modules_free(&m);
	return worst;
}
