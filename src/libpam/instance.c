/* SPDX-License-Identifier: BSD-2-Clause */
#include "libpam/instance.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/drop.h"
#include "libpam/cache.h"
#include "libpam/handle.h"
#include "libpam/log.h"

/* What a module without arguments gets; it has nothing to write on. */
static const char *no_arguments[] = { NULL };

static void
instance_freep(struct instance **in)
{
	instance_free(*in);
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
	if (rc < 0 && rc != -ENOMEM)
		plan_report_missing(m->entry, &report);
	return rc == -ENOMEM ? PAM_BUF_ERR : PAM_SUCCESS;
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

	in->argv[f] = calloc(2 * n + 1, sizeof *in->argv[f]);
	if (!in->argv[f])
		return PAM_BUF_ERR;
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
instance_new(const pam_handle_t *pamh, struct instance **out)
{
	_drop_(instance_freep) struct instance *in = calloc(1, sizeof *in);
	int rc;

	if (!in)
		return PAM_BUF_ERR;
	rc = cache_plan(pamh->confdir, pamh->item[PAM_SERVICE], &in->plan);
	for (size_t f = 0; f < FAC_COUNT && rc == PAM_SUCCESS; f++)
		rc = make_room(in, (enum facility)f);
	if (rc == PAM_SUCCESS)
		rc = open_all_loose(in);
	if (rc == PAM_SUCCESS)
		*out = TAKE(in);
	return rc;
}

/* One block: the vector, then the strings. */
static const char **
copy_arguments(const struct entry *e)
{
	size_t size = ((size_t)e->argc + 1) * sizeof(char *);
	const char **argv;
	char *to;

	if (e->argc == 0)
		return no_arguments;
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

module_fn *
instance_function(struct instance *in, enum call call, const struct entry *e,
    const char ***argv)
{
	const enum facility f = call_kinds[call].facility;
	const size_t i = (size_t)(e - in->plan->snapshot.policy->chain[f].entry);
	const uint32_t which = in->plan->which[f][i];
	const char ***place = &in->argv[f][2 * i + call_kinds[call].slot];
	const struct module *m = in->plan->module[which].module;

	if (in->plan->module[which].loose)
		m = in->loose[which];
	if (!m || !m->fn[call])
		return NULL;
	if (!*place)
		*place = copy_arguments(e);
	*argv = *place;
	return *place ? m->fn[call] : NULL;
}

static void
free_arguments(const struct instance *in, enum facility f)
{
	if (!in->argv[f])
		return;
	for (size_t i = 0; i < 2 * in->plan->snapshot.policy->chain[f].count; i++) {
		if (in->argv[f][i] != no_arguments)
			free(in->argv[f][i]);
	}
	free(in->argv[f]);
}

void
instance_free(struct instance *in)
{
	while (in) {
		struct instance *next = in->next;

		for (size_t f = 0; f < FAC_COUNT; f++) {
			free_arguments(in, (enum facility)f);
			free(in->kept[f]);
		}
		for (size_t i = 0; in->loose && i < in->plan->modules; i++)
			load_drop(in->loose[i]);
		free(in->loose);
		plan_give(in->plan);
		free(in);
		in = next;
	}
}
