/* SPDX-License-Identifier: BSD-2-Clause */
/* What the answers of an entry lead to, for a picture. */
#ifndef PAMCTL_SHOW_ARROW_H
#define PAMCTL_SHOW_ARROW_H

#include <stdio.h>

#include "analysis/facts.h"
#include "policy/policy.h"

#define GREEN "#1a7f37"
#define RED "#cf222e"
#define GREY "#57606a"

/* A stack, and what is known of its modules. */
struct drawing {
	FILE *to;
	enum facility facility;
	const struct chain *chain;
	const struct facts *facts;
	bool *reached;		/* by entry, or NULL: not known */
};

/* Where some answers of an entry lead, and what they do. */
struct arrow {
	uint32_t codes;
	uint8_t action;
	uint32_t skips;
	size_t to;		/* an entry; their number: the end */
	bool refused;		/* a jump that leads out of its level */
};

/* The arrows of an entry, of which there are CODE_COUNT at most. How many. */
size_t arrows_find(const struct drawing *d, size_t at, struct arrow *arrow);

/* What the i-th of them says: which answers, and what they do. */
void arrow_write(const struct drawing *d, size_t at,
    const struct arrow *arrow, size_t n, size_t i);

/* Green for what lets in, red for what refuses. */
const char *arrow_colour(const struct arrow *a);

#endif
