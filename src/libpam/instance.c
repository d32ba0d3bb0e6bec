/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/instance.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "base/file.h"
#include "libpam/cache.h"
#include "libpam/events.h"
#include "libpam/handle.h"
#include "libpam/load.h"
#include "libpam/log.h"

static void
instance_freep(struct instance **in)
{
	instance_free(*in);
}

/* M-6, for every line that names the module. */
static void
report_functions(const struct plan *plan, size_t i, const struct module *m)
{
	for (size_t f = 0; f < FAC_COUNT; f++) {
		const struct chain *chain = &plan->snapshot.policy->chain[f];

		for (size_t k = 0; k < chain->count; k++) {
			if (chain->entry[k].kind == ENTRY_MODULE &&
			    plan->which[f][k] == i)
				plan_report_functions(&chain->entry[k],
				    (enum facility)f, m);
		}
	}
}

static int
open_loose(struct instance *in, size_t i)
{
	_drop_(load_report_free) struct load_report report = { 0 };
	struct watch unused = { 0 };
	const struct plan_module *m = &in->plan->module[i];
	const int rc = load_loose(in->plan->snapshot.conf, m->entry->module, &unused,
	    &in->loose[i], &report);

	watch_free(&unused);
	if (rc < 0)
		plan_report_missing(m->entry, &report);
	if (file_cannot(rc))
		return rc == -ENOMEM ? PAM_BUF_ERR : PAM_ABORT;
	if (rc >= 0)
		report_functions(in->plan, i, in->loose[i]);
	return PAM_SUCCESS;
}

static int
open_all_loose(struct instance *in)
{
	int rc = PAM_SUCCESS;

	if (!in->plan->loose)
		return PAM_SUCCESS;
	in->loose = calloc(in->plan->modules, sizeof *in->loose);
	if (!in->loose)
		return PAM_BUF_ERR;
	for (size_t i = 0; i < in->plan->modules && rc == PAM_SUCCESS; i++) {
		if (in->plan->module[i].loose)
			rc = open_loose(in, i);
	}
	return rc;
}

static int
make_room(struct instance *in, enum facility f)
{
	const size_t n = in->plan->snapshot.policy->chain[f].count;

	if (f != FAC_AUTH && f != FAC_SESSION)
		return PAM_SUCCESS;
	in->kept[f] = calloc(n + 1, sizeof *in->kept[f]);
	if (!in->kept[f])
		return PAM_BUF_ERR;
	for (size_t i = 0; i < n; i++)
		in->kept[f][i] = KEPT_NONE;
	return PAM_SUCCESS;
}

int
instance_of(struct plan *plan, struct instance **out)
{
	_drop_(instance_freep) struct instance *in = calloc(1, sizeof *in);
	int rc = PAM_SUCCESS;

	if (!in) {
		plan_give(plan);
		return PAM_BUF_ERR;
	}
	in->plan = plan;
	for (size_t f = 0; f < FAC_COUNT && rc == PAM_SUCCESS; f++)
		rc = make_room(in, (enum facility)f);
	if (rc == PAM_SUCCESS)
		rc = open_all_loose(in);
	if (rc == PAM_SUCCESS)
		*out = TAKE(in);
	return rc;
}

int
instance_new(pam_handle_t *pamh, struct instance **out)
{
	struct plan *plan = NULL;
	const int rc = cache_plan(pamh->confdir, pamh->item[PAM_SERVICE],
	    &plan);

	if (rc == PAM_SUCCESS)
		return instance_of(plan, out);
	if (plan)
		events_unusable(pamh, plan);
	plan_give(plan);
	return rc;
}

/* What a vector and its strings take. */
static size_t
size_of(const struct entry *e)
{
	size_t size = ((size_t)e->argc + 1) * sizeof(char *);

	for (int i = 0; i < e->argc; i++)
		size += strlen(e->argv[i]) + 1;
	return (size + sizeof(char *) - 1) / sizeof(char *) * sizeof(char *);
}

/* The vector at the start of room, its strings behind it. */
static const char **
copy_to(void *room, const struct entry *e)
{
	const char **argv = room;
	char *to = (char *)(argv + e->argc + 1);

	for (int i = 0; i < e->argc; i++) {
		argv[i] = to;
		to = stpcpy(to, e->argv[i]) + 1;
	}
	argv[e->argc] = NULL;
	return argv;
}

const struct module *
instance_module(const struct instance *in, enum facility f, size_t entry)
{
	const uint32_t which = in->plan->which[f][entry];
	const struct plan_module *named = &in->plan->module[which];

	return named->loose ? in->loose[which] : named->module;
}

static module_fn *
function_of(const struct instance *in, enum call call, size_t i)
{
	const struct module *m = instance_module(in, call_kinds[call].facility,
	    i);

	return m ? m->fn[call] : NULL;
}

int
instance_prepare(struct instance *in, enum call call)
{
	const struct chain *chain =
	    &in->plan->snapshot.policy->chain[call_kinds[call].facility];
	size_t size = (chain->count + 1) * sizeof(struct bound);
	struct bound *bound;
	char *room;

	if (in->bound[call])
		return PAM_SUCCESS;
	for (size_t i = 0; i < chain->count; i++)
		size += size_of(&chain->entry[i]);
	bound = malloc(size);
	if (!bound)
		return PAM_BUF_ERR;
	room = (char *)(bound + chain->count + 1);
	for (size_t i = 0; i < chain->count; i++) {
		const struct entry *e = &chain->entry[i];

		bound[i].argv = copy_to(room, e);
		room += size_of(e);
		bound[i].fn = e->kind == ENTRY_MODULE ?
		    function_of(in, call, i) : NULL;
	}
	in->bound[call] = bound;
	return PAM_SUCCESS;
}

void
instance_free(struct instance *in)
{
	while (in) {
		struct instance *next = in->next;

		for (size_t call = 0; call < CALL_COUNT; call++)
			free(in->bound[call]);
		for (size_t f = 0; f < FAC_COUNT; f++)
			free(in->kept[f]);
		for (size_t i = 0; in->loose && i < in->plan->modules; i++)
			module_drop(in->loose[i]);
		free(in->loose);
		plan_give(in->plan);
		free(in);
		in = next;
	}
}
