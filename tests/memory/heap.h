/* SPDX-License-Identifier: BSD-2-Clause */
/* The program's heap, which can be told to run out. Stands in front of the C
 * library's, or of a sanitizer's, for every library in the process. */
#ifndef HEAP_H
#define HEAP_H

#include <stdbool.h>
#include <stddef.h>

/* What has been allocated and not freed; under a sanitizer without bytes. */
struct heap_live {
	size_t blocks, bytes;
};

/* From now on the n-th allocation (1 is the next) fails: that one only, or with
 * for_good all that follow as well. */
void heap_fail(size_t n, bool for_good);

/* Be a good heap again. */
void heap_heal(void);

/* Neither fail nor count while the test itself is at work. */
void heap_pause(bool pause);

/* Whether an allocation was refused since heap_fail. */
bool heap_failed(void);

struct heap_live heap_live(void);

#endif
