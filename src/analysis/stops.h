/* SPDX-License-Identifier: BSD-2-Clause */
/* What stops him: modules whose failure is a refusal, whatever all the others
 * answer. */
#ifndef ANALYSIS_STOPS_H
#define ANALYSIS_STOPS_H

#include "analysis/explore.h"

struct stop {
	const struct entry *entry;
	uint32_t codes;		/* with which of its failures it does, by bits */
	uint32_t others;	/* failures on which he still may get in */
};

struct stops {
	struct stop *stop;
	size_t count, cap;
	bool cut;		/* not everything could be tried */
};

/* Find them, in their order. Entries that can only fail stop nobody who could
 * get by. 0 with *out, whose array the caller frees by stops_free, or -ENOMEM.
 * quest->marks is not used. */
int stops_find(const struct quest *quest, struct stops *out);

void stops_free(struct stops *stops);

#endif
