/* SPDX-License-Identifier: BSD-2-Clause */
/* Differences in words, a row each. */
#ifndef PAMCTL_DIFF_ROWS_H
#define PAMCTL_DIFF_ROWS_H

#include "analysis/difference.h"

struct row {
	const char *service;
	int facility;		/* -1: the service as a whole */
	const char *kind;
	char sign;		/* '-' old only, '+' new only, '~' both, '?' */
	char *text;
	char *lines[SIDE_COUNT];	/* that make it so; or NULL */
	bool open;		/* a way in without a credential */
};

struct rows {
	struct row *row;
	size_t count, cap;
};

/* A row for each difference of a facility. 0 or -ENOMEM. */
int rows_add(struct rows *rows, const char *service, enum facility f,
    const struct differences *d);

/* A row about a service (facility -1) or a facility as a whole. 0 or
 * -ENOMEM. */
int rows_add_text(struct rows *rows, const struct row *like, const char *fmt,
    ...) __attribute__((format(printf, 3, 4)));

void rows_free(struct rows *rows);

#endif
