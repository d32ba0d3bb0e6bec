/* SPDX-License-Identifier: BSD-2-Clause */
/* One transaction's use of a plan: what it remembers of each entry, and what
 * it owns alone. Private to libpam/. */
#ifndef LIBPAM_INSTANCE_H
#define LIBPAM_INSTANCE_H

#include "libpam/plan.h"

/* What an entry is in a call. */
struct bound {
	module_fn *fn;		/* NULL: the module or the function is missing */
	const char **argv;
};

struct instance {
	struct instance *next;	/* the one before a change of service */
	struct plan *plan;
	struct module **loose;	/* as plan->module; NULL without any */
	int *kept[FAC_COUNT];	/* answer of each entry, or NULL */
	/* Of each entry, one block a call, NULL until it is made: modules may
	 * write on their arguments, and keep them until pam_end (C-32). */
	struct bound *bound[CALL_COUNT];
};

/* For the handle's service. PAM_SUCCESS with *out, PAM_ABORT, PAM_BUF_ERR. */
int instance_new(pam_handle_t *pamh, struct instance **out);

/* The same for a plan, which becomes its own. */
int instance_of(struct plan *plan, struct instance **out);

/* The module of an entry; NULL: it is not to be had. */
const struct module *instance_module(const struct instance *in, enum facility f,
    size_t entry);

/* Make the arguments of a call's whole chain: in the middle of a walk there is
 * no right answer to a lack of memory. PAM_SUCCESS or PAM_BUF_ERR. */
int instance_prepare(struct instance *in, enum call call);

/* Free this one and those behind it. */
void instance_free(struct instance *in);

#endif
