/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/file.h"
#include "base/grow.h"
#include "libpam/conf.h"
#include "libpam/load.h"
#include "libpam/log.h"
#include "libpam/mark.h"
#include "policy/policy.h"

static void
plan_free(struct plan *plan)
{
	for (size_t f = 0; f < FAC_COUNT; f++)
		free(plan->which[f]);
	for (size_t i = 0; i < plan->modules; i++) {
		if (plan->module[i].module && plan->module[i].module->adrift)
			module_drop(plan->module[i].module);
	}
	free(plan->module);
	table_free(&plan->named);
	snapshot_free(&plan->snapshot);
	free(plan);
}

void
plan_give(struct plan *plan)
{
	if (plan && atomic_fetch_sub(&plan->refs, 1) == 1)
		plan_free(plan);
}

static void
plan_givep(struct plan **plan)
{
	plan_give(*plan);
}

/* L-6: the two lines about a module that is not there, and (W-27) one for who
 * debugs when a "-" keeps them away. */
void
plan_report_missing(const struct entry *e, const struct load_report *r)
{
	if (e->quiet) {
		pam_syslog(NULL, LOG_DEBUG, "no module %s at %s:%u",
		    e->module, e->at.file, e->at.line);
		return;
	}
	pam_syslog(NULL, LOG_ERR, "unable to dlopen(%s): %s at %s:%u",
	    r->path ? r->path : e->module, r->why ? r->why : "out of memory",
	    e->at.file, e->at.line);
	pam_syslog(NULL, LOG_ERR, "adding faulty module: %s", e->module);
}

/* True when it has every function of the facility (M-5). */
bool
plan_report_functions(const struct entry *e, enum facility f,
    const struct module *m)
{
	bool all = true;

	for (int c = CALL_NONE + 1; c < CALL_COUNT; c++) {
		if (call_kinds[c].facility != f || m->fn[c])
			continue;
		all = false;
		pam_syslog(NULL, LOG_ERR,
		    "unable to resolve symbol: %s in %s at %s:%u",
		    call_kinds[c].symbol, e->module, e->at.file, e->at.line);
	}
	return all;
}

static int
find_module(struct plan *plan, const struct entry *e)
{
	_drop_(load_report_free) struct load_report report = { 0 };
	struct plan_module *m;
	int rc;

	if (GROW(plan->module, plan->modules, plan->module_cap) < 0)
		return -ENOMEM;
	m = &plan->module[plan->modules];
	*m = (struct plan_module){ .entry = e };
	m->loose = conf_names(plan->snapshot.conf->unload, e->name);
	plan->modules++;
	plan->loose += m->loose;
	if (m->loose)
		return 0;
	rc = load_module(plan->snapshot.conf, e->module,
	    &plan->snapshot.watch, &m->module, &report);
	if (rc < 0)
		plan_report_missing(e, &report);
	plan->lasting &= rc == LOAD_DONE;
	return file_cannot(rc) ? rc : 0;
}

/* The index of an entry's module, found at its first entry. */
static int
module_of(struct plan *plan, const struct entry *e, uint32_t *which)
{
	const size_t len = strlen(e->module);
	const struct table_slot *known = table_find(&plan->named, e->module,
	    len);

	if (known) {
		*which = (uint32_t)((uintptr_t)known->value - 1);
		return 0;
	}
	*which = (uint32_t)plan->modules;
	/* Counted from 1: a NULL value would be no entry. */
	if (table_add(&plan->named, e->module, len,
	    (void *)(uintptr_t)(plan->modules + 1)) < 0)
		return -ENOMEM;
	return find_module(plan, e);
}

static int
find_modules(struct plan *plan, enum facility f)
{
	const struct chain *chain = &plan->snapshot.policy->chain[f];
	int rc;

	plan->which[f] = calloc(chain->count + 1, sizeof *plan->which[f]);
	if (!plan->which[f])
		return -ENOMEM;
	for (size_t i = 0; i < chain->count; i++) {
		const struct entry *e = &chain->entry[i];
		const struct module *m;

		if (e->kind != ENTRY_MODULE)
			continue;
		rc = module_of(plan, e, &plan->which[f][i]);
		if (rc < 0)
			return rc;
		m = plan->module[plan->which[f][i]].module;
		if (m && !plan_report_functions(e, f, m))
			plan->lasting = false;
	}
	return 0;
}

/* Whoever goes wrong is told so at each start: only a policy that is as it
 * should be is worth keeping. */
static bool
is_sound(const struct policy *policy)
{
	for (size_t i = 0; i < policy->faults; i++) {
		if (fault_severity(policy->fault[i].kind) != SEVERITY_NOTE)
			return false;
	}
	return true;
}

static struct plan *
plan_new(void)
{
	struct plan *plan = calloc(1, sizeof *plan);

	if (plan)
		atomic_init(&plan->refs, 1);
	return plan;
}

/* PAM_SUCCESS or why not. */
static int
find_all_modules(struct plan *plan)
{
	int rc = 0;

	for (size_t f = 0; f < FAC_COUNT && rc == 0; f++)
		rc = find_modules(plan, (enum facility)f);
	table_free(&plan->named);
	plan->mark = policy_mark(plan->snapshot.policy);
	if (rc < 0)
		return rc == -ENOMEM ? PAM_BUF_ERR : PAM_ABORT;
	return PAM_SUCCESS;
}

int
plan_load(const char *confdir, const char *service, struct plan **out)
{
	_drop_(plan_givep) struct plan *plan = plan_new();
	int rc;

	*out = NULL;
	if (!plan)
		return PAM_BUF_ERR;
	rc = snapshot_read(confdir, service, &plan->snapshot);
	if (rc == -EAGAIN)
		pam_syslog(NULL, LOG_ERR, "(%s) the policy changes faster "
		    "than it can be read", service);
	if (rc < 0)
		return rc == -ENOMEM ? PAM_BUF_ERR : PAM_ABORT;
	log_faults(service, plan->snapshot.policy);
	if (plan->snapshot.policy->refused) {
		*out = TAKE(plan);
		return PAM_ABORT;
	}
	plan->lasting = is_sound(plan->snapshot.policy) &&
	    !plan->snapshot.conf->unread;
	rc = find_all_modules(plan);
	if (rc != PAM_SUCCESS)
		return rc;
	/* A relative path leads elsewhere from another directory. */
	if (plan->snapshot.watch.recent || (confdir && *confdir != '/'))
		plan->lasting = false;
	*out = TAKE(plan);
	return PAM_SUCCESS;
}

int
plan_recall(const char *confdir, struct policy *policy, struct plan **out)
{
	_drop_(plan_givep) struct plan *plan = plan_new();
	int rc;

	if (!plan) {
		policy_free(policy);
		return PAM_BUF_ERR;
	}
	plan->snapshot.policy = policy;
	plan->snapshot.conf = conf_load(confdir, &plan->snapshot.watch);
	if (!plan->snapshot.conf)
		return PAM_BUF_ERR;
	rc = find_all_modules(plan);
	if (rc == PAM_SUCCESS)
		*out = TAKE(plan);
	return rc;
}
