/* SPDX-License-Identifier: BSD-2-Clause */
/* What policies have to stand before they are put in place. */
#ifndef PAMCTL_APPLY_TRIAL_H
#define PAMCTL_APPLY_TRIAL_H

#include <stdbool.h>

struct options;

struct trial {
	/* They lead to the policies as they will be, and as they are. */
	const struct options *o, *old;
	bool force;		/* errors of the check do not count */
	const char **rules;	/* files of sentences, or NULL */
	const char **must;	/* SERVICE[:MODULE=CODE,...], or NULL: those of
				 * the usual ones that there are */
};

/* Check, prove and simulate; what is not as it has to be is printed. The status
 * to exit with: STATUS_FINDINGS when the policies have failed. */
int trial(const struct trial *t);

#endif
