/* SPDX-License-Identifier: BSD-2-Clause */
/* Policy text to struct policy (core rules C). */
#ifndef POLICY_PARSE_H
#define POLICY_PARSE_H

#include "policy/policy.h"

/* Where the texts come from. */
struct policy_source {
	/* Read the pam.d file of this name (C-3; absolute: that very file)
	 * into *file: path and text are the caller's to free, whatever the
	 * result. 0 or -errno; -ENOENT only when no such file exists. */
	int (*read)(void *ctx, const char *name, struct policy_file *file);
	void *ctx;
	const char *single;	/* pam.conf, read in place of pam.d, or NULL */
};

enum {
	POLICY_COMMENTS = 1,	/* keep the comments */
	POLICY_OWN_LINES = 2,	/* the texts need not have lines of others */
};

/* Make the policy of a service. 0 with *out, owned by the caller, or -ENOMEM.
 * Whatever is wrong with the text is in out->fault, and when nothing of it may
 * be used, out->refused is set. */
int policy_parse(const struct policy_source *source, const char *service,
    unsigned flags, struct policy **out);

#endif
