/* SPDX-License-Identifier: BSD-2-Clause */
/* A policy with its modules found, and what one transaction remembers of it.
 * Private to libpam/. */
#ifndef LIBPAM_PLAN_H
#define LIBPAM_PLAN_H

#include "libpam/call.h"
#include "libpam/load.h"

/* A function of a module with the arguments that it is given. Its own copies:
 * modules may write on them, and keep them until pam_end (C-32). */
struct target {
	module_fn *fn;		/* NULL: the module does not have it */
	const char **argv;	/* NULL: not called yet */
};

struct plan {
	struct plan *next;	/* the one before a change of service */
	struct policy *policy;
	struct module *modules;
	struct target *target[FAC_COUNT];	/* two for each entry */
	int *kept[FAC_COUNT];			/* */
};

/* Read the policy of the handle's service and find its modules; faults are
 * logged. PAM_SUCCESS with *out, PAM_ABORT when the policy cannot be used
 * (C-5), PAM_BUF_ERR. */
int plan_load(const pam_handle_t *pamh, struct plan **out);

/* The function behind an entry for a call, its arguments ready; NULL when the
 * module or the function is missing, or memory. */
const struct target *plan_target(struct plan *plan, enum call call,
    const struct entry *e);

/* Free this plan and those behind it. */
void plan_free(struct plan *plan);

#endif
