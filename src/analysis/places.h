/* SPDX-License-Identifier: BSD-2-Clause */
/* The places that a search has come to, each once, numbered in the order in
 * which they were found. Private to analysis/. */
#ifndef ANALYSIS_PLACES_H
#define ANALYSIS_PLACES_H

#include <stddef.h>
#include <stdint.h>

#define NO_PLACE UINT32_MAX

/* All zero but for size is none. */
struct places {
	size_t size;		/* of a place, a multiple of 4 */
	size_t max;		/* so many are kept */
	unsigned char *bytes;
	size_t count, cap;
	uint32_t *from;		/* by number: the place before */
	uint8_t *answer;	/* that led here from there */
	uint32_t *index;
	size_t index_cap;
};

/* Note a place, and how it was come to, unless it is known. 0, -ENOMEM, or
 * -E2BIG when there are too many. */
int places_add(struct places *p, const void *place, uint32_t from, int answer);

/* The place with a number. It moves when one is added. */
const void *places_at(const struct places *p, uint32_t number);

/* The number of steps that lead to a place, and the answer of each, as far as
 * the array goes. */
size_t places_way(const struct places *p, uint32_t number, uint8_t *answer,
    size_t max);

void places_free(struct places *p);

#endif
