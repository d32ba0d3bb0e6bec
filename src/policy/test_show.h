/* SPDX-License-Identifier: BSD-2-Clause */
/* For tests: files that are in memory, and policies as text. */
#ifndef POLICY_TEST_SHOW_H
#define POLICY_TEST_SHOW_H

#include "policy/parse.h"

/* A file of a test. */
struct text {
	const char *name, *text;
	size_t len;		/* 0: up to the NUL */
	int err;		/* the error that reading it gives */
};

#define TEXTS 20

/* Read such files; ctx is an array of TEXTS. Missing ones do not exist. */
int show_read(void *ctx, const char *name, struct policy_file *file);

/* What a policy says, owned by the caller. An entry is a line
 *     auth svc:1 required pam_a.so arg [arg with blanks]
 * The words in place of a module are (refuse) and (substack NAME); ">" stands
 * in front for each level. A control that no keyword means is shown as its
 * actions for success, auth_err, ignore: (ok bad jump2). Faults and comments
 * follow, each in a line behind "!" and "#"; "refused" comes first. */
char *show_policy(const struct policy *p);

/* Parse and show at once. */
char *show_parsed(const struct text texts[TEXTS], const char *service,
    const char *single);

#endif
