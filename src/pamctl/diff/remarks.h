/* SPDX-License-Identifier: BSD-2-Clause */
/* Differences in words, a remark each. */
#ifndef PAMCTL_DIFF_REMARKS_H
#define PAMCTL_DIFF_REMARKS_H

#include "analysis/difference.h"

struct remark {
	const char *service;
	int facility;		/* -1: the service as a whole */
	const char *kind;
	char sign;		/* '-' old only, '+' new only, '~' both, '?' */
	char *text;
	char *lines[SIDE_COUNT];	/* that make it so; or NULL */
	bool open;		/* a way in without a credential */
};

struct remarks {
	struct remark *remark;
	size_t count, cap;
};

/* A remark for each difference of a facility. 0 or -ENOMEM. */
int remarks_add(struct remarks *remarks, const char *service, enum facility f,
    const struct differences *d);

/* A remark about a service (facility -1) or a facility as a whole. 0 or
 * -ENOMEM. */
int remarks_add_text(struct remarks *remarks, const struct remark *like,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));

void remarks_free(struct remarks *remarks);

#endif
