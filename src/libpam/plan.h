/* SPDX-License-Identifier: BSD-2-Clause */
/* A policy with its modules found: everything about a service that does not
 * change from one transaction to the next. Immutable once made; shared by all
 * handles of the process that use it. Private to libpam/. */
#ifndef LIBPAM_PLAN_H
#define LIBPAM_PLAN_H

#include <stdatomic.h>

#include "base/table.h"
#include "libpam/module.h"
#include "libpam/snapshot.h"

struct load_report;

/* A module of the policy, found once however many lines name it. */
struct plan_module {
	const struct entry *entry;	/* the first that names it */
	struct module *module;	/* NULL: not to be had, or loose */
	bool loose;		/* each handle opens it, and closes it: unload */
};

struct plan {
	atomic_uint refs;
	struct snapshot snapshot;	/* its watch has the modules too */
	struct plan_module *module;
	size_t modules, module_cap;
	struct table named;		/* while it is made: by name */
	size_t loose;			/* how many of them are */
	uint32_t *which[FAC_COUNT];	/* index of each entry's module */
	bool lasting;		/* as good the next time: to be cached */
	uint64_t mark;		/* of its auth and session stacks: another
				 * policy has another */
};

/* Log that an entry's module is not to be had (M-7), or that it lacks a function
 * (M-6). */
void plan_report_missing(const struct entry *e, const struct load_report *r);
bool plan_report_functions(const struct entry *e, enum facility f,
    const struct module *m);

/* Make the plan for a service. What is wrong with the policy is logged.
 * PAM_SUCCESS with *out, to be given back; PAM_ABORT when the policy cannot be
 * used (C-5), with *out for who wants to know why, or NULL; PAM_BUF_ERR. */
int plan_load(const char *confdir, const char *service, struct plan **out);

/* The same for a policy that was made otherwise and becomes the plan's own;
 * usher.conf is read anew. Never to be cached. */
int plan_recall(const char *confdir, struct policy *policy,
    struct plan **out);
void plan_give(struct plan *plan);

#endif
