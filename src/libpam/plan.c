/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "libpam/conf.h"
#include "libpam/handle.h"
#include "libpam/log.h"
#include "libpam/trust.h"
#include "policy/tree.h"

static void
plan_freep(struct plan **plan)
{
	plan_free(*plan);
}

static int
trust(void *ctx, const char *path, int fd)
{
	return trust_file(ctx, path, fd);
}

static int
read_policy(const pam_handle_t *pamh, struct policy **out)
{
	struct policy_tree tree;

	if (pamh->confdir)
		tree_confdir(&tree, pamh->confdir);
	else
		tree_system(&tree);
	tree.trust = trust;
	tree.ctx = (void *)(uintptr_t)pamh;
	if (tree_load(&tree, pamh->item[PAM_SERVICE], 0, out) < 0)
		return PAM_BUF_ERR;
	log_faults(pamh, *out);
	return (*out)->refused ? PAM_ABORT : PAM_SUCCESS;
}

static int
find_functions(const pam_handle_t *pamh, struct plan *plan, enum call call)
{
	const struct call_kind *kind = &call_kinds[call];
	const struct chain *chain = &plan->policy->chain[kind->facility];

	for (size_t i = 0; i < chain->count; i++) {
		const struct entry *e = &chain->entry[i];
		struct module *m;

		if (e->kind != ENTRY_MODULE)
			continue;
		m = load_module(pamh, &plan->modules, e);
		if (!m)
			return PAM_BUF_ERR;
		plan->target[kind->facility][2 * i + kind->slot].fn =
		    load_function(pamh, m, kind->symbol, e);
	}
	return PAM_SUCCESS;
}

static int
make_room(struct plan *plan, enum facility f)
{
	const size_t n = plan->policy->chain[f].count;

	plan->target[f] = calloc(2 * n + 1, sizeof *plan->target[f]);
	plan->kept[f] = calloc(n + 1, sizeof *plan->kept[f]);
	if (!plan->target[f] || !plan->kept[f])
		return PAM_BUF_ERR;
	for (size_t i = 0; i < n; i++)
		plan->kept[f][i] = KEPT_NONE;
	return PAM_SUCCESS;
}

int
plan_load(const pam_handle_t *pamh, struct plan **out)
{
	_drop_(plan_freep) struct plan *plan = calloc(1, sizeof *plan);
	int rc;

	if (!plan)
		return PAM_BUF_ERR;
	rc = read_policy(pamh, &plan->policy);
	for (size_t f = 0; f < FAC_COUNT && rc == PAM_SUCCESS; f++)
		rc = make_room(plan, (enum facility)f);
	for (int c = CALL_NONE + 1; c < CALL_COUNT && rc == PAM_SUCCESS; c++)
		rc = find_functions(pamh, plan, (enum call)c);
	if (rc == PAM_SUCCESS)
		*out = TAKE(plan);
	return rc;
}

/* One block: the vector, then the strings. */
static const char **
copy_arguments(const struct entry *e)
{
	size_t size = ((size_t)e->argc + 1) * sizeof(char *);
	const char **argv;
	char *to;

	for (int i = 0; i < e->argc; i++)
		size += strlen(e->argv[i]) + 1;
	argv = malloc(size);
	if (!argv)
		return NULL;
	to = (char *)(argv + e->argc + 1);
	for (int i = 0; i < e->argc; i++) {
		argv[i] = to;
		to = stpcpy(to, e->argv[i]) + 1;
	}
	argv[e->argc] = NULL;
	return argv;
}

const struct target *
plan_target(struct plan *plan, enum call call, const struct entry *e)
{
	const enum facility f = call_kinds[call].facility;
	const ptrdiff_t i = e - plan->policy->chain[f].entry;
	struct target *t = &plan->target[f][2 * i + call_kinds[call].slot];

	if (t->fn && !t->argv)
		t->argv = copy_arguments(e);
	return t->fn && t->argv ? t : NULL;
}

static void
free_targets(const struct plan *plan, enum facility f)
{
	if (!plan->policy || !plan->target[f])
		return;
	for (size_t i = 0; i < 2 * plan->policy->chain[f].count; i++)
		free(plan->target[f][i].argv);
	free(plan->target[f]);
}

void
plan_free(struct plan *plan)
{
	while (plan) {
		struct plan *next = plan->next;

		for (size_t f = 0; f < FAC_COUNT; f++) {
			free_targets(plan, (enum facility)f);
			free(plan->kept[f]);
		}
		load_end(plan->modules);
		policy_free(plan->policy);
		free(plan);
		plan = next;
	}
}
