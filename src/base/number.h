/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers as people write them, all of the text or none. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stddef.h>

/* The number that text is in base 8 or 10, or 0 for C's prefixes, if it is
 * from min to max: digits, perhaps behind a minus; no blank, no plus, nothing
 * behind. 0; -EINVAL when it is no number; -ERANGE. */
int number_read(const char *text, int base, long long min, long long max,
    long long *out);

#define NUMBER_TEXT 21		/* digits of the largest, and the NUL */

/* A number in decimal, with zeros in front if it has fewer digits than that,
 * NUL-terminated. How many there are. */
size_t number_write(unsigned long long number, size_t digits,
    char text[NUMBER_TEXT]);

#endif
