/* SPDX-License-Identifier: BSD-2-Clause */
/* Sentences about a stack that hold or do not:
 *   auth: success requires pam_unix or pam_sss
 *   auth: success requires pam_rootok or pam_wheel=ignore
 *   session: after success pam_loginuid ran
 *   account: never success if pam_nologin=auth_err */
#ifndef ANALYSIS_PROPERTY_H
#define ANALYSIS_PROPERTY_H

#include "analysis/explore.h"

#define PROPERTY_NAMES 16

enum property_kind {
	PROPERTY_REQUIRES,	/* one of the names gave its answer */
	PROPERTY_RAN,		/* one of the names was asked */
	PROPERTY_NEVER,		/* name[0] did not answer code */
};

struct property {
	enum facility facility;
	enum property_kind kind;
	char *name[PROPERTY_NAMES];
	int answer[PROPERTY_NAMES];	/* PROPERTY_REQUIRES; mostly success */
	size_t names;
	int code;			/* PROPERTY_NEVER */
};

/* Read a sentence. 0 with *out, to be freed, -ENOMEM, or -EINVAL with *wrong,
 * the word that is not understood ("" at the end). */
int property_read(const char *text, struct property *out, const char **wrong);

/* What the ways of a stack must be marked with, and which marks contradict the
 * sentence: a success whose marks under mask are bad is a counterexample. */
uint32_t property_marks(const struct property *p, const struct entry *e,
    int answer);
uint32_t property_bad(const struct property *p);

void property_free(struct property *p);

#endif
