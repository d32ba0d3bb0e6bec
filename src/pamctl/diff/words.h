/* SPDX-License-Identifier: BSD-2-Clause */
/* A difference in words. */
#ifndef PAMCTL_DIFF_WORDS_H
#define PAMCTL_DIFF_WORDS_H

#include <stdio.h>

#include "analysis/difference.h"

/* A difference and what to write of it. */
struct telling {
	FILE *to;
	enum facility facility;
	const struct differences *all;
	const struct difference *d;
};

/* Write what it is. */
void words_write(const struct telling *t);

/* Its kind in a word, and whether only one side has such a thing. */
const char *words_kind(enum difference_kind kind);
bool words_sided(enum difference_kind kind);

/* Write the lines of a side that make it so, with blanks between. */
void words_write_lines(const struct telling *t, enum side s);

#endif
